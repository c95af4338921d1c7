import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from './configuration.ts';

export interface Secrets {
  readonly jwtSecret: Uint8Array;
  readonly keyEncryptionKey: Uint8Array;
}

const FILE = 'demo-secrets.json';

/** The configured secrets; in demo mode those of the data folder, made at the first start and readable by its owner only. */
export function secretsOf(configuration: Configuration): Secrets {
  const { jwtSecret, keyEncryptionKey } = configuration;
  if (jwtSecret !== undefined && keyEncryptionKey !== undefined) return { jwtSecret, keyEncryptionKey };
  if (configuration.mode === 'production') throw new Error('production has no secrets of its own');
  const kept = keptSecrets(join(configuration.dataFolder, FILE));
  return { jwtSecret: jwtSecret ?? kept.jwtSecret, keyEncryptionKey: keyEncryptionKey ?? kept.keyEncryptionKey };
}

function keptSecrets(path: string): Secrets {
  try {
    return parse(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made: Secrets = { jwtSecret: randomBytes(32), keyEncryptionKey: randomBytes(32) };
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(
      file,
      `${JSON.stringify({ jwtSecret: hex(made.jwtSecret), keyEncryptionKey: hex(made.keyEncryptionKey) })}\n`,
    );
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return made;
}

function parse(text: string, path: string): Secrets {
  const kept = JSON.parse(text) as Partial<Record<keyof Secrets, string>>;
  const bytes = (name: keyof Secrets): Uint8Array => {
    const value = Buffer.from(kept[name] ?? '', 'hex');
    if (value.length !== 32) throw new Error(`${path} holds no ${name} of 32 bytes`);
    return value;
  };
  return { jwtSecret: bytes('jwtSecret'), keyEncryptionKey: bytes('keyEncryptionKey') };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
