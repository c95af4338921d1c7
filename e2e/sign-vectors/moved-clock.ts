// Loaded before a program, it moves that program's clock, so that requests signed once and for all are of its present.
const startMs = Number(process.env['MOVED_CLOCK_MS']);
if (!Number.isSafeInteger(startMs)) throw new Error('MOVED_CLOCK_MS names no time');
const machineNowMs = Date.now.bind(Date);
const aheadMs = startMs - machineNowMs();
Date.now = () => machineNowMs() + aheadMs;

export {};
