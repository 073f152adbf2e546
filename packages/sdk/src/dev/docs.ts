// The settings of a plugin as a table for its README, out of the schema that the form and the validation come from.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { PluginDefinition } from '../define.ts';
import { isObject } from '../json.ts';
import { z } from '../settings.ts';

type Schema = z.core.JSONSchema.JSONSchema;

interface Row {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

const BETWEEN = /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/;

const objectOf = (value: unknown): Schema => (isObject(value) ? (value as Schema) : {});

/** A schema, and what it is a choice of. */
const choicesOf = (schema: Schema): Schema[] => [schema, ...(schema.anyOf ?? schema.oneOf ?? []).map(objectOf)];

/** One row for each field, also for those of groups (`bridge.enabled`) and of lists (`devices[].host`). */
function* rowsOf(schema: Schema, prefix = ''): Generator<Row> {
  const required = new Set(schema.required);
  for (const [key, raw] of Object.entries(schema.properties ?? {})) {
    const field = objectOf(raw);
    const name = `${prefix}${key}`;
    yield { name, schema: field, isRequired: required.has(key) && field.default === undefined };
    for (const each of choicesOf(field)) yield* rowsOf(each, `${name}.`);
    for (const each of choicesOf(objectOf(field.items))) yield* rowsOf(each, `${name}[].`);
  }
}

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** "1 to 26", "at least 1"; the bounds of whole numbers that zod always states say nothing. */
function between(low: number | undefined, high: number | undefined, of = ''): string | null {
  const [from, to] = [low, high].map((each) => (Math.abs(each ?? 0) < Number.MAX_SAFE_INTEGER ? each : undefined));
  if (from !== undefined && to !== undefined) return `${from} to ${to}${of}`;
  if (from !== undefined) return `at least ${from}${of}`;
  return to === undefined ? null : `at most ${to}${of}`;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  array: 'list',
  object: 'group',
};

function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((each) => kindOf(objectOf(each))).join(' or ');
  const word = typeof schema.type === 'string' ? (WORDS[schema.type] ?? schema.type) : 'anything';
  const limits =
    between(schema.minimum, schema.maximum) ??
    between(schema.minLength, schema.maxLength, ' characters') ??
    between(schema.minItems, schema.maxItems, ' entries');
  return limits === null ? word : `${word}, ${limits}`;
}

function meaningOf({ title, description, writeOnly }: Schema): string {
  const said = [title, description].filter((each) => each !== undefined && each !== '').join(': ');
  return writeOnly === true ? `${said} (a secret, never shown again)` : said;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();

function line({ name, schema, isRequired }: Row): string {
  const otherwise = schema.default === undefined ? (isRequired ? 'required' : '') : code(schema.default);
  return `| ${[code(name), meaningOf(schema), kindOf(schema), otherwise].map(cell).join(' | ')} |`;
}

/** The table in Markdown; a plugin without settings has a sentence. */
export function settingsTable({ settings }: Pick<PluginDefinition, 'settings'>): string {
  const all = [...rowsOf(z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }))];
  const rows = all.filter(({ name }, at) => all.findIndex((each) => each.name === name) === at);
  if (rows.length === 0) return 'It has no settings.\n';
  return ['| setting | what it is | takes | default |', '| --- | --- | --- | --- |', ...rows.map(line), ''].join('\n');
}

/** A README with the table as it is now; null for one without the marks that it stands between. */
export function withSettings(text: string, definition: Pick<PluginDefinition, 'settings'>): string | null {
  if (!BETWEEN.test(text)) return null;
  const table = settingsTable(definition);
  return text.replace(BETWEEN, (_all, before: string, after: string) => `${before}\n${table}\n${after}`);
}

/** Brings the README of the plugin in `folder` up to date, where it has the marks. */
export async function keepDocs(folder: string): Promise<void> {
  const readme = join(folder, 'README.md');
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  if (!BETWEEN.test(text)) return;
  const { lintel } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { lintel: { entry: string } };
  const entry = pathToFileURL(resolve(folder, lintel.entry)).href;
  const { default: definition } = (await import(entry)) as { default: PluginDefinition };
  const next = withSettings(text, definition);
  if (next !== null && next !== text) writeFileSync(readme, next);
}
