// Builds web/dist: index.html, hashed assets, nothing inline that the hub's CSP would refuse.

import { brotliCompressSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { iconsWhereDrawn } from './inline-icons.ts';

/** Chunks that the first screen needs besides the entry; the page asks for them at once, beside the socket. */
const FIRST = ['/src/app.ts', '/src/screens/home/home.ts'];

/** Opens the live socket, and so must not wait for anything else. */
const LIVE = /\/web\/src\/(main\.|store\/(session|store|state|granted|pending|api)\.)|packages\/protocol\//;
const FIRST_SCREEN =
  /\/web\/src\/(app|router|strings\/(index|words|en(-(devices|matter|plugins|rules|screens))?)\.|elements\/(base|icon|tile|switch|toasts|empty|css-variable)|readers\/(devices|color|format|summary|icons|roles)|store\/(actions|notices|undo)|screens\/home\/)|packages\/model\/src\/devices\./;

/** HTTP/1.1 fetches six files at a time: what the first screen needs comes in three, not in twenty. */
const GROUPS = [
  { name: 'live', test: LIVE, priority: 3 },
  { name: 'lit', test: /node_modules\/(lit|lit-html|lit-element|@lit)\//, priority: 2 },
  { name: 'app', test: FIRST_SCREEN, priority: 1 },
];

/** Names the first screen's chunks in index.html, so that they load in parallel and not one after another. */
function preloadFirstScreen(): Plugin {
  return {
    name: 'preload-first-screen',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(page, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((each) => each.type === 'chunk');
        const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
        const wanted = new Set<string>();
        const want = (file: string): void => {
          if (wanted.has(file)) return;
          wanted.add(file);
          for (const next of byFile.get(file)?.imports ?? []) want(next);
        };
        for (const chunk of chunks) {
          if (FIRST.some((path) => chunk.moduleIds.some((id) => id.endsWith(path)))) want(chunk.fileName);
          if (chunk.isEntry) for (const next of chunk.imports) wanted.delete(next);
        }
        const preload = (file: string) => ({
          tag: 'link',
          // Fetched at once but compiled only when imported: compiling them here would keep the socket waiting.
          attrs: { rel: 'preload', as: 'script', fetchpriority: 'low', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        });
        return [...wanted].filter((file) => !page.includes(`/${file}"`)).map(preload);
      },
    },
  };
}

/** Prints what the first screen weighs on the wire; the budget itself is a test. */
function printWeights(): Plugin {
  return {
    name: 'print-weights',
    apply: 'build',
    writeBundle(_options, bundle) {
      let total = 0;
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') total += brotliCompressSync(file.code).length;
      }
      console.log(`all scripts together: ${(total / 1024).toFixed(1)} KiB brotli`);
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [iconsWhereDrawn(), preloadFirstScreen(), printWeights()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS, includeDependenciesRecursively: false } } },
  },
  server: { proxy: { '/api': { target: 'http://localhost:8480', ws: true } } },
});
