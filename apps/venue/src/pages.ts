import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { PageFolders } from '@openvenue/gateway';

/** The pages of a folder, and whether they are built. Links are followed once, so that all files come from one build. */
export function pagesIn(folder: string): PageFolders & { readonly isBuilt: boolean } {
  const root = existsSync(folder) ? realpathSync(folder) : folder;
  const terminalFolder = join(root, 'terminal');
  return {
    terminalFolder,
    widgetFolder: join(root, 'widget'),
    isBuilt: existsSync(join(terminalFolder, 'index.html')),
  };
}
