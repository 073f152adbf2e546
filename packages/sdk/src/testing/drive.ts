// Lets a plugin get on with its work by turning the clock, and finds values to command.

import type { DeviceCommand, Outcome, PropertyDescription, Value } from '@lintel/model';

import { COMMAND_DEADLINE_DEFAULT_MS } from '../limits.ts';
import type { DeviceDescription } from '../plugin.ts';
import { settle } from './clock.ts';
import type { FakeHub } from './fake-hub.ts';

const COMMAND_SLACK_MS = 100;

/** Turns the clock until the promise is settled; rejects when it is not within `ms`. */
export async function drive<T>(hub: FakeHub, promise: Promise<T>, ms: number, what: string): Promise<T> {
  let isSettled = false;
  const watched = promise.finally(() => (isSettled = true));
  watched.catch(() => undefined);
  for (let passed = 0; ;) {
    // Plugins that talk to sockets wait for the machine as well as for the clock.
    for (let turn = 0; turn < 5 && !isSettled; turn += 1) await settle();
    if (isSettled) return watched;
    if (passed >= ms) throw new Error(`${what} did not come to an end within ${ms / 1000} s`);
    passed += await hub.clock.turn();
  }
}

/** Turns the clock until `holds` does; answers whether it did within `ms`. */
export async function comesTrue(hub: FakeHub, holds: () => boolean, ms: number): Promise<boolean> {
  for (let passed = 0; !holds();) {
    if (passed >= ms) return false;
    passed += await hub.clock.turn();
  }
  return true;
}

export const command = (hub: FakeHub, id: string, asked: DeviceCommand): Promise<Outcome> =>
  drive(
    hub,
    hub.send(id, asked),
    COMMAND_DEADLINE_DEFAULT_MS + COMMAND_SLACK_MS,
    `the command ${JSON.stringify(asked)} for ${id}`,
  );

/** A value that the property may be set to and does not have now; undefined when there is none. */
export function otherValue({ type, min, max, values }: PropertyDescription, now: Value | undefined): Value | undefined {
  if (type === 'boolean') return now !== true;
  if (values !== null) return values.find((each) => each !== now);
  if (type === 'string') return undefined;
  const [low, high] = [min ?? 0, max ?? (min ?? 0) + 1];
  const middle = low + (high - low) / 2;
  return now === middle ? low + (high - low) / 4 : middle;
}

export interface Settable {
  readonly id: string;
  readonly property: string;
  readonly value: Value;
}

/** One other value for each settable property of a device's first endpoint that has it. */
export function settables(hub: FakeHub, { id, endpoints }: DeviceDescription): Settable[] {
  const seen = new Set<string>();
  const found: Settable[] = [];
  for (const capability of endpoints.flatMap((each) => each.capabilities)) {
    if (seen.has(capability.name)) continue;
    seen.add(capability.name);
    for (const description of capability.properties.filter((each) => each.settable)) {
      const property = `${capability.name}.${description.name}`;
      const value = otherValue(description, hub.value(id, property));
      if (value !== undefined) found.push({ id, property, value });
    }
  }
  return found;
}
