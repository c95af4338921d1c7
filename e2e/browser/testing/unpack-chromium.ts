import { join } from 'node:path';
import { inflate } from '@sparticuz/chromium';

// The package unpacks into the folder for temporary files, and its place is read from the environment: a process of its own
// can be given another one without touching that of everybody else.
const archives = process.argv[2];
if (archives === undefined) throw new Error('name the folder of the archives');
await Promise.all(
  ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((file) => inflate(join(archives, file))),
);
