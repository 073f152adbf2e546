// Tries settings on a plugin that does not run: a process of its own, whose devices and reports go nowhere.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { HubError } from '@lintel/model';
import type { PluginError } from '@lintel/sdk';
import type { WireError } from '@lintel/sdk/host';

import { Child } from './child.ts';
import { PluginDevices } from './devices.ts';
import { CALL_MAX_MS } from './limits.ts';
import type { Manifest } from './manifest.ts';
import type { PluginLog } from './plugin-log.ts';
import type { Sandbox } from './sandbox.ts';
import { Session } from './session.ts';
import type { PluginHostOptions, PluginSink, PluginStore } from './types.ts';

const SINK: PluginSink = {
  device: async () => undefined,
  deviceRemoved: async () => undefined,
  report: (_plugin, _device, _values, _endpoint, acknowledge) => acknowledge(),
  event: (_plugin, _device, _event, _data, _endpoint, acknowledge) => acknowledge(),
  online: (_plugin, _device, _online, acknowledge) => acknowledge(),
  stale: (_plugin, _device, acknowledge) => acknowledge(),
  presence: (_plugin, _source, _presence, acknowledge) => acknowledge(),
  status: () => undefined,
};

/** Reads what the plugin kept, and forgets what it writes. */
const readOnly = (store: PluginStore): PluginStore => ({
  get: (plugin, key) => store.get(plugin, key),
  set: async () => undefined,
  delete: async () => undefined,
});

export interface TrialParts {
  readonly manifest: Manifest;
  readonly options: PluginHostOptions;
  readonly sandbox: Sandbox;
  readonly log: PluginLog;
}

/** A plugin's complaint about settings, as it came or as a call has thrown it, in the way the API answers it. */
export function settingsError(error: WireError | PluginError): HubError {
  const { code, pointer } = error;
  const detail = error instanceof Error ? error.message : error.detail;
  const at = pointer === undefined ? '/settings' : `/settings${pointer.startsWith('/') ? pointer : `/${pointer}`}`;
  return code === 'BAD_SETTINGS' || code === 'BAD_VALUE'
    ? new HubError('BAD_SETTINGS', detail, { pointer: at })
    : new HubError('PLUGIN_FAILED', detail, pointer === undefined ? {} : { pointer: at });
}

/** Runs the plugin's `test`, after `setup` only where the definition has none of its own. Throws BAD_SETTINGS or PLUGIN_FAILED with what the plugin found. */
export async function tryOut({ manifest, options, sandbox, log }: TrialParts, settings: unknown): Promise<void> {
  const { scheduler, store, secrets } = options;
  const folder = join(options.data, 'trials', manifest.id);
  mkdirSync(folder, { recursive: true });
  const { promise: started, resolve, reject } = Promise.withResolvers<ReadonlySet<string>>();
  let session: Session | null = null;
  const child = new Child(sandbox.launch(manifest, 'run', folder, settings), folder, scheduler, {
    message: (raw) => session?.receive(raw),
    output: (level, text) => log.add(scheduler.now(), level, text),
    ended: () => {
      reject(new HubError('PLUGIN_FAILED', 'the plugin ended while it was tried: its log says why'));
      session?.end('the plugin ended while it was tried');
    },
  });
  const events = {
    started: resolve,
    failed: (error: WireError) => reject(settingsError(error)),
    health: () => undefined,
  };
  const parts = { manifest, scheduler, sink: SINK, store: readOnly(store), secrets: readOnly(secrets) };
  session = new Session({ ...parts, devices: new PluginDevices([]), log, events, channel: child.channel });
  const cancel = scheduler.after(CALL_MAX_MS, () =>
    reject(new HubError('TIMEOUT', 'the plugin did not start in time')),
  );
  try {
    session.start(settings, folder, [], true);
    const answers = await started;
    if (answers.has('test')) await session.call('test', settings, CALL_MAX_MS);
    await session.call('stop', null, CALL_MAX_MS);
  } catch (error) {
    throw error instanceof HubError ? error : settingsError(error as PluginError);
  } finally {
    cancel();
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
