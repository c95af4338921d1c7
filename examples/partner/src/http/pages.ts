import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const FOLDER = new URL('../../public/', import.meta.url);
const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;
type Extension = keyof typeof TYPES;

/** The files of the page; nothing else of the disk can be asked for. */
const FILES: readonly (readonly [name: string, extension: Extension])[] = [
  ['site', 'css'],
  ['site', 'js'],
  ['account', 'js'],
  ['ask', 'js'],
  ['texts', 'js'],
  ['trading', 'js'],
  ['icon', 'svg'],
];

export interface PageOptions {
  readonly venueUrl: string;
  /** Whether the page names the demo user. */
  readonly isDemo: boolean;
}

/** Serves the page, with the venue's address in it. */
export function pages(app: FastifyInstance, { venueUrl, isDemo }: PageOptions): void {
  const html = read('index', 'html')
    .replaceAll('{{venue}}', venueUrl)
    .replaceAll('{{demo}}', isDemo ? '1' : '0');
  app.get('/', async (_request, reply) => reply.type(TYPES.html).send(html));
  for (const [name, extension] of FILES) {
    const text = read(name, extension);
    app.get(`/${name}.${extension}`, async (_request, reply) =>
      reply.type(TYPES[extension]).header('cache-control', 'no-cache').send(text),
    );
  }
}

function read(name: string, extension: Extension): string {
  return readFileSync(new URL(`${name}.${extension}`, FOLDER), 'utf8');
}
