#!/usr/bin/env node
// `npm create lintel-plugin`: asks what flags have not answered, and writes a plugin that works. Plain JavaScript, since it
// runs on whatever Node the author has.

import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

import { defaultSdk, idFrom, KINDS, nameFrom, readFaults, scaffold } from './scaffold.js';

const USAGE = `create-lintel-plugin DIR [--id ID] [--name NAME] [--kind KIND] [--sdk SPEC] [--yes]

  DIR     the folder to make
  --id    a-z, 0-9 and -; default from DIR
  --name  as people read it; default from the id
  --kind  ${KINDS.join(', ')}; default light
  --sdk   where npm finds @lintel/sdk: a version, a tarball, a folder
  --yes   take the defaults and ask nothing`;

function stop(text, code) {
  console.error(text);
  process.exit(code);
}

function readFlags() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        id: { type: 'string' },
        name: { type: 'string' },
        kind: { type: 'string' },
        sdk: { type: 'string' },
        yes: { type: 'boolean', short: 'y', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return stop(`${error.message}\n\n${USAGE}`, 2);
  }
}

/** Asks on the terminal; an empty answer takes the default. Who leaves with Ctrl-C or Ctrl-D leaves nothing behind. */
async function ask(question, otherwise) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const leave = () => stop('\nNothing was made.', 1);
  terminal.once('SIGINT', leave);
  const answer = await terminal.question(`${question} (${otherwise}): `).catch(leave);
  terminal.close();
  return answer.trim() || otherwise;
}

const { values, positionals } = readFlags();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
if (positionals.length > 1) stop(USAGE, 2);
const isAsking = !values.yes && process.stdin.isTTY === true;
const isFolderAsked = isAsking && positionals.length === 0;
const folder = isFolderAsked ? await ask('Folder', 'my-plugin') : positionals[0];
if (folder === undefined) stop(USAGE, 2);

let id = values.id ?? idFrom(basename(resolve(folder)));
let name = values.name ?? nameFrom(id);
let kind = values.kind ?? 'light';
if (isAsking) {
  // A folder that was asked for is named after the plugin already.
  if (values.id === undefined && !isFolderAsked) id = await ask('Id of the plugin', id);
  if (values.name === undefined) name = await ask('Name, as people read it', nameFrom(id));
  if (values.kind === undefined) kind = await ask(`Kind of device: ${KINDS.join(', ')}`, kind);
}
const plan = { folder: resolve(folder), id, name, kind, sdk: values.sdk ?? defaultSdk() };
const faults = readFaults(plan);
if (faults.length > 0) stop(faults.join('\n'), 1);
scaffold(plan);
console.log(`Made ${folder}. Next:

  cd ${folder}
  npm install
  npm test
  npm run dev`);
