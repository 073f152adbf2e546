// A short-lived process that says what a plugin's settings are, and tries settings against the plugin's own schema where
// JSON Schema cannot say it all. Here, and only here, a plugin's process has zod.

import { faultWords } from '@lintel/model';
import { z } from 'zod';

import type { PluginDefinition } from '../define.ts';
import { isSimplePattern } from '../json.ts';
import { wireErrorOf } from '../perform.ts';
import type { WireError } from '../wire.ts';
import { openHubChannel } from './hub-socket.ts';
import { giveModules, loadPlugin } from './load.ts';

/** What the hub asks: without settings it wants the description, with settings their verdict. */
export interface DescribeRequest {
  readonly plugin: string;
  readonly entry: string;
  readonly settings?: unknown;
}

export interface SettingsFault {
  readonly pointer: string;
  readonly message: string;
}

export type DescribeAnswer =
  | { readonly name: string; readonly schema: unknown; readonly custom: boolean }
  | { readonly settings: unknown }
  | { readonly fault: SettingsFault }
  | { readonly error: WireError };

const CHANGING = new Set(['transform', 'pipe', 'codec', 'catch']);

/** Checks by a function or a pattern: the hub runs neither a plugin's code nor its regular expressions. */
function isBeyondJsonSchema(schema: z.core.$ZodType): boolean {
  const { type, checks = [] } = schema._zod.def;
  if (CHANGING.has(type))
    throw new Error(`settings must not be changed by their schema (${type}): change them in setup`);
  return type === 'custom' || checks.some((check) => isCustom(check._zod.def));
}

function isCustom({ check, pattern }: { readonly check: string; readonly pattern?: RegExp }): boolean {
  if (pattern !== undefined) return !isSimplePattern(pattern.source);
  return check === 'custom' || check === 'overwrite' || check === 'string_format';
}

function describe(definition: PluginDefinition): DescribeAnswer {
  let custom = false;
  const schema = z.toJSONSchema(definition.settings, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema }) => {
      custom ||= isBeyondJsonSchema(zodSchema);
    },
  });
  return { name: definition.name, schema, custom };
}

const escape = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

async function judge(definition: PluginDefinition, settings: unknown): Promise<DescribeAnswer> {
  const parsed = await definition.settings.safeParseAsync(settings, { error: faultWords });
  if (parsed.success) return { settings: parsed.data };
  const [issue] = parsed.error.issues;
  return { fault: { pointer: issue!.path.map((part) => `/${escape(part)}`).join(''), message: issue!.message } };
}

async function answer(request: DescribeRequest): Promise<DescribeAnswer> {
  try {
    const definition = await loadPlugin(request.entry, request.plugin);
    return 'settings' in request ? await judge(definition, request.settings) : describe(definition);
  } catch (error) {
    return { error: wireErrorOf(error) };
  }
}

const channel = openHubChannel((raw) => void answer(raw as DescribeRequest).then((answered) => channel.send(answered)));
giveModules({ '@lintel/sdk': import.meta.resolve('@lintel/sdk') });
