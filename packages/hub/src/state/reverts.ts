// Commands that hold for a while: what the devices were before, and when they go back to it unless someone changed them since.

import { propertyKey, type DeviceCommand, type Origin, type Values } from '@lintel/model';
import type { Delivery } from '../journal/records.ts';
import type { Registry } from '../registry/registry.ts';
import { broughtAbout, hasArrived } from './take-back.ts';
import { belongsToMode } from './capture.ts';
import type { Properties } from './properties.ts';

/** One endpoint's share of a revert. */
export interface RevertItem {
  readonly device: string;
  readonly endpoint: string;
  /** What it was, by plain property names. */
  readonly before: Values;
  /** What it was asked to be. */
  readonly asked?: Values;
}

export interface Revert {
  /** `revert:` and the id of the command that it takes back. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** Journal number and time of the command's sending. */
  readonly sequence: number;
  readonly sentAt: number;
  readonly origin: Origin;
  readonly items: readonly RevertItem[];
}

export interface SentCommand {
  readonly command: string;
  readonly deliveries: readonly Delivery[];
  readonly for?: number;
  readonly sequence: number;
  readonly at: number;
  /** From when it counts: when it was asked for, which a resend after a crash does not change. */
  readonly askedAt: number;
  readonly origin: Origin;
}

type IsOwed = (command: string, device: string) => boolean;

export interface Reverts {
  readonly nextAt: number | null;
  list(): readonly Revert[];
  /** A command goes out: what it overtakes is no longer ours to take back; one with `for` is remembered. */
  sent(command: SentCommand, registry: Registry, properties: Properties): void;
  /**
   * Those whose time has come, with what still stands as they left it; they are forgotten. A device that has not answered the
   * command yet may still follow it, whatever is known of it.
   */
  due(at: number, registry: Registry, properties: Properties, isOwed: IsOwed): readonly Revert[];
  /** Answers whether there was one. */
  cancel(id: string): boolean;
  /** Moves all of it by so many milliseconds. */
  shift(byMs: number): void;
  export(): readonly Revert[];
}

const PREFIX = 'revert:';
const commandOf = ({ id }: Revert): string => id.slice(PREFIX.length);

const place = ({ device, endpoint }: { device: string; endpoint: string }): string => `${device}/${endpoint}`;

export function createReverts(from: readonly Revert[] = []): Reverts {
  let all = [...from];

  /** Takes what a delivery touches out of earlier reverts; answers what was before the first of them. */
  const overtake = (
    delivery: Delivery,
    endpoint: string,
    ours: (revert: Revert, item: RevertItem) => boolean,
  ): Values => {
    const touched = capabilitiesOf(delivery.command);
    let before: Values = {};
    all = all.flatMap((revert) => {
      const items = revert.items.filter((item) => {
        const isHit =
          place(item) === place({ device: delivery.device, endpoint }) &&
          Object.keys(item.before).some((property) => touched.has(capabilityOf(property)));
        if (isHit && ours(revert, item)) before = { ...before, ...item.before };
        return !isHit;
      });
      return items.length === 0 ? [] : [{ ...revert, items }];
    });
    return before;
  };

  return {
    get nextAt() {
      return all.length === 0 ? null : Math.min(...all.map(({ dueAt }) => dueAt));
    },
    list: () => all,
    sent: (sent, registry, properties) => {
      const again = all.find((revert) => commandOf(revert) === sent.command);
      const ours = (revert: Revert, item: RevertItem): boolean => isUntouched(revert, item, registry, properties);
      const items = sent.deliveries.flatMap((delivery): RevertItem[] => {
        const endpoint = delivery.command.endpoint ?? firstEndpoint(registry, delivery.device);
        const earlier = again?.items.find((item) => place(item) === place({ device: delivery.device, endpoint }));
        const carried = overtake(delivery, endpoint, ours);
        const asked = broughtAbout(delivery.command);
        if (sent.for === undefined || Object.keys(asked).length === 0) return [];
        const now = whatWas(delivery.device, endpoint, asked, registry, properties);
        return [{ device: delivery.device, endpoint, before: earlier?.before ?? { ...now, ...carried }, asked }];
      });
      if (sent.for === undefined || items.length === 0) return;
      const { command, sequence, at, askedAt, origin } = sent;
      all = [
        ...all.filter((each) => each !== again),
        { id: PREFIX + command, dueAt: askedAt + sent.for, sequence, sentAt: at, origin, items },
      ];
    },
    due: (at, registry, properties, isOwed) => {
      const due = all.filter(({ dueAt }) => dueAt <= at);
      all = all.filter(({ dueAt }) => dueAt > at);
      return due
        .map((revert) => ({
          ...revert,
          items: revert.items.filter((item) =>
            isUntouched(revert, item, registry, properties, isOwed(commandOf(revert), item.device)),
          ),
        }))
        .filter(({ items }) => items.length > 0);
    },
    cancel: (id) => {
      const count = all.length;
      all = all.filter((each) => each.id !== id);
      return all.length < count;
    },
    shift: (by) => {
      all = all.map((each) => ({ ...each, dueAt: each.dueAt + by, sentAt: each.sentAt + by }));
    },
    export: () => all,
  };
}

const capabilityOf = (property: string): string => property.slice(0, property.indexOf('.'));

/** A level turns on, so that whoever sets one has a hand in the other. */
function capabilitiesOf(command: DeviceCommand): ReadonlySet<string> {
  const named = 'set' in command ? Object.keys(command.set).map(capabilityOf) : [capabilityOf(command.command)];
  return new Set(named.includes('level') ? [...named, 'onOff'] : named);
}

const endpointsOf = (registry: Registry, device: string) =>
  registry.get('devices', device)?.description.endpoints ?? [];

const firstEndpoint = (registry: Registry, device: string): string => endpointsOf(registry, device)[0]?.id ?? '1';

/** What a set will change, as it is now. A lamp that was off only goes off again. */
export function whatWas(
  device: string,
  endpoint: string,
  set: Values,
  registry: Registry,
  properties: Properties,
): Values {
  const endpoints = endpointsOf(registry, device);
  const value = (property: string) => properties.value(device, propertyKey(endpoints, endpoint, property));
  const asked = new Set(Object.keys(set));
  if (asked.has('level.level')) asked.add('onOff.on');
  if ([...asked].some((property) => property.startsWith('color.'))) {
    for (const each of ['x', 'y', 'hue', 'saturation', 'temperature']) asked.add(`color.${each}`);
    asked.delete('color.mode');
  }
  const mode = value('color.mode');
  const known = [...asked].filter((property) => value(property) !== null && belongsToMode(property, mode));
  if (asked.has('onOff.on') && value('onOff.on') === false) return { 'onOff.on': false };
  return Object.fromEntries(known.map((property) => [property, value(property)]));
}

/** Whether everything is as the command left it, or will: changed by it, and by nothing else since. */
function isUntouched(
  revert: Revert,
  item: RevertItem,
  registry: Registry,
  properties: Properties,
  isOwed = false,
): boolean {
  const endpoints = endpointsOf(registry, item.device);
  const entries = properties.device(item.device)?.properties;
  let changed = isOwed;
  for (const [property, value] of Object.entries(item.before)) {
    const entry = entries?.get(propertyKey(endpoints, item.endpoint, property));
    if (entry === undefined) continue;
    const isOurs = entry.cause === revert.sequence || hasArrived(property, entry.value, item.asked);
    if (entry.changedAt > revert.sentAt && !isOurs) return false;
    if (entry.value !== value) changed = true;
  }
  return changed;
}
