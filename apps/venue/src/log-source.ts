import type { Core } from '@openvenue/core';
import { type Block, openFileLogReader } from '@openvenue/log';
import { coreMachine, decodeBlock, recover } from '@openvenue/sequencer';
import type { HistoryReplica, HistorySource, LoggedCommand } from '@openvenue/views';

/** The log of a folder, read beside its writer, as the history wants it. */
export async function openLogSource(folder: string): Promise<HistorySource> {
  const reader = await openFileLogReader(folder);
  return {
    openReplica: async (atMostSequence) => {
      const { core } = await recover({
        reader,
        snapshots: reader.snapshots,
        machine: coreMachine,
        upTo: atMostSequence,
      });
      return replicaOf(core);
    },
    async *read(afterSequence, upTo) {
      for await (const block of reader.read(afterSequence, { upTo })) yield commandsOf(block);
    },
    close: () => reader.close(),
  };
}

/** Orders and fills of the venue's own simulated accounts would drown everyone else's: their history is not kept. */
function replicaOf(core: Core): HistoryReplica {
  return {
    get sequence() {
      return core.sequence;
    },
    apply: (sequence, timeMs, command) => core.apply(sequence, timeMs, command),
    keep: (userId) => core.identity.userById(userId)?.kind !== 'house',
    agentOf: (userId) => core.agency.binding(userId)?.agentId ?? 0,
  };
}

function commandsOf(block: Block): readonly LoggedCommand[] {
  const { timeMs, commands } = decodeBlock(block);
  return commands.map((command, i) => ({ sequence: block.firstSequence + i, timeMs, command }));
}
