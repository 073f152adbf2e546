// Every word of the page, in English. A translation is a catalogue of the same shape.

import { devices } from './en-devices.ts';
import { matter } from './en-matter.ts';
import { plugins } from './en-plugins.ts';
import { rules } from './en-rules.ts';
import { screens } from './en-screens.ts';
import { humanise, many, propertyNames, valueNames } from './words.ts';

export const en = {
  on: 'On',
  off: 'Off',
  open: 'Open',
  closed: 'Closed',
  openBy: (share: string) => `${share} open`,
  until: (time: string) => `until ${time}`,
  setTo: (target: string) => `to ${target}`,
  noReading: 'No reading yet',
  lightsOn: (count: number) => many(count, 'light on', 'lights on'),
  devices: (count: number) => many(count, 'device', 'devices'),
  justNow: 'just now',
  propertyName: (key: string): string => propertyNames[key] ?? humanise(key.split('.')[1] ?? key),
  valueName: (key: string, value: boolean | string | number): string =>
    valueNames[key]?.[String(value)] ?? (typeof value === 'boolean' ? (value ? 'Yes' : 'No') : humanise(String(value))),
  kindName: (kind: string): string => humanise(kind),
  humanise,

  undo: 'Undo',
  undone: 'Undone',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  remove: 'Remove',
  back: 'Back',
  retry: 'Try again',
  loading: 'Loading…',
  skip: 'Skip to content',
  search: 'Search',
  results: 'Results',

  nav: {
    label: 'Main',
    home: 'Home',
    rooms: 'Rooms',
    automations: 'Automations',
    energy: 'Energy',
    more: 'More',
  },
  connection: {
    label: 'Connection',
    connecting: 'Reconnecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
    stale: 'Not connected. You see the home as it was last known.',
  },
  home: {
    modes: { home: 'Home', away: 'Away', night: 'Night', vacation: 'Vacation' } as Readonly<Record<string, string>>,
    modeLabel: 'Mode of the home',
    modeChanged: (mode: string) => `Mode is now ${mode}`,
    unplaced: 'Not in a room yet',
    allOff: 'All off',
    lightsOff: (room: string) => `Lights off in ${room}`,
    allCalm: 'Everything is calm.',
    emptyTitle: 'Nothing here yet',
    emptyText: 'Add a device and it shows up here by itself, live.',
    addDevice: 'Add a device',
    tryVirtual: 'Try it with a virtual home',
    attention: 'Needs a look',
    offline: (count: number) => many(count, 'device does not answer', 'devices do not answer'),
    doorsOpen: (count: number) => many(count, 'opening is open', 'openings are open'),
    unlocked: (count: number) => many(count, 'lock is unlocked', 'locks are unlocked'),
    greeting: (hour: number): string =>
      hour < 5 ? 'Good night' : hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening',
  },
  tile: {
    offline: 'Offline',
    stale: 'Not heard lately',
    failed: 'Did not answer',
    pending: 'Asking…',
    turned: (name: string, on: boolean) => `${name} ${on ? 'on' : 'off'}`,
    changed: (name: string, what: string) => `${name}: ${what}`,
  },
  missing: { title: 'Not found', text: 'There is nothing at this address.', home: 'Go home' },
  barred: {
    guests: {
      title: 'Not for guests',
      text: 'Only those who live here have this page. What you were given is under Home.',
    },
    admins: { title: 'Only for admins', text: 'An admin or the owner of this home can open this page.' },
  },
  quick: {
    label: 'Quick search',
    placeholder: 'Devices, rooms, automations, screens',
    none: 'Nothing found',
    kinds: { device: 'Device', room: 'Room', automation: 'Automation', screen: 'Screen' } as Readonly<
      Record<string, string>
    >,
  },
  errors: {
    title: 'That did not work',
    hubAway: 'Lintel does not answer',
    hubAwayText:
      'Check that it is running and that this device is in the same network. This page tries again by itself.',
    screenFailed: 'This screen could not be loaded',
    required: 'This is needed.',
    number: 'A number is needed.',
    whole: 'A whole number is needed.',
    atLeast: (limit: string) => `At least ${limit}.`,
    atMost: (limit: string) => `At most ${limit}.`,
    between: (low: string, high: string) => `Between ${low} and ${high}.`,
    shorter: (limit: number) => `At most ${limit} characters.`,
    longer: (limit: number) => `At least ${limit} characters.`,
    json: 'This is not valid JSON.',
    duration: 'A duration such as “90s”, “5m” or “1h30m”.',
    tooMany: (seconds: number) => `Too many attempts. Try again in ${many(seconds, 'second', 'seconds')}.`,
  },
  ...devices,
  ...matter,
  ...plugins,
  ...rules,
  ...screens,
};
