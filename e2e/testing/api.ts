import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const HISTORY_MS = 30_000;

export interface Answer {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at replies as any client does, without our types
  readonly data: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly details?: any;
}

export type Auth = { readonly token: string } | { readonly apiKey: string; readonly apiSecret: string } | undefined;

/** A plain HTTP client, written from the contract alone. */
export async function call(
  url: string,
  request: { method?: string; path: string; query?: Record<string, string>; body?: unknown; auth?: Auth },
): Promise<Answer> {
  const { auth } = request;
  const body = request.body === undefined ? '' : JSON.stringify(request.body);
  const query = new URLSearchParams(request.query);
  const headers: Record<string, string> = body === '' ? {} : { 'Content-Type': 'application/json' };
  if (auth !== undefined && 'token' in auth) headers['Authorization'] = `Bearer ${auth.token}`;
  if (auth !== undefined && 'apiKey' in auth) {
    headers['X-API-KEY'] = auth.apiKey;
    query.set('timestamp', String(Date.now()));
    query.set(
      'signature',
      createHmac('sha256', auth.apiSecret)
        .update(query.toString() + body)
        .digest('hex'),
    );
  }
  const target = query.size === 0 ? request.path : `${request.path}?${query}`;
  const reply = await fetch(url + target, {
    method: request.method ?? (body === '' ? 'GET' : 'POST'),
    headers,
    ...(body === '' ? {} : { body }),
  });
  return { status: reply.status, ...((await reply.json()) as Omit<Answer, 'status'>) };
}

export async function logIn(url: string, username: string, password: string): Promise<string> {
  const answer = await call(url, { path: '/v1/public/user/login', body: { username, password } });
  if (answer.code !== 0) throw new Error(`log-in of ${username}: ${answer.code} ${answer.message}`);
  return answer.data.accessToken as string;
}

/** The history may still be in the making, and a burst may meet the rate limit: both say so, and to come back. */
export async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = Date.now() + HISTORY_MS;
  for (;;) {
    const answer = await ask();
    if ((answer.code !== 5002 && answer.code !== 5003) || Date.now() > deadline) return answer;
    await sleep(100);
  }
}
