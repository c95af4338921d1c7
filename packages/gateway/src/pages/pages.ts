import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { transportSecurity } from '../http/security-headers.ts';
import type { Venue } from '../venue.ts';
import { FrameAncestors } from './frame-ancestors.ts';
import { type PageFile, readPageFiles } from './page-files.ts';
import type { PageFolders } from './page-folders.ts';
import { assetHeaders, documentHeaders, signpostHeaders, widgetHeaders } from './page-headers.ts';
import type { PageHandler, PageRoutes } from './page-routes.ts';
import { dropCors, sendFile } from './send-file.ts';

const FIRST_PAGE = '/trade/BTCUSDT';
const LOCALES = ['en', 'en-US', 'zh-CN'];
/** As users write symbols; what the venue knows none of is for the page to say. */
const SYMBOL = /^[A-Za-z0-9_-]{1,40}$/;
const WIDGET_PATH = '/sdk/trading-widget/v1/';
const NOT_BUILT =
  'This venue has no terminal: its pages are not built. Start it with "npm start", which builds them.\n';

interface Surroundings {
  readonly venue: Venue;
  readonly routes: PageRoutes;
  /** Whether the venue is reached over TLS. */
  readonly isSecure: boolean;
}

/** Serves the terminal, the embedded terminal and the widget's script. What is in no folder keeps the API's answer. */
export function addPages(app: FastifyInstance, folders: PageFolders, surroundings: Surroundings): void {
  const terminal = readPageFiles(folders.terminalFolder);
  const widget = readPageFiles(folders.widgetFolder);
  new Pages(app, surroundings).add(terminal, widget);
  if (!terminal.has(INDEX) || !widget.has('index.js'))
    app.log.warn({ ...folders }, 'the pages are not built: there is no terminal or no widget');
}

const INDEX = 'index.html';

class Pages {
  readonly #routes: PageRoutes;
  readonly #venue: Venue;
  readonly #transport: Readonly<Record<string, string>>;
  readonly #ancestors: FrameAncestors;

  constructor(app: FastifyInstance, { venue, routes, isSecure }: Surroundings) {
    this.#routes = routes;
    this.#venue = venue;
    this.#transport = transportSecurity(isSecure);
    this.#ancestors = new FrameAncestors(venue.node);
    app.addHook('onClose', async () => this.#ancestors.stop());
  }

  /** Each file is a route of its own, so that no path of a request is ever looked up on the disk. */
  add(terminal: ReadonlyMap<string, PageFile>, widget: ReadonlyMap<string, PageFile>): void {
    this.#addDocuments(terminal.get(INDEX));
    this.#addRedirects();
    for (const [path, file] of terminal) {
      if (path === INDEX) continue;
      const headers = assetHeaders(this.#transport, path.startsWith('assets/'));
      this.#routes.add(`/${path}`, (request, reply) => sendFile(request, reply, { file, headers }));
    }
    const headers = widgetHeaders(this.#transport);
    for (const [path, file] of widget)
      this.#routes.add(WIDGET_PATH + path, (request, reply) => sendFile(request, reply, { file, headers }));
  }

  #addDocuments(file: PageFile | undefined): void {
    const send = (request: FastifyRequest, reply: FastifyReply, framing: Framing): FastifyReply => {
      if (file === undefined) return this.#notBuilt(reply);
      const { publicUrl } = this.#venue;
      const headers = documentHeaders({ ...framing, publicUrl, transport: this.#transport });
      return sendFile(request, reply, { file, headers });
    };
    const trade: PageHandler = (request, reply) =>
      symbolOf(request) === undefined ? unknownPath(reply) : send(request, reply, UNFRAMED);
    this.#routes.add('/trade/:symbol', trade);
    this.#routes.add('/trade/:symbol/', trade);
    this.#routes.add('/embed', (request, reply) =>
      send(request, reply, { frameAncestors: this.#ancestorsFor(request), isConfidential: false }),
    );
    // The page exchanges its ticket and then shows what the entry leads to without leaving its document, so `/trade` need not
    // be framed for a widget that enters by URL. Without a ticket it is the full page, with the user's own session, and
    // nobody may frame that; with one, whatever it is worth, the page takes no session but the ticket's.
    this.#routes.add('/agent-entry', (request, reply) => {
      const frameAncestors = hasTicket(request) ? this.#ancestorsFor(request) : undefined;
      return send(request, reply, { frameAncestors, isConfidential: true });
    });
  }

  #addRedirects(): void {
    for (const path of ['/', '/trade', '/trade/'])
      this.#routes.add(path, (_request, reply) => this.#redirect(reply, FIRST_PAGE));
    for (const locale of LOCALES) {
      this.#routes.add(`/${locale}/futures/:symbol`, (request, reply) => {
        const symbol = symbolOf(request);
        if (symbol === undefined) return unknownPath(reply);
        return this.#redirect(reply, `/trade/${symbol.toUpperCase().replace(/[-_]/g, '')}?locale=${locale}`);
      });
    }
  }

  #ancestorsFor(request: FastifyRequest): string {
    return this.#ancestors.sourceList(request.headers.referer);
  }

  /** Leads on within this origin: the address is relative, whatever the `Host` header says. */
  #redirect(reply: FastifyReply, path: string): FastifyReply {
    return dropCors(reply).headers(signpostHeaders(this.#transport)).redirect(path, 302);
  }

  #notBuilt(reply: FastifyReply): FastifyReply {
    const headers = signpostHeaders(this.#transport);
    return dropCors(reply).code(404).headers(headers).type('text/plain; charset=utf-8').send(NOT_BUILT);
  }
}

interface Framing {
  readonly frameAncestors: string | undefined;
  readonly isConfidential: boolean;
}

const UNFRAMED: Framing = { frameAncestors: undefined, isConfidential: false };

function symbolOf(request: FastifyRequest): string | undefined {
  const { symbol } = request.params as { readonly symbol: string };
  return SYMBOL.test(symbol) && /[A-Za-z0-9]/.test(symbol) ? symbol : undefined;
}

function unknownPath(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

/** As the page itself sees it. */
function hasTicket(request: FastifyRequest): boolean {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return mark >= 0 && new URLSearchParams(url.slice(mark)).has('ticket');
}
