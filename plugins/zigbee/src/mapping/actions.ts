// Buttons: what the converters call an action (`on_press`, `brightness_up_hold`, `1_double`, `arrow_left_click`) as a
// button and what was done to it.

import { BUTTON_ACTIONS, type EventDescription } from '@lintel/model';

export interface Press {
  readonly button?: string;
  readonly action: string;
}

/** Words that say what was done, and what we call it. */
const WORDS: Readonly<Record<string, string>> = {
  single: 'single',
  click: 'single',
  short_release: 'single',
  double: 'double',
  triple: 'triple',
  quadruple: 'quadruple',
  many: 'many',
  hold: 'hold',
  long: 'hold',
  long_press: 'hold',
  move: 'hold',
  release: 'release',
  stop: 'release',
  hold_release: 'release',
  long_release: 'release',
  press: 'press',
  press_release: 'single',
  initial_press: 'press',
  rotate_left: 'rotateLeft',
  rotate_right: 'rotateRight',
  shake: 'shake',
  tap: 'tap',
  slide: 'slide',
};

/** Whole actions whose parts do not say it. */
const WHOLE: Readonly<Record<string, Press>> = {
  on: { button: 'on', action: 'single' },
  off: { button: 'off', action: 'single' },
  toggle: { button: 'toggle', action: 'single' },
  toggle_hold: { button: 'toggle', action: 'hold' },
  brightness_up_click: { button: 'up', action: 'single' },
  brightness_down_click: { button: 'down', action: 'single' },
  brightness_move_up: { button: 'up', action: 'hold' },
  brightness_move_down: { button: 'down', action: 'hold' },
  brightness_step_up: { button: 'up', action: 'single' },
  brightness_step_down: { button: 'down', action: 'single' },
  brightness_stop: { action: 'release' },
  arrow_left_click: { button: 'left', action: 'single' },
  arrow_right_click: { button: 'right', action: 'single' },
};

const FILLER = new Set(['button', 'brightness', 'arrow', 'dial', 'knob']);

/** The button and the action; an action of unknown words is a single press of a button of that name. */
export function readAction(action: string): Press {
  const whole = WHOLE[action];
  if (whole !== undefined) return whole;
  const recall = /^recall_(\w+)$/.exec(action);
  if (recall !== null) return { button: `scene-${recall[1]}`, action: 'single' };
  const words = action.split('_');
  return readSuffix(words) ?? readPrefix(words) ?? { button: action, action: 'single' };
}

/** `up_hold_release`: the button, then the longest run of words that says what was done. */
function readSuffix(words: readonly string[]): Press | null {
  for (let at = 0; at < words.length; at++) {
    const done = WORDS[words.slice(at).join('_')];
    if (done !== undefined) return press(words.slice(0, at), done);
  }
  return null;
}

/** `single_left`: what was done, then the button. */
function readPrefix(words: readonly string[]): Press | null {
  for (let to = words.length - 1; to > 0; to--) {
    const done = WORDS[words.slice(0, to).join('_')];
    if (done !== undefined) return press(words.slice(to), done);
  }
  return null;
}

function press(words: readonly string[], action: string): Press {
  const button = words.filter((word) => !FILLER.has(word)).join('_');
  return button === '' ? { action } : { button, action };
}

export interface Happening {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const OPERATED_BY: readonly (readonly [RegExp, string])[] = [
  [/^(keypad|schedule)_/, 'code'],
  [/^rf_|^zigbee_|^app_/, 'remote'],
  [/^auto_/, 'auto'],
  [/^(key|rfid|fingerprint)_/, 'key'],
  [/^(manual|one_touch|thumb|lock$|unlock$)/, 'manual'],
];

/** Who turned a lock; null for what a lock says that is no turn of it. */
export function readLockAction(action: string, slot: unknown): Happening | null {
  if (/failure|invalid|unknown|non_access/.test(action)) return null;
  const by = OPERATED_BY.find(([pattern]) => pattern.test(action))?.[1];
  if (by === undefined) return null;
  return { event: 'lock.operated', data: { by, ...(typeof slot === 'number' && { slot }) } };
}

const REQUESTED: Readonly<Record<string, string>> = {
  disarm: 'disarmed',
  arm_all_zones: 'armedAway',
  arm_day_zones: 'armedHome',
  arm_night_zones: 'armedNight',
};

/** What a keypad asks for; null for its other keys. */
export function readKeypadAction(action: string): Happening | null {
  const mode = REQUESTED[action];
  return mode === undefined ? null : { event: 'alarm.requested', data: { mode } };
}

/** Whether these actions are a keypad's. */
export const isKeypad = (actions: readonly string[]): boolean => actions.includes('disarm');

/** What an editor can offer: every button with the actions it knows. */
export function describeActions(actions: readonly string[]): EventDescription[] {
  const byButton = Map.groupBy(actions.map(readAction), (each) => each.button);
  return [...byButton].map(([button, presses]) => ({
    event: 'button.pressed',
    ...(button !== undefined && { button }),
    actions: [...new Set(presses.map((each) => each.action))].toSorted(byTable),
  }));
}

const order: readonly string[] = BUTTON_ACTIONS;
const byTable = (a: string, b: string): number => order.indexOf(a) - order.indexOf(b);
