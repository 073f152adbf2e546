// Icons go where they are drawn: each import from @mdi/js becomes the paths themselves, so that the first screen does not carry
// those of later ones, and no icon costs a file of its own.

import * as mdi from '@mdi/js';
import type { Plugin } from 'vite';

const IMPORT = /import\s*\{([^}]*)\}\s*from\s*'@mdi\/js';/g;

/** The module with the paths of its icons instead of their import. @throws Error for a name that the icons lack */
export function inlineIcons(code: string): string {
  return code.replaceAll(IMPORT, (_whole, names: string) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => `const ${name} = ${JSON.stringify(pathOf(name))};`)
      .join(' '),
  );
}

function pathOf(name: string): string {
  const path: unknown = (mdi as Readonly<Record<string, unknown>>)[name];
  if (typeof path !== 'string') throw new Error(`@mdi/js has no icon "${name}"`);
  return path;
}

export const iconsWhereDrawn = (): Plugin => ({
  name: 'icons-where-drawn',
  enforce: 'pre',
  transform: { filter: { code: /from '@mdi\/js'/ }, handler: (code) => ({ code: inlineIcons(code), map: null }) },
});
