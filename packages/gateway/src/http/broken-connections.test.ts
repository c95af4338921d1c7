import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { ResponsesInTurn } from './broken-connections.ts';

function response(isComplete: boolean) {
  const req = new IncomingMessage(new Socket());
  req.complete = isComplete;
  return { closed: false, req };
}

test('the first response still to come is the oldest of a whole request that has not gone', () => {
  const responses = new ResponsesInTurn();
  expect(responses.firstToCome()).toBeUndefined();
  const [gone, first, second] = [response(true), response(true), response(true)];
  for (const each of [gone, first, second]) responses.add(each);
  gone.closed = true;
  expect(responses.firstToCome()).toBe(first);
});

test('a request that breaks off in its body gets no response to wait for', () => {
  const responses = new ResponsesInTurn();
  responses.add(response(false));
  expect(responses.firstToCome()).toBeUndefined();
});

test('a connection keeps no response that has gone beyond the next request', () => {
  const responses = new ResponsesInTurn<ReturnType<typeof response>>();
  for (let request = 0; request < 100; request++) {
    const next = response(true);
    responses.add(next);
    expect(responses.length).toBe(1);
    next.closed = true;
  }
  expect(responses.firstToCome()).toBeUndefined();
});
