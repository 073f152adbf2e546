// Reading and writing where the plugin has no business.

import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Answers the text only if it is the secret one. */
const secret = (text) => (String(text).includes('canary') ? 'read the canary' : null);
/** For what answers nothing: that it did not throw is enough. */
const did = () => 'was let';
const own = (ctx, name) => join(ctx.folder, name);

async function streamed(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return secret(text);
}

export const files = {
  'files: readFileSync': (t) => secret(fs.readFileSync(t.canary)),
  'files: readFileSync with a Buffer as path': (t) => secret(fs.readFileSync(Buffer.from(t.canary))),
  'files: readFileSync with a URL as path': (t) => secret(fs.readFileSync(pathToFileURL(t.canary))),
  'files: promises.readFile': async (t) => secret(await fs.promises.readFile(t.canary)),
  'files: callback readFile': (t) =>
    new Promise((resolve, reject) =>
      fs.readFile(t.canary, (error, text) => (error ? reject(error) : resolve(secret(text)))),
    ),
  'files: createReadStream': (t) => streamed(fs.createReadStream(t.canary)),
  'files: openSync': (t) => `opened ${fs.openSync(t.canary, 'r')}`,
  'files: promises.open': async (t) => secret(await (await fs.promises.open(t.canary)).readFile('utf8')),
  'files: openAsBlob': async (t) => secret(await (await fs.openAsBlob(t.canary)).text()),
  'files: readdirSync': (t) => fs.readdirSync(t.outside).join(' '),
  'files: opendirSync': (t) => fs.opendirSync(t.outside).readSync().name,
  'files: globSync': (t) => fs.globSync('*', { cwd: t.outside }).join(' ') || null,
  'files: statSync': (t) => `size ${fs.statSync(t.canary).size}`,
  'files: a path that climbs out of its folder': (t, ctx) => {
    const climb = `${ctx.folder}/../../../../../../../../../..${t.canary}`;
    return secret(fs.readFileSync(climb));
  },
  'files: through /proc/self/root': (t) => secret(fs.readFileSync(`/proc/self/root${t.canary}`)),
  'files: through /proc/self/cwd': (t) => secret(fs.readFileSync(`/proc/self/cwd/../../..${t.canary}`)),
  'files: a link that was there before': (t, ctx) => secret(fs.readFileSync(own(ctx, 'link-to-canary'))),
  'files: a folder link that was there before': (t, ctx) =>
    secret(fs.readFileSync(own(ctx, 'link-to-outside/canary.txt'))),
  'files: a link of its own making': (t, ctx) => {
    fs.symlinkSync(t.canary, own(ctx, `link-${Date.now()}`));
    return 'made a link to outside';
  },
  'files: a relative link of its own making': (t, ctx) => {
    const name = own(ctx, `relative-${Date.now()}`);
    fs.symlinkSync(`../../../../../../../../../../..${t.canary}`, name);
    return secret(fs.readFileSync(name));
  },
  'files: a hard link': (t, ctx) => {
    const name = own(ctx, `hard-${Date.now()}`);
    fs.linkSync(t.canary, name);
    return secret(fs.readFileSync(name));
  },
  'files: copyFileSync': (t, ctx) => {
    fs.copyFileSync(t.canary, own(ctx, 'copy'));
    return secret(fs.readFileSync(own(ctx, 'copy')));
  },
  'files: cpSync': (t, ctx) => {
    fs.cpSync(t.outside, own(ctx, 'copies'), { recursive: true });
    return secret(fs.readFileSync(own(ctx, 'copies/canary.txt')));
  },
  'files: writeFileSync': (t) => did(fs.writeFileSync(`${t.outside}/planted`, 'x')),
  'files: appendFileSync': (t) => did(fs.appendFileSync(t.canary, 'planted')),
  'files: createWriteStream': (t) =>
    new Promise((resolve, reject) => {
      const stream = fs.createWriteStream(`${t.outside}/planted`);
      stream.on('error', reject);
      stream.end('x', (error) => (error ? reject(error) : resolve('wrote')));
    }),
  'files: mkdirSync': (t) => did(fs.mkdirSync(`${t.outside}/planted`)),
  'files: mkdtempSync': (t) => fs.mkdtempSync(`${t.outside}/planted-`),
  'files: rmSync': (t) => did(fs.rmSync(t.canary)),
  'files: unlinkSync': (t) => did(fs.unlinkSync(t.canary)),
  'files: renameSync to outside': (t, ctx) => {
    fs.writeFileSync(own(ctx, 'mine'), 'x');
    return did(fs.renameSync(own(ctx, 'mine'), `${t.outside}/planted`));
  },
  'files: renameSync of the canary': (t, ctx) => did(fs.renameSync(t.canary, own(ctx, 'taken'))),
  'files: truncateSync': (t) => did(fs.truncateSync(t.canary)),
  'files: chmodSync': (t) => did(fs.chmodSync(t.canary, 0o777)),
  'files: utimesSync': (t) => did(fs.utimesSync(t.canary, 0, 0)),
  'files: watch': (t) => {
    fs.watch(t.outside).close();
    return 'watches';
  },
  'files: import of a module outside': async (t) => (await import(pathToFileURL(t.module).href)).canary,
  'files: require of a file outside': (t) => secret(createRequire(import.meta.url)(t.json).text),
  'files: loadEnvFile': (t) => {
    process.loadEnvFile(t.envFile);
    return process.env.CANARY_FROM_FILE;
  },
  'files: chdir': (t) => {
    process.chdir(t.outside);
    return secret(fs.readFileSync('canary.txt'));
  },
  'files: the folder of another plugin': (t) => fs.readdirSync(t.otherFolder).join(' ') || 'listed',
  'files: the hub’s memory': (t) => `opened ${fs.openSync(`/proc/${t.hub}/mem`, 'r')}`,
  'files: the hub’s descriptors': (t) => fs.readdirSync(`/proc/${t.hub}/fd`).join(' '),
  'files: a descriptor of the hub’s': (t) => {
    const buffer = Buffer.alloc(64);
    fs.readSync(t.canaryDescriptor, buffer, 0, 64, 0);
    return secret(buffer);
  },
  'files: a report written outside': (t) => process.report.writeReport(`${t.outside}/planted.json`),
  'environment: process.env': () => process.env.LINTEL_TEST_CANARY ?? null,
  'environment: its own /proc/self/environ': () => secret(fs.readFileSync('/proc/self/environ')),
  'environment: the hub’s /proc/environ': (t) => `${fs.readFileSync(`/proc/${t.hub}/environ`).length} bytes`,
  'environment: the hub’s command line': (t) => fs.readFileSync(`/proc/${t.hub}/cmdline`, 'utf8'),
  'sqlite: import': async () => Object.keys(await import('node:sqlite')).join(' '),
  'sqlite: getBuiltinModule': () => (process.getBuiltinModule('node:sqlite') ? 'has it' : null),
  'sqlite: require and ATTACH': (t) => {
    const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite');
    const database = new DatabaseSync(':memory:');
    database.exec(`ATTACH '${t.database}' AS theirs`);
    return secret(JSON.stringify(database.prepare('SELECT * FROM theirs.t').all()));
  },
};
