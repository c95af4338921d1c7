import type { Command } from '@openvenue/core';
import { NotRecordedError } from '@openvenue/sequencer';
import type { Heard, Network } from '../machine/network.ts';
import type { World } from '../machine/world.ts';

const ATTEMPTS = 8;
const BACK_OFF_US = [5_000, 200_000] as const;

/** What a user wants done. */
export interface Wish {
  /** The command of one attempt: what proves it is drawn anew, what names it is not. */
  readonly attempt: () => Command;
  /** Whether the venue tells a repeat from a new command, so that it may be sent again without knowing what became of the first. */
  readonly isRepeatable: boolean;
}

/** Sends a wish until it is answered, as a careful client does. Returns the last thing heard. */
export async function persist(world: World, network: Network, wish: Wish): Promise<Heard> {
  let heard: Heard = 'nothing';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    heard = await network.call(wish.attempt());
    const isAnswered = heard !== 'nothing' && !(heard instanceof Error);
    const isSafe = wish.isRepeatable || heard instanceof NotRecordedError;
    if (isAnswered || !isSafe) return heard;
    await world.scheduler.sleep(world.random.users.integer(...BACK_OFF_US));
  }
  return heard;
}
