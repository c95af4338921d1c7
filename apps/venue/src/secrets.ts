import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Configuration } from './configuration.ts';

export interface Secrets {
  readonly jwtSecret: Uint8Array;
  readonly keyEncryptionKey: Uint8Array;
  /** By which the demo agent signs; undefined in production, which has no such agent. */
  readonly demoAgentSecret: string | undefined;
}

const FILE = 'demo-secrets.json';
const SECRET_BYTES = 32;
const NAMES = ['jwtSecret', 'keyEncryptionKey', 'demoAgentSecret'] as const;
type Kept = Readonly<Record<(typeof NAMES)[number], string>>;

/** The configured secrets; in demo mode those of the data folder, made at the first start and readable by its owner only. */
export function secretsOf(configuration: Configuration): Secrets {
  const { mode, dataFolder, jwtSecret, keyEncryptionKey } = configuration;
  if (mode === 'production') {
    if (jwtSecret === undefined || keyEncryptionKey === undefined)
      throw new Error('production has no secrets of its own');
    return { jwtSecret, keyEncryptionKey, demoAgentSecret: undefined };
  }
  const kept = keptSecrets(join(dataFolder, FILE));
  return {
    jwtSecret: jwtSecret ?? Buffer.from(kept.jwtSecret, 'hex'),
    keyEncryptionKey: keyEncryptionKey ?? Buffer.from(kept.keyEncryptionKey, 'hex'),
    demoAgentSecret: kept.demoAgentSecret,
  };
}

/** What the file holds; what it lacks is drawn and written before it is used. */
function keptSecrets(path: string): Kept {
  const known = read(path);
  const kept = Object.fromEntries(
    NAMES.map((name) => [name, known[name] ?? randomBytes(SECRET_BYTES).toString('hex')]),
  ) as Kept;
  if (NAMES.some((name) => known[name] === undefined)) write(path, `${JSON.stringify(kept)}\n`);
  return kept;
}

function read(path: string): Partial<Kept> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  const known = JSON.parse(text) as Partial<Kept>;
  for (const name of NAMES) {
    if (known[name] !== undefined && Buffer.from(known[name], 'hex').length !== SECRET_BYTES)
      throw new Error(`${path} holds no ${name} of ${SECRET_BYTES} bytes`);
  }
  return known;
}

/** Whole or not at all: a start that is cut off leaves the file as it was. */
function write(path: string, text: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
