import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, TestGateway } from '../testing/venue.ts';

let gateway: TestGateway;
const lines: string[] = [];
beforeAll(async () => {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  gateway = await TestGateway.start({}, { logger: { level: 'trace', stream } });
});
afterAll(() => gateway.close());

const callLines = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'call');

test('a call is one line with the allowed fields', async () => {
  const { accessToken } = await gateway.trader();
  lines.length = 0;
  await gateway.call({ accessToken }, { url: '/v1/private/order/current?limit=0', headers: { 'x-request-id': 'r-1' } });
  const [line, ...more] = callLines();
  expect(more).toEqual([]);
  expect(lines.join('').match(/"requestId":/g)).toHaveLength(1);
  const { level: _level, time: _time, pid: _pid, hostname: _host, msg: _msg, ...fields } = line;
  expect(fields).toEqual({
    requestId: 'r-1',
    method: 'GET',
    route: '/v1/private/order/current',
    status: 200,
    code: 2003,
    durationMs: expect.any(Number),
    userId: '1188041529',
  });
});

test('no secret is written, whatever fails', async () => {
  lines.length = 0;
  const { username } = await gateway.user();
  const { accessToken, cookie } = await gateway.logIn(username);
  const key = await gateway.apiKey(accessToken);
  const secrets = [PASSWORD, accessToken, cookie, key.apiSecret, key.apiKey, 'planted'];
  await gateway.call(key, { url: '/v1/private/user/info?note=planted' });
  await gateway.send({
    url: '/planted/%zz?planted',
    headers: { cookie: `a=planted`, authorization: 'Bearer planted' },
  });
  await gateway.send({ url: '/planted' });
  await gateway.send({ method: 'POST', url: '/v1/public/user/login', body: '{"planted' });
  const listenKey = await gateway.call({ accessToken }, { method: 'POST', url: '/v1/private/user/listen-key' });
  gateway.node.refuseNext(new Error('planted'));
  await gateway.call({ accessToken }, { method: 'POST', url: '/v1/private/user/listen-key' });
  const written = lines.join('');
  const ofBugs = lines.filter((line) => line.includes('unexpected failure'));
  for (const line of ofBugs) expect(line.match(/"(reqId|requestId)":/g), line).toEqual(['"requestId":']);
  expect(written).toContain('unexpected failure');
  for (const secret of [...secrets, String(listenKey.data['listenKey'])]) expect(written).not.toContain(secret);
});
