// The surroundings in which matter.js runs: its log goes to the hub, its storage into the hub's sealed store, its multicast
// to the interface that people chose. The controller and the bridge are nodes of their own in it.

import { networkInterfaces } from 'node:os';

import { Crypto, Entropy, Environment, Filesystem, LogFormat, Logger, LogLevel, StorageService } from '@matter/main';

import { PluginError } from '@lintel/sdk';
import type { PluginContext } from '@lintel/sdk';

import { indexModel } from './model.ts';
import { keepImagesInMemory } from './blobs.ts';
import { createCryptography } from './cryptography.ts';
import { HubStorageDriver } from './storage.ts';

/** Throws `BAD_SETTINGS` at `/interface` for an interface that this machine does not have. */
export function checkInterface(name: string | undefined): void {
  const there = Object.keys(networkInterfaces());
  if (name === undefined || there.includes(name)) return;
  const list = there.length === 0 ? 'none that is up' : there.join(', ');
  throw new PluginError(
    'BAD_SETTINGS',
    `there is no network interface ${name} on this machine, but ${list}`,
    '/interface',
  );
}

/** The interface to use: the chosen one; loopback where there is no other; else all of them. */
export function interfaceFor(chosen: string | undefined): string | undefined {
  if (chosen !== undefined) return chosen;
  const there = Object.entries(networkInterfaces());
  const isInternal = there.every(([, infos = []]) => infos.every(({ internal }) => internal));
  return isInternal ? there[0]?.[0] : undefined;
}

function sendLogTo(ctx: PluginContext): void {
  Logger.level = LogLevel.WARN;
  Logger.format = LogFormat.PLAIN;
  const { default: destination } = Logger.destinations;
  destination!.write = (text, { level }) => {
    if (level >= LogLevel.ERROR) ctx.log.error(text);
    else ctx.log.warn(text);
  };
}

/** The environment for every Matter node of this plugin. */
export function openEnvironment(ctx: PluginContext, interfaceName: string | undefined): Environment {
  sendLogTo(ctx);
  indexModel();
  const { vars } = Environment.default;
  vars.set('runtime.signals', false);
  vars.set('runtime.exitcode', false);
  vars.set('runtime.unhandlederrors', false);
  vars.set('storage.path', ctx.folder);
  if (interfaceName !== undefined) vars.set('mdns.networkInterface', interfaceName);
  const environment = new Environment('lintel', Environment.default);
  const cryptography = createCryptography();
  environment.set(Crypto, cryptography);
  environment.set(Entropy, cryptography);
  const storage = new StorageService(environment);
  storage.registerDriver({
    id: HubStorageDriver.id,
    create: ({ namespace }) => HubStorageDriver.open(ctx.secrets, namespace),
  });
  storage.defaultDriver = HubStorageDriver.id;
  keepImagesInMemory(storage);
  environment.delete(Filesystem);
  return environment;
}
