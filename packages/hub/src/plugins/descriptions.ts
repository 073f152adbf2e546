// What plugins' settings are. A short-lived process with zod says it once for each edition of a plugin, and the answer is
// kept on the disk.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { HubError } from '@lintel/model';
import { isObject, isShallow, readName } from '@lintel/sdk/host';
import type { DescribeRequest, JsonObject } from '@lintel/sdk/host';

import type { Scheduler } from '../clock.ts';
import { Child } from './child.ts';
import { DESCRIBE_MAX_MS } from './limits.ts';
import { editionOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import type { Sandbox } from './sandbox.ts';

const FORMAT = 1;

export interface Description {
  readonly name: string;
  /** JSON Schema of the settings. */
  readonly schema: JsonObject;
  /** Whether the plugin's schema checks more than JSON Schema can say, so that its own code must be asked too. */
  readonly custom: boolean;
}

export class Descriptions {
  readonly #sandbox: Sandbox;
  readonly #scheduler: Scheduler;
  readonly #folder: string;
  readonly #known = new Map<string, Promise<Description>>();

  constructor(sandbox: Sandbox, scheduler: Scheduler, folder: string) {
    this.#sandbox = sandbox;
    this.#scheduler = scheduler;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Rejects with `PLUGIN_FAILED` where the plugin cannot be loaded. */
  of(manifest: Manifest): Promise<Description> {
    const key = `${manifest.id} ${editionOf(manifest)}`;
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#describe(manifest);
      this.#known.set(key, found);
      found.catch(() => this.#known.delete(key));
    }
    return found;
  }

  /** The description kept from an earlier time, if the plugin is still the same. */
  kept(manifest: Manifest): Description | null {
    try {
      const kept: unknown = JSON.parse(readFileSync(this.#fileOf(manifest), 'utf8'));
      if (!isObject(kept) || kept['format'] !== FORMAT || kept['edition'] !== editionOf(manifest)) return null;
      return readDescribed(kept, manifest.id);
    } catch {
      return null;
    }
  }

  /** Asks the plugin's own schema; throws `BAD_SETTINGS` with a pointer under `/settings`. */
  async judge(manifest: Manifest, settings: unknown): Promise<unknown> {
    const answer = await this.#ask(manifest, { plugin: manifest.id, entry: manifest.entry, settings });
    const { fault } = answer;
    if (!isObject(fault)) return answer['settings'];
    const pointer = `/settings${String(fault['pointer']).slice(0, 256)}`;
    throw new HubError('BAD_SETTINGS', String(fault['message']).slice(0, 512), { pointer });
  }

  #fileOf(manifest: Manifest): string {
    return join(this.#sandbox.caches.folderFor(manifest, 'descriptions'), `${manifest.id}.json`);
  }

  async #describe(manifest: Manifest): Promise<Description> {
    const kept = this.kept(manifest);
    if (kept !== null) return kept;
    const answer = await this.#ask(manifest, { plugin: manifest.id, entry: manifest.entry });
    const description = readDescribed(answer, manifest.id);
    const file = this.#fileOf(manifest);
    const next = `${file}.${process.pid}`;
    writeFileSync(next, JSON.stringify({ format: FORMAT, edition: editionOf(manifest), ...description }));
    renameSync(next, file);
    return description;
  }

  /** One question to one process. */
  async #ask(manifest: Manifest, request: DescribeRequest): Promise<JsonObject> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const lines: string[] = [];
    const fail = (why: string): void => reject(cannotLoad(manifest.id, why));
    const child = new Child(this.#sandbox.launch(manifest, 'describe', this.#folder), '/', this.#scheduler, {
      message: resolve,
      output: (_level, text) => void (lines.length < 20 && lines.push(text)),
      ended: ({ fault }) => fail(fault ?? lines.find((line) => line.includes('Error')) ?? 'it ended at once'),
    });
    const cancel = this.#scheduler.after(DESCRIBE_MAX_MS, () => fail('it did not answer in time'));
    child.channel.send(request);
    try {
      const answer = await promise;
      if (!isObject(answer) || !isShallow(answer)) throw new HubError('PLUGIN_FAILED', 'the plugin described nothing');
      if (isObject(answer['error'])) throw cannotLoad(manifest.id, String(answer['error']['detail']).slice(0, 512));
      return answer;
    } finally {
      cancel();
      child.kill();
    }
  }
}

const cannotLoad = (id: string, why: string): HubError =>
  new HubError('PLUGIN_FAILED', `the plugin ${id} cannot be loaded: ${why}`);

function readDescribed(raw: JsonObject, id: string): Description {
  const { name, schema, custom } = raw;
  if (!isObject(schema)) throw cannotLoad(id, 'it describes no settings');
  return { name: readName(name, '/name'), schema, custom: custom === true };
}
