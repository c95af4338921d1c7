import type { Answers } from './answers.ts';
import type { CallFields, PatientCaller } from './patient-caller.ts';
import type { Content, OrderStep, ReverseStep, Step, WalletContent, WalletStep } from './plan.ts';

export interface ClientsOptions {
  readonly steps: readonly Step[];
  readonly caller: PatientCaller;
  readonly answers: Answers;
  /** How many act at the same time. */
  readonly clients: number;
  /** After every step, with how many are done. */
  readonly onDone: (done: number) => void;
}

/** Carries out all steps; each client takes the next one that nobody has taken. */
export async function runClients(options: ClientsOptions): Promise<void> {
  const { steps, clients, onDone } = options;
  const abandoned: Promise<unknown>[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let step = steps[next++]; step !== undefined; step = steps[next++]) {
      await carryOut(step, options, abandoned);
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  await Promise.all(abandoned);
}

async function carryOut(step: Step, options: ClientsOptions, abandoned: Promise<unknown>[]): Promise<void> {
  const { caller } = options;
  if (step.kind === 'reverse') return reverse(step, options);
  if (step.kind === 'wallet') return moveWallets(step, options);
  if (step.kind === 'order' && step.isAbandoned) {
    const [content] = step.contents;
    if (content !== undefined) abandoned.push(caller.callOnce(content.path, fieldsOf(step.orderNo, content)));
    return;
  }
  const order = step.kind === 'repeat' ? step.order : step;
  await Promise.all(sendsOf(order).map((content) => send(order, content, options)));
}

const sendsOf = <C>({ contents, copies }: { readonly contents: readonly C[]; readonly copies: number }): readonly C[] =>
  Array.from({ length: copies }, () => contents).flat();

async function send({ orderNo }: OrderStep, content: Content, { caller, answers }: ClientsOptions): Promise<void> {
  const reply = await caller.call(content.path, fieldsOf(orderNo, content));
  answers.ofOrder(orderNo, { content, reply });
}

async function moveWallets(step: WalletStep, { caller, answers }: ClientsOptions): Promise<void> {
  const move = async (content: WalletContent): Promise<void> => {
    const { agentUserId, direction, amount } = content;
    const fields = { agentOrderNo: step.orderNo, agentUserId, direction };
    const what = amount === undefined ? { transferAll: true } : { amount };
    answers.ofWallet(step.orderNo, { content, reply: await caller.call('wallet-transfer', { ...fields, ...what }) });
  };
  await Promise.all(sendsOf(step).map(move));
}

async function reverse(step: ReverseStep, { caller, answers }: ClientsOptions): Promise<void> {
  const { origOrderNo, reverseOrderNos, copies } = step;
  const sends = Array.from({ length: copies }, () => reverseOrderNos).flat();
  await Promise.all(
    sends.map(async (reverseOrderNo) => {
      const fields = { origOrderNo, reverseOrderNo, reverseReason: 'a change of mind' };
      answers.ofReverse(reverseOrderNo, await caller.call('reverse', fields));
    }),
  );
}

function fieldsOf(agentOrderNo: string, { path, agentUserId, direction, amount }: Content): CallFields {
  if (path === 'transfer-all-out' || amount === undefined) return { agentOrderNo, agentUserId };
  return { agentOrderNo, agentUserId, direction, amount };
}
