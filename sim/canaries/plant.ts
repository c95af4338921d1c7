import assert from 'node:assert';
import { registerHooks } from 'node:module';
import { CANARIES, type Canary } from './list.ts';

const ROOT = new URL('../../', import.meta.url);

/** Plants the bug of this name; see {@link plantCanary}. */
export function plant(name: string): () => void {
  const canary = CANARIES.find((known) => known.name === name);
  assert(canary !== undefined, `no canary is called ${name}`);
  return plantCanary(canary);
}

/**
 * Plants a bug in this thread: its file is changed as it is loaded, and stays as it is on the disk. To be called before anything that
 * loads the file. Returns a check that the changed file was loaded.
 */
export function plantCanary(canary: Canary): () => void {
  const { name } = canary;
  const target = new URL(canary.file, ROOT).href;
  let isPlanted = false;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (url !== target) return loaded;
      assert(loaded.source !== undefined && loaded.source !== null, `${canary.file} has no source`);
      const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      const parts = source.split(canary.find);
      assert.strictEqual(parts.length, 2, `${name}: the text to replace is not exactly once in ${canary.file}`);
      isPlanted = true;
      return { ...loaded, source: parts.join(canary.replace) };
    },
  });
  return () => assert(isPlanted, `${name}: ${canary.file} was loaded before or never`);
}
