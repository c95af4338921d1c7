import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { expect, onTestFailed, onTestFinished } from 'vitest';

const ACTION_MS = 20_000;
const FAILURES = fileURLToPath(new URL('../../../node_modules/.cache/browser-failures', import.meta.url));

/**
 * For pages that a test makes up in the place of a server's: to the browser they come from the internet, whose pages may not
 * reach this machine unless they are allowed to.
 */
export const MADE_UP_PAGES = { permissions: ['local-network-access'] };

export interface WatchedContextOptions extends BrowserContextOptions {
  /** Errors of the console that belong to what is tested; every other one fails the test. */
  readonly expectedErrors?: readonly RegExp[];
}

/**
 * A browser profile for the current test, closed at its end. An exception of a page, or an error in its console, fails the test;
 * a failed test prints all that its pages said, and leaves pictures of them in `node_modules/.cache/browser-failures`.
 */
export async function openWatchedContext(
  browser: Browser,
  { expectedErrors = [], ...options }: WatchedContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(ACTION_MS);
  const errors = watch(context, expectedErrors);
  onTestFinished(async ({ task }) => {
    const unexpected = [...errors.unexpected];
    if (task.result?.state === 'fail' || unexpected.length > 0) await takePictures(context, task.name);
    await context.close();
    expect(unexpected, 'errors of the pages').toEqual([]);
  });
  return context;
}

/** Writes down what the pages say, and which of it should not be. */
function watch(context: BrowserContext, expectedErrors: readonly RegExp[]): { readonly unexpected: readonly string[] } {
  const transcript: string[] = [];
  const unexpected: string[] = [];
  const isExpected = (text: string): boolean => expectedErrors.some((pattern) => pattern.test(text));
  const complain = (text: string): void => {
    if (!isExpected(text)) unexpected.push(text);
  };
  context.on('console', (message) => {
    const text = `${message.type()}: ${message.text()} (${message.location().url})`;
    transcript.push(text);
    if (message.type() === 'error') complain(text);
  });
  context.on('weberror', (error) => {
    const text = `exception: ${error.error().stack ?? error.error().message}`;
    transcript.push(text);
    complain(text);
  });
  context.on('requestfailed', (request) =>
    transcript.push(`failed: ${request.method()} ${request.url()} ${request.failure()?.errorText}`),
  );
  onTestFailed(() => {
    process.stderr.write(`\nWhat the pages said:\n${transcript.map((line) => `  ${line}\n`).join('')}\n`);
  });
  return { unexpected };
}

async function takePictures(context: BrowserContext, name: string): Promise<void> {
  mkdirSync(FAILURES, { recursive: true });
  const file = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
  for (const [index, page] of context.pages().entries()) {
    await page.screenshot({ path: join(FAILURES, `${file}-${index}.png`) });
  }
}
