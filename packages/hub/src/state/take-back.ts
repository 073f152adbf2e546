// How what holds for a while goes back: what a command changes, and what puts it back as it was.

import type { DeviceCommand, Value, Values } from '@lintel/model';

/** What a command brings about, as far as it says so. */
export function broughtAbout(command: DeviceCommand): Values {
  return 'set' in command ? command.set : (BRINGS[command.command] ?? {});
}

const BRINGS: Readonly<Record<string, Values>> = {
  'lock.unlock': { 'lock.state': 'unlocked' },
  'lock.unlatch': { 'lock.state': 'unlatched' },
  'cover.open': { 'cover.position': 1, 'cover.state': 'open' },
  'cover.close': { 'cover.position': 0, 'cover.state': 'closed' },
  'media.play': { 'media.playback': 'playing' },
  'media.pause': { 'media.playback': 'paused' },
};

const PUTS_BACK: Readonly<Record<string, (value: Value) => string | null>> = {
  'lock.state': (value) => (value === 'locked' ? 'lock.lock' : null),
  'cover.state': (value) => (value === 'open' ? 'cover.open' : value === 'closed' ? 'cover.close' : null),
  'media.playback': (value) => (value === 'playing' ? 'media.play' : 'media.pause'),
};

/** The commands that put an endpoint back: what can be set at once, the rest by its own command. A position says all of a cover. */
export function puttingBack(before: Values): DeviceCommand[] {
  const commands = Object.entries(before).flatMap(([property, value]) => {
    if (!Object.hasOwn(PUTS_BACK, property)) return [];
    if (property === 'cover.state' && 'cover.position' in before) return [];
    const command = PUTS_BACK[property]!(value);
    return command === null ? [] : [{ command }];
  });
  const set = Object.fromEntries(Object.entries(before).filter(([property]) => !Object.hasOwn(PUTS_BACK, property)));
  return Object.keys(set).length === 0 ? commands : [{ set }, ...commands];
}

/** A cover is on its way for so long that its arrival is no longer known for what it is; that it got where it was sent says so too. */
export function hasArrived(property: string, value: Value, asked: Values | undefined): boolean {
  const wanted = property.startsWith('cover.') ? asked?.[property] : undefined;
  if (typeof wanted === 'number' && typeof value === 'number') return Math.abs(wanted - value) <= 0.02;
  return wanted !== undefined && wanted === value;
}
