import { once } from 'node:events';
import WebSocket from 'ws';

const WAIT_MS = 20_000;

// biome-ignore lint/suspicious/noExplicitAny: frames are looked at as any client does, without our types
type Frame = any;

/** A WebSocket whose frames are waited for by what they hold; frames that nobody has asked for yet are kept. */
export async function openSocket(url: string) {
  const socket = new WebSocket(url.replace(/^http/, 'ws'));
  let frames: Frame[] = [];
  let look: () => void = () => undefined;
  socket.on('message', (message) => {
    frames.push(JSON.parse(String(message)));
    look();
  });
  await once(socket, 'open');
  return {
    send: (frame: unknown) => socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
    /** The first frame that fits, from those that came and those to come; earlier ones are dropped. */
    next: (fits: (frame: Frame) => boolean): Promise<Frame> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no such frame within ${WAIT_MS} ms; last: ${JSON.stringify(frames.at(-1))}`)),
          WAIT_MS,
        );
        look = () => {
          const index = frames.findIndex((frame) => fits(frame));
          if (index === -1) return;
          clearTimeout(timer);
          const found = frames[index];
          frames = frames.slice(index + 1);
          look = () => undefined;
          resolve(found);
        };
        look();
      }),
  };
}
