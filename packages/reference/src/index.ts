import { asyncApiDocument } from './asyncapi/document.ts';
import { openApiDocument } from './openapi/document.ts';
import { errorsPage } from './pages/errors.ts';
import { layout, STYLE_PATH } from './pages/layout.ts';
import { overviewPage } from './pages/overview.ts';
import { agentPage, restPage } from './pages/rest.ts';
import { STYLE_SHEET } from './pages/style.ts';
import { websocketPage } from './pages/websocket.ts';
import type { VenueIdentity } from './venue-identity.ts';

export { type AsyncApiDocument, asyncApiDocument } from './asyncapi/document.ts';
export { type OpenApiDocument, openApiDocument } from './openapi/document.ts';
export type { VenueIdentity } from './venue-identity.ts';

/** A file of the reference, as it is served. */
export interface ReferenceFile {
  readonly contentType: string;
  readonly text: string;
}

/** Paths of the files of the reference. */
export const referencePaths = [
  '/openapi.json',
  '/asyncapi.json',
  STYLE_PATH,
  '/docs',
  '/docs/rest',
  '/docs/websocket',
  '/docs/agent',
  '/docs/errors',
] as const;

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** Everything that a venue tells of its own interfaces, by path: two documents, five pages and their style sheet. */
export function referenceFiles(identity: VenueIdentity): ReadonlyMap<string, ReferenceFile> {
  const openApi = openApiDocument(identity);
  const asyncApi = asyncApiDocument(identity);
  const pages = {
    '/docs': overviewPage(identity, openApi),
    '/docs/rest': restPage(openApi),
    '/docs/websocket': websocketPage(identity.publicUrl),
    '/docs/agent': agentPage(openApi),
    '/docs/errors': errorsPage,
  };
  return new Map([
    ['/openapi.json', { contentType: JSON_TYPE, text: JSON.stringify(openApi) }],
    ['/asyncapi.json', { contentType: JSON_TYPE, text: JSON.stringify(asyncApi) }],
    [STYLE_PATH, { contentType: 'text/css; charset=utf-8', text: STYLE_SHEET }],
    ...Object.entries(pages).map(([path, page]): [string, ReferenceFile] => [
      path,
      { contentType: HTML, text: layout(path, page) },
    ]),
  ]);
}
