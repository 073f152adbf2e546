import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test } from 'uvu';
import * as assert from 'uvu/assert';

const PACKAGE = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'lintel-create-'));

function create(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PACKAGE, ...args], {
    cwd: scratch,
    encoding: 'utf8',
    input: '',
  });
  return { status, output: stdout + stderr };
}

const KINDS = ['light', 'switch', 'plug', 'fan', 'valve', 'siren', 'other'];

for (const kind of KINDS) {
  test(`a new ${kind} passes its own test`, () => {
    const { status, output } = create(`new-${kind}`, '--kind', kind, '--name', `Bob's "${kind}"`, '--yes');
    assert.is(status, 0, output);
    const folder = join(scratch, `new-${kind}`);
    // What `npm install` does for a folder: a link.
    mkdirSync(join(folder, 'node_modules/@lintel'), { recursive: true });
    symlinkSync(join(PACKAGE, '../sdk'), join(folder, 'node_modules/@lintel/sdk'));
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const run = spawnSync(process.execPath, [join(PACKAGE, '../sdk/bin.js'), 'test'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.is(run.status, 0, run.stdout + run.stderr);
    assert.match(run.stdout, /pass 2/);
    assert.is(readFileSync(join(folder, 'README.md'), 'utf8'), readme, 'its settings are documented as they are');
  });
}

test('a new plugin type-checks under strict', () => {
  create('typed', '--yes');
  const folder = join(scratch, 'typed');
  mkdirSync(join(folder, 'node_modules/@lintel'), { recursive: true });
  symlinkSync(join(PACKAGE, '../sdk'), join(folder, 'node_modules/@lintel/sdk'));
  symlinkSync(join(PACKAGE, '../../node_modules/@types'), join(folder, 'node_modules/@types'));
  const tsc = join(PACKAGE, '../../node_modules/.bin/tsc');
  const flags = ['-p', 'jsconfig.json', '--allowImportingTsExtensions', '--types', 'node'];
  const run = spawnSync(tsc, flags, { cwd: folder, encoding: 'utf8' });
  assert.is(run.status, 0, run.stdout);
});

test('its manifest says what the flags said, and its id follows from the folder', () => {
  assert.is(create('My Plugin', '--yes', '--sdk', '^9.9.9').status, 0);
  const json = JSON.parse(readFileSync(join(scratch, 'My Plugin/package.json'), 'utf8'));
  assert.equal(json.lintel, { id: 'my-plugin', api: '^1', entry: './src/index.js', permissions: {} });
  assert.is(json.devDependencies['@lintel/sdk'], '^9.9.9');
  assert.equal(Object.keys(json.scripts).toSorted(), ['dev', 'test']);
  assert.ok(existsSync(join(scratch, 'My Plugin/.gitignore')));
  for (const file of ['src/index.js', 'src/device.js', 'test/plugin.test.js', 'README.md']) {
    assert.not.match(readFileSync(join(scratch, 'My Plugin', file), 'utf8'), /__[A-Z]/);
  }
});

test('what cannot be made is said in words, and nothing is written', () => {
  assert.match(create('bad', '--id', 'Not An Id', '--yes').output, 'a-z, 0-9 and -');
  assert.match(create('bad', '--kind', 'spaceship', '--yes').output, 'must be one of');
  assert.is(create('bad', '--unknown').status, 2);
  assert.is(create().status, 2);
  assert.not.ok(existsSync(join(scratch, 'bad')));
  mkdirSync(join(scratch, 'full'));
  writeFileSync(join(scratch, 'full/file'), 'x');
  const { status, output } = create('full', '--yes');
  assert.is(status, 1);
  assert.match(output, 'not empty');
});

/** Answers its questions on a terminal, one after the other. */
async function answer(...answers: string[]): Promise<{ status: number | null; output: string }> {
  const terminal = spawn('script', ['-qec', `"${process.execPath}" "${PACKAGE}"`, '/dev/null'], { cwd: scratch });
  let output = '';
  let asked = 0;
  terminal.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
    if (output.split('): ').length > asked + 1) terminal.stdin.write(answers[asked++] ?? '');
  });
  const [status] = (await once(terminal, 'exit')) as [number | null];
  return { status, output };
}

if (process.platform === 'linux' && existsSync('/usr/bin/script')) {
  test('it asks three questions, and who leaves leaves nothing behind', async () => {
    const left = await answer('left\n', '\u0004');
    assert.is(left.status, 1);
    assert.match(left.output, 'Nothing was made.');
    assert.not.match(left.output, 'Error');
    assert.not.ok(existsSync(join(scratch, 'left')));
    assert.is((await answer('asked\n', 'My lamp\n', '\n')).status, 0);
    const { lintel, description } = JSON.parse(readFileSync(join(scratch, 'asked/package.json'), 'utf8'));
    assert.equal([lintel.id, description], ['asked', 'My lamp for Lintel']);
  });
}

test.run();
