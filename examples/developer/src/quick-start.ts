/**
 * From nothing to a filled order: signs in, makes an API key, buys at the market with it and hears of the fill.
 * `node examples/developer/src/quick-start.ts [address of the venue]`, with a venue in demo mode.
 */
import { BearerAuth, createApiClient, createStream } from '@openvenue/api-client';

const [baseUrl = 'http://127.0.0.1:8080'] = process.argv.slice(2);

// A session makes the key; from then on the key signs.
const session: BearerAuth = new BearerAuth(() => person.session.login({ username: 'alice', password: 'alice-demo' }));
const person = createApiClient({ baseUrl, auth: session });
const READ_AND_TRADE = 3;
const key = await person.apiKey.create({ label: 'quick start', permissions: READ_AND_TRADE });
const bot = createApiClient({ baseUrl, auth: key });

// The private channel is open before the order goes out, so the fill cannot be missed.
const stream = createStream({ url: `${baseUrl}/ws`, auth: session });
const filled = new Promise<string>((resolve) => {
  stream.onUserEvent(({ seq, data }) => {
    if (data.eventType !== 'ORDER_TRADE_UPDATE' || data.executionType !== 'TRADE') return;
    process.stdout.write(`event ${seq}: ${data.lastFilledQuantity} at ${data.lastFilledPrice}, ${data.orderStatus}\n`);
    if (data.orderStatus === 'FILLED') resolve(data.orderId);
  });
});
await new Promise<void>((resolve) => {
  stream.onState(({ state }) => {
    if (state === 'open') resolve();
  });
});

// placeSafely repeats the call if its reply is lost; the clientOrderId keeps it one order.
const order = await bot.order.placeSafely({ symbol: 'BTCUSDT', type: 'MARKET', side: 'BUY', quantity: '0.001' });
process.stdout.write(`order ${order.orderId} is ${order.status}\n`);
const orderId = await filled;

const { list } = await bot.order.trades({ symbol: 'BTCUSDT', orderId });
for (const fill of list)
  process.stdout.write(`fill ${fill.fillId}: ${fill.tradeValue} USDT, fee ${fill.handlingFee}\n`);
stream.close();
