// Pairings: one a plugin at most, told to the live page step by step. They are not kept: after a start none is open.

import { deviceIdOf, HubError, type Origin } from '@lintel/model';
import type { PairingRequest, PairingStep } from '@lintel/sdk';
import { z } from 'zod';
import type { Pairing, PairingEntry } from '../interface.ts';
import type { Kernel } from '../kernel.ts';
import { PAIRING_SECONDS_DEFAULT, PAIRING_SECONDS_MAX } from '../limits.ts';
import type { PairingHandle, PluginHost } from '../plugins/types.ts';
import { parseBody } from './validate.ts';

interface Open {
  pairing: Pairing;
  readonly handle: PairingHandle;
  readonly cancel: () => void;
}

const bodySchema = z.strictObject({
  seconds: z.number('expected whole seconds').int('expected whole seconds').min(1, 'at least 1 second').optional(),
  code: z.string().max(200).optional(),
  installCode: z.string().max(200).optional(),
  device: z.string().max(200).optional(),
  insecure: z.boolean().optional(),
});

export function pairingService(kernel: Kernel, host: PluginHost) {
  const byPlugin = new Map<string, Open>();

  const publish = (pairing: Pairing): void =>
    kernel.bus.publish([{ topic: 'pairing', value: pairing }], kernel.scheduler.now());

  const update = (plugin: string, change: (pairing: Pairing) => Pairing): void => {
    const open = byPlugin.get(plugin);
    if (open === undefined) return;
    open.pairing = change(open.pairing);
    publish(open.pairing);
  };

  const onStep = (plugin: string, id: string, step: PairingStep): void => {
    if (byPlugin.get(plugin)?.pairing.id !== id) return;
    update(plugin, (pairing) => ({ ...pairing, devices: withStep(plugin, pairing.devices, step) }));
  };

  const end = (plugin: string, id: string): void => {
    const open = byPlugin.get(plugin);
    if (open === undefined || open.pairing.id !== id || !open.pairing.open) return;
    open.cancel();
    open.handle.stop();
    update(plugin, (pairing) => ({ ...pairing, open: false }));
  };

  const start = (plugin: string, request: PairingRequest): Pairing => {
    const previous = byPlugin.get(plugin);
    if (previous !== undefined) end(plugin, previous.pairing.id);
    const id = kernel.newId();
    const ms = request.seconds * 1000;
    const until = new Date(kernel.scheduler.now() + ms).toISOString();
    const handle = host.pair(plugin, request, (step) => onStep(plugin, id, step));
    const cancel = kernel.scheduler.after(ms, () => end(plugin, id));
    byPlugin.set(plugin, { pairing: { id, plugin, until, open: true, devices: [] }, handle, cancel });
    publish(byPlugin.get(plugin)!.pairing);
    handle.done.then(
      () => end(plugin, id),
      (error: Error) => {
        onStep(plugin, id, { address: '', step: 'failed', error: { code: 'PAIRING_FAILED', detail: error.message } });
        end(plugin, id);
      },
    );
    return byPlugin.get(plugin)!.pairing;
  };

  return {
    startPairing: async (plugin: string, body: unknown, _by: Origin): Promise<Pairing> => {
      const info = host.get(plugin);
      const { seconds = PAIRING_SECONDS_DEFAULT, device, ...rest } = parseBody(bodySchema, body ?? {});
      if (info.pairing === null) throw new HubError('UNSUPPORTED', `${info.name} has nothing to pair`);
      const most = Math.min(info.pairing.maximumSeconds, PAIRING_SECONDS_MAX);
      if (seconds > most)
        throw new HubError('BAD_VALUE', `${info.name} pairs for at most ${most} seconds`, { pointer: '/seconds' });
      if (!host.ready(plugin))
        throw new HubError('PLUGIN_NOT_RUNNING', `${info.name} is not running: ${info.health.message ?? info.status}`);
      const through = device === undefined ? {} : { device: device.slice(device.indexOf(':') + 1) };
      const request = { seconds, ...through, ...(JSON.parse(JSON.stringify(rest)) as object) };
      await host.checkPairing(plugin, request);
      return start(plugin, request);
    },
    pairing: (plugin: string): Pairing | null => {
      host.get(plugin);
      return byPlugin.get(plugin)?.pairing ?? null;
    },
    openPairings: (): readonly Pairing[] =>
      [...byPlugin.values()].map(({ pairing }) => pairing).filter(({ open }) => open),
    stopPairing: async (plugin: string, _by: Origin): Promise<void> => {
      host.get(plugin);
      const open = byPlugin.get(plugin);
      if (open !== undefined) end(plugin, open.pairing.id);
    },
  };
}

function withStep(plugin: string, entries: readonly PairingEntry[], step: PairingStep): readonly PairingEntry[] {
  const { device, ...rest } = step;
  const entry: PairingEntry = device === undefined ? rest : { ...rest, device: deviceIdOf(plugin, device) };
  const known = entries.findIndex(({ address }) => address === step.address);
  return known === -1 ? [...entries, entry] : entries.with(known, entry);
}
