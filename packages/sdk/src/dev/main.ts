// The `lintel-plugin` command: `lintel-plugin dev [FOLDER]` runs a plugin live in a hub while it is being written.

import { readFileSync, watch } from 'node:fs';
import { resolve } from 'node:path';

import { keepDocs } from './docs.ts';
import { DevError, DevSession } from './session.ts';
import { runTests } from './test.ts';

const USAGE = `lintel-plugin dev [FOLDER]
lintel-plugin test
lintel-plugin docs

  Runs the plugin in FOLDER (default here) in your hub, and starts it anew whenever a file changes.
  LINTEL_URL    the hub's address, default http://localhost:8480
  LINTEL_TOKEN  a token of yours, from the hub under More, Tokens
  \`test\` runs the plugin's own tests, and keeps the quality level they found in lintel.quality.json and the table of its settings in
  README.md, between <!-- settings --> and <!-- /settings -->; \`docs\` does only the latter.`;

const SETTLE_MS = 100;
const FOLLOW_MS = 500;
/** What is no part of the running plugin; its tests write the quality level they found. */
const IGNORED = /(?:^|[\\/])(?:node_modules|\.git|test|lintel\.quality\.json|README\.md)(?:[\\/]|$)/;

function stop(text: string, code: number): never {
  console.error(text);
  process.exit(code);
}

function readId(folder: string): string {
  try {
    const { lintel } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as {
      lintel?: { id?: string };
    };
    if (typeof lintel?.id === 'string') return lintel.id;
  } catch {
    // Said below.
  }
  return stop(`${folder} holds no plugin: its package.json must have "lintel" with an "id"`, 1);
}

/** Calls `changed` a moment after the last of several changes. */
function watchFolder(folder: string, changed: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  watch(folder, { recursive: true }, (_event, file) => {
    if (file === null || IGNORED.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  });
}

async function dev(folder: string): Promise<void> {
  const url = process.env['LINTEL_URL'] ?? 'http://localhost:8480';
  const token = process.env['LINTEL_TOKEN'] ?? stop('Set LINTEL_TOKEN: make a token in the hub under More, Tokens.', 1);
  const print = (text: string): void => console.log(text);
  const session = new DevSession({ url, token, folder, id: readId(folder), print });
  const say = (error: unknown): void => console.error(error instanceof Error ? error.message : String(error));
  await session.open();
  watchFolder(folder, () => void session.restart().catch(say));
  // A hub without the route has nothing to follow.
  const follow = (): void =>
    void session.follow().then(
      () => setTimeout(follow, FOLLOW_MS),
      (error) => (error instanceof DevError && error.status === 404 ? undefined : setTimeout(follow, FOLLOW_MS)),
    );
  follow();
}

const [verb, ...args] = process.argv.slice(2);
if (verb === 'test') {
  const code = runTests(process.cwd(), args);
  if (code === 0) await keepDocs(process.cwd());
  process.exit(code);
}
if (verb === 'docs') await keepDocs(process.cwd());
else if (verb === 'dev') await dev(resolve(args[0] ?? '.')).catch((error: Error) => stop(error.message, 1));
else stop(USAGE, 2);
