// What the SDK offers is shown in use: each export has an example, and each example is what a plugin could say.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { capabilitySpec, describeProperty } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const ROOT = join(import.meta.dirname, '../../..');
const SDK = join(ROOT, 'packages/sdk/src');
const MODEL = join(ROOT, 'packages/model/src');

interface Export {
  readonly name: string;
  readonly examples: readonly string[];
}

/** What the examples take as given. */
const GIVEN = `
import * as assert from 'uvu/assert';
declare const ctx: PluginContext;
declare const signal: AbortSignal;
declare const plugin: PluginDefinition;
declare const hub: FakeHub;
declare const settings: { readonly host: string };
declare const lamp: { read(): Values };
declare const tell: (to: typeof lamp, command: DeviceCommand, signal?: AbortSignal) => Promise<void>;
declare const connect: (host: string) => Promise<object>;
declare const readMeter: (ctx: PluginContext) => Promise<void>;
`;

const DECLARED = /^export (?:async )?(?:function|const|class|interface|type) (\w+)|^export \{ (z) \}/gm;
const RE_EXPORTED = /^export (?:type )?(?:\*|\{([^}]*)\}) from '([^']+)';/gm;

const examplesIn = (comment: string): string[] =>
  comment
    .split('@example')
    .slice(1)
    .map((text) => text.replaceAll(/^ \*(?: |$)|^ \*\/$|\*\/$/gm, '').trim());

/** The comment that ends where the export begins. */
function commentBefore(text: string, at: number): string {
  const before = text.slice(0, at);
  return before.endsWith('*/\n') ? before.slice(before.lastIndexOf('/**')) : '';
}

function declaredIn(file: string): Export[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(DECLARED)].map((found) => ({
    name: (found[1] ?? found[2])!,
    examples: examplesIn(commentBefore(text, found.index)),
  }));
}

/** Where an entry takes its exports from: files of its own, and the model. */
function filesOf(from: string, entry: string): string[] {
  if (from !== '@lintel/model') return [join(dirname(entry), from)];
  return ['capabilities', 'commands', 'devices', 'values'].map((name) => join(MODEL, `${name}.ts`));
}

function exportsOf(entry: string): Export[] {
  const text = readFileSync(entry, 'utf8');
  return [...text.matchAll(RE_EXPORTED)].flatMap(([, names, from]) => {
    const declared = filesOf(from!, entry).flatMap(declaredIn);
    if (names === undefined) return declared;
    const wanted = names.split(',').map((name) => name.trim());
    return wanted.filter(Boolean).map((name) => declared.find((each) => each.name === name) ?? { name, examples: [] });
  });
}

const plain = exportsOf(join(SDK, 'index.ts'));
const testing = exportsOf(join(SDK, 'testing/index.ts'));
const all = [...plain, ...testing];
const test = suite('every export of the SDK');

test('has an example', () => {
  assert.ok(plain.length > 90 && testing.length > 10, `${plain.length} and ${testing.length} were found`);
  assert.equal(
    all.filter(({ examples }) => examples.length === 0).map(({ name }) => name),
    [],
  );
});

test('is used in its example', () => {
  const builders = new Set(plain.map(({ name }) => name).filter((name) => capabilitySpec(name) !== null));
  for (const { name, examples } of all) {
    const isShown = (example: string): boolean => new RegExp(`\\b${name}\\b`).test(example);
    const isOnContext = (example: string): boolean => example.includes('ctx.') && !builders.has(name);
    assert.ok(
      examples.some((each) => isShown(each) || isOnContext(each)),
      name,
    );
  }
});

test('names properties of the capability table only', () => {
  const keys = all.flatMap(({ examples }) => examples).flatMap((text) => [...text.matchAll(/'([a-zA-Z0-9]+\.\w+)':/g)]);
  assert.ok(keys.length > 30, String(keys.length));
  for (const [, key] of keys) assert.ok(describeProperty(key!) !== null, key);
});

test('means what the types allow', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-examples-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const bodies = all.flatMap(({ name, examples }) =>
    examples.map((each) => `async () => { // ${name}\n${each.replace(/^export default /, 'void ')}\n};`),
  );
  const names = (list: readonly Export[]): string => list.map(({ name }) => name).join(', ');
  const imports = `import { ${names(plain)} } from '@lintel/sdk';\nimport { ${names(testing)} } from '@lintel/sdk/testing';`;
  writeFileSync(join(folder, 'examples.ts'), [imports, GIVEN, ...bodies].join('\n'));
  const options = { extends: join(ROOT, 'tsconfig.json'), include: ['examples.ts'] };
  const loosened = { verbatimModuleSyntax: false, typeRoots: [join(ROOT, 'node_modules/@types')] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...options, compilerOptions: loosened }));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', folder], { encoding: 'utf8' });
  assert.is(status, 0, stdout);
  rmSync(folder, { recursive: true });
});

test.run();
