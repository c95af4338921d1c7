import { setTimeout as sleep } from 'node:timers/promises';
import { type AgentClient, AgentError } from '@openvenue/agent-sdk';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import { formatAmount, MAX_TRANSFER_UNITS, parseAmount } from '../money/amount.ts';
import { type Ledger, userAccount } from '../money/ledger.ts';
import type { NewTransfer, Transfer, Transfers } from '../money/transfers.ts';
import type { User } from '../people/users.ts';
import type { Bindings } from '../venue/bindings.ts';
import type { Courier } from '../venue/courier.ts';
import { type Body, bodyOf, optionalText } from './body.ts';
import { askVenue, Problem } from './problem.ts';
import type { SignedIn } from './signed-in.ts';

/** How long an answer waits for the outcome of a transfer, in milliseconds; then it says PROCESSING. */
export const PATIENCE_MS = 4_000;

export interface AccountRouteOptions {
  readonly client: Pick<AgentClient, 'queryUserAssets'>;
  readonly ledger: Ledger;
  readonly transfers: Transfers;
  readonly bindings: Bindings;
  readonly courier: Courier;
  readonly signedIn: SignedIn;
  readonly log: Log;
}

/** The user's money and its way to the venue and back. */
export function accountRoutes(app: FastifyInstance, options: AccountRouteOptions): void {
  const { client, ledger, transfers, bindings, courier, signedIn, log } = options;

  app.get('/api/account', async (request) => {
    const user = signedIn.userOf(request);
    const trading = await tradingBalances(user);
    const list = transfers.listOf(user.userId).map(view);
    return { username: user.username, balance: balanceOf(user), ...trading, transfers: list };
  });

  app.post('/api/deposits', async (request) => {
    const user = signedIn.userOf(request);
    const body = bodyOf(request.body);
    return move(user, { direction: 'IN', amount: amountIn(body), requestId: requestIdIn(body) });
  });

  app.post('/api/withdrawals', async (request) => {
    const user = signedIn.userOf(request);
    const body = bodyOf(request.body);
    return move(user, { direction: 'OUT', amount: amountIn(body), requestId: requestIdIn(body) });
  });

  app.post('/api/withdrawals/all', async (request) => {
    const user = signedIn.userOf(request);
    return move(user, { direction: 'OUT', amount: undefined, requestId: requestIdIn(bodyOf(request.body)) });
  });

  /** The intent is on the disk before the venue hears of it; from then on nothing that happens to this request can lose it. */
  async function move(user: User, wanted: Omit<NewTransfer, 'userId'>) {
    await askVenue(bindings.ensure(user));
    const intent = transfers.intend({ userId: user.userId, ...wanted });
    if (!intent.ok) throw new Problem(intent.reason);
    const { orderNo } = intent.transfer;
    await carry(orderNo);
    return { transfer: view(transfers.find(orderNo) ?? intent.transfer), balance: balanceOf(user) };
  }

  async function carry(orderNo: string): Promise<void> {
    const patience = new AbortController();
    const attempt = courier.attempt(orderNo).then(
      () => patience.abort(),
      (error: unknown) => {
        log.error({ orderNo, err: error }, 'the first attempt of a transfer failed');
        patience.abort();
      },
    );
    const enough = sleep(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([attempt, enough]);
  }

  /** Missing while the venue does not answer: the page shows the rest. */
  async function tradingBalances(user: User) {
    try {
      const assets = await client.queryUserAssets({ platformUserId: await bindings.ensure(user) });
      return { tradingBalance: assets.walletBalance, withdrawable: assets.availableBalance };
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      log.warn({ reason: error.message, requestId: error.requestId }, 'the trading balance is not known');
      return {};
    }
  }

  function balanceOf(user: User): string {
    return formatAmount(ledger.balanceOf(userAccount(user.userId)));
  }
}

function amountIn(body: Body): bigint {
  const amount = parseAmount(body['amount']);
  if (amount === undefined || amount === 0n || amount > MAX_TRANSFER_UNITS) throw new Problem('invalid_amount');
  return amount;
}

function requestIdIn(body: Body): string | undefined {
  return optionalText(body, 'requestId', 64);
}

function view({ orderNo, direction, mode, amount, status, failReason, createdAtMs }: Transfer) {
  return {
    orderNo,
    direction,
    mode,
    amount: amount === undefined ? '' : formatAmount(amount),
    status,
    failReason,
    createdAt: new Date(createdAtMs).toISOString(),
  };
}
