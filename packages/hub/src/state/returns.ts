// A lamp that was cut at the wall and is back may be what it was before, where people want that (`settings.onReturn`).

import { captured } from './capture.ts';
import type { CoreCommand } from './core.ts';
import { deviceView, kindOf } from './device-view.ts';
import type { Parts, Step } from './parts.ts';

/** Called as the device is heard again, before what it says of itself counts. */
export function takeReturn(parts: Parts, step: Step, device: string): void {
  const { sequence, at } = step.record;
  const { get } = parts.registry;
  const record = get('devices', device);
  if (record === null || record.settings['onReturn'] !== 'asItWas' || kindOf(record) !== 'light') return;
  const was = captured(deviceView(record, parts.properties.device(device), at));
  // A lamp that was off only goes off again.
  const values = was['onOff.on'] === false ? { 'onOff.on': false } : was;
  if (Object.keys(values).length === 0) return;
  const id = `return:${sequence}:${device}`;
  const command: CoreCommand = { id, at, rule: '', run: 0, cause: sequence, kind: 'set', target: { device }, values };
  parts.pending.emitted({
    id,
    command,
    origin: { kind: 'system' },
    cause: sequence,
    emittedAt: at,
    deliveries: null,
  });
  step.commands.push(command);
}
