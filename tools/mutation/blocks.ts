import { HITS } from './hits.ts';
import { isNode, type Node, visits } from './syntax.ts';

/** A stretch of a file that runs as a whole or not at all, as long as nothing throws. */
export interface Block {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

export interface Marked {
  readonly blocks: readonly Block[];
  /** The text, with every block noting its number when it runs. */
  readonly text: string;
}

/** Marks the blocks of a file, numbered from `first`; block `first` is the whole file, noted when it has been loaded. */
export function markBlocks(file: { readonly path: string; readonly text: string }, first: number): Marked {
  const { path, text } = file;
  const blocks: Block[] = [{ path, start: 0, end: text.length }];
  const insertions: Insertion[] = [];
  for (const { node } of visits(text)) {
    for (const { block, open, close } of blocksOf(node)) {
      const { start, end } = block;
      insertions.push({ at: start, text: open(mark(first + blocks.length)) }, { at: end, text: close });
      blocks.push({ path, start, end });
    }
  }
  const last = insertions.map((insertion, i) => ({ ...insertion, i })).sort((a, b) => a.at - b.at || a.i - b.i);
  let [marked, from] = ['', 0];
  for (const { at, text: inserted } of last) {
    marked += text.slice(from, at) + inserted;
    from = at;
  }
  return { blocks, text: `${marked}${text.slice(from)}\n${mark(first)};\n` };
}

/** The smallest block around a place, by number. */
export function blockAround(blocks: readonly Block[], place: Block): number {
  let best = -1;
  for (const [i, block] of blocks.entries()) {
    if (block.path !== place.path || block.start > place.start || block.end < place.end) continue;
    const known = blocks[best];
    if (known === undefined || block.end - block.start <= known.end - known.start) best = i;
  }
  if (best < 0) throw new RangeError(`no block around ${place.path} ${place.start}`);
  return best;
}

const mark = (block: number): string => `globalThis.${HITS}[${block}] = 1`;

interface Place {
  readonly block: Pick<Node, 'start' | 'end'>;
  readonly open: (mark: string) => string;
  readonly close: string;
}

const inside = ({ start, end }: Node): Place => ({
  block: { start: start + 1, end: end - 1 },
  open: (note) => `${note};`,
  close: '',
});
const around = (block: Node): Place => ({ block, open: (note) => `{${note};`, close: '}' });
const expression = (block: Node): Place => ({ block, open: (note) => `(${note},(`, close: '))' });

function blocksOf(node: Node): Place[] {
  if (node.type === 'BlockStatement') return [inside(node)];
  if (node.type === 'ArrowFunctionExpression') {
    const body = node['body'];
    return isNode(body) && body.type !== 'BlockStatement' ? [expression(body)] : [];
  }
  if (node.type === 'SwitchCase') {
    const steps = node['consequent'] as Node[];
    const [one, last] = [steps[0], steps.at(-1)];
    if (one === undefined || last === undefined) return [];
    return [{ block: { start: one.start, end: last.end }, open: (note) => `${note};`, close: '' }];
  }
  if (!/^(If|For|ForOf|ForIn|While|DoWhile)Statement$/.test(node.type)) return [];
  return ['consequent', 'alternate', 'body']
    .map((key) => node[key])
    .filter((step) => isNode(step) && step.type !== 'BlockStatement' && step.type !== 'IfStatement')
    .map((step) => around(step as Node));
}
