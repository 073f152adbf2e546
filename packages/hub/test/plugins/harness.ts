// A plugin host on scratch folders, whose sink remembers everything. Scheduler and randomness are real or handed in.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { EndpointDescription, Values } from '@lintel/model';
import type { DeviceDescription } from '@lintel/sdk';

import { systemScheduler } from '../../src/clock.ts';
import { createPluginHost } from '../../src/plugins/host.ts';
import { Listing } from '../../src/plugins/listing.ts';
import type { PluginHost, PluginHostOptions, PluginInfo, PluginLogLine, PluginStore } from '../../src/plugins/types.ts';

export const FIXTURES = join(import.meta.dirname, 'fixtures');

export const memoryStore = (): PluginStore & { readonly all: Map<string, unknown> } => {
  const all = new Map<string, unknown>();
  return {
    all,
    get: async (plugin, key) => all.get(`${plugin}/${key}`),
    set: async (plugin, key, value) => void all.set(`${plugin}/${key}`, value),
    delete: async (plugin, key) => void all.delete(`${plugin}/${key}`),
  };
};

export interface Report {
  readonly plugin: string;
  readonly device: string;
  readonly values: Values;
  readonly endpoint: string | undefined;
}

export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'lintel-host-'));
  readonly devices = new Map<string, DeviceDescription>();
  readonly reports: Report[] = [];
  readonly events: unknown[] = [];
  readonly log: PluginLogLine[] = [];
  readonly statuses: PluginInfo[] = [];
  readonly store = memoryStore();
  readonly secrets = memoryStore();
  readonly host: PluginHost;
  /** Called for each report; default acknowledges at once. */
  onReport: (report: Report, acknowledge: () => void) => void = (_report, acknowledge) => acknowledge();
  /** Awaited for each device that is added; default nothing. */
  onDevice: () => Promise<void> = async () => undefined;
  #watchers: (() => void)[] = [];

  constructor(folders: readonly string[], options: Partial<PluginHostOptions> = {}) {
    const settings = {};
    this.host = createPluginHost({
      scheduler: systemScheduler,
      random: () => 1,
      folders: [],
      linked: folders.map((name) => (name.startsWith('/') ? name : join(FIXTURES, name))),
      data: join(this.folder, 'plugins'),
      store: this.store,
      secrets: this.secrets,
      known: (plugin) =>
        [...this.devices.values()]
          .filter(({ address }) => address === plugin)
          .map(({ id, endpoints }) => ({ id, endpoints: endpoints as EndpointDescription[], settings })),
      log: (line) => this.#changed(() => this.log.push(line)),
      sink: this.#sink(),
      listing: new Listing({ data: this.folder, checksRevocations: true, warn: () => undefined }),
      ...options,
    });
  }

  #sink(): PluginHostOptions['sink'] {
    return {
      device: async (plugin, device) => {
        await this.onDevice();
        this.#changed(() => this.devices.set(`${plugin}:${device.id}`, { ...device, address: plugin }));
      },
      deviceRemoved: async (plugin, device) => this.#changed(() => this.devices.delete(`${plugin}:${device}`)),
      report: (plugin, device, values, endpoint, acknowledge) => {
        const report = { plugin, device, values, endpoint };
        this.#changed(() => this.reports.push(report));
        this.onReport(report, acknowledge);
      },
      event: (...args) => {
        this.#changed(() => this.events.push(args.slice(0, 5)));
        args[5]();
      },
      online: (_plugin, _device, _online, acknowledge) => acknowledge(),
      stale: (_plugin, _device, acknowledge) => acknowledge(),
      presence: (_plugin, _source, _presence, acknowledge) => acknowledge(),
      status: (_plugin, info) => this.#changed(() => this.statuses.push(info)),
    };
  }

  #changed(change: () => unknown): void {
    change();
    for (const watch of this.#watchers) watch();
  }

  /** Resolves once `holds` is true, asked after everything that happens. */
  until(holds: () => boolean, ms = 60_000): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        const last = this.log.slice(-8).map(({ text }) => text);
        reject(new Error(`did not come to hold: ${holds}\nstatus ${this.statuses.at(-1)?.status}\n${last.join('\n')}`));
      }, ms);
      const watch = (): void => {
        if (!holds()) return;
        clearTimeout(limit);
        this.#watchers = this.#watchers.filter((each) => each !== watch);
        resolve();
      };
      this.#watchers.push(watch);
    });
  }

  logged(part: string): boolean {
    return this.log.some(({ text }) => text.includes(part));
  }

  async close(): Promise<void> {
    await this.host.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
