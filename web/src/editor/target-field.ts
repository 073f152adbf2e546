// Where an action goes: "Device" offers devices, rooms, groups and what triggered; the wider sets have fields of their own.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device, Target } from '@lintel/model';
import type { Choice } from '../elements/field.ts';
import { chips } from '../elements/chips.ts';
import { te } from '../strings/editor.ts';
import { t } from '../strings/index.ts';
import { choiceField } from './fields.ts';
import { compact, onlyHas, type Editing, type EditorHome } from './kit.ts';
import { deviceChoices, findDevice, floorsOf, kindsOf, withPlaceholder } from './things.ts';

const KEYS = ['device', 'devices', 'room', 'floor', 'group', 'home', 'trigger'] as const;
type Key = (typeof KEYS)[number];

const keyOf = (target: Target): Key => KEYS.find((key) => key in target) ?? 'device';

export const targetFits = (target: Target): boolean => onlyHas(target, [keyOf(target), 'kind', 'except']);

/** True where nothing is chosen yet. */
export const isNoTarget = (target: Target): boolean => {
  if ('device' in target) return target.device === '';
  return 'devices' in target && target.devices.length === 0;
};

/** The target as one word for the select: `device:…`, `room:…`, `home:`. */
function encode(target: Target): string {
  const key = keyOf(target);
  const held = (target as Readonly<Record<string, unknown>>)[key];
  return typeof held === 'string' ? (key === 'device' ? held : `${key}/${held}`) : `${key}/`;
}

const WORD = new RegExp(`^(${KEYS.join('|')})/(.*)$`, 's');

function decode(word: string): Target {
  const [, key, held = ''] = WORD.exec(word) ?? [];
  if (key === undefined) return { device: word };
  if (key === 'devices') return { devices: [] };
  if (key === 'home') return { home: true };
  return key === 'trigger' ? { trigger: true } : ({ [key]: held } as unknown as Target);
}

const isSettable = (device: Device): boolean =>
  device.endpoints.some((endpoint) =>
    endpoint.capabilities.some((each) => each.properties.some((one) => one.settable)),
  );

function choicesOf(home: EditorHome, fits: (device: Device) => boolean): Choice[] {
  const lights = t.humanise(t.rule.lights);
  return [
    ...deviceChoices({ ...home, devices: home.devices.filter(fits) }),
    ...home.rooms.map(({ id, name }) => ({ value: `room/${id}`, label: t.rule.inRoom(lights, name) })),
    ...floorsOf(home).map((floor) => ({ value: `floor/${floor}`, label: t.rule.inRoom(lights, floor) })),
    ...home.groups.map(({ id, name }) => ({ value: `group/${id}`, label: `${te.group}: ${name}` })),
    { value: 'home/', label: t.rule.atHome(lights) },
    { value: 'trigger/', label: te.triggering },
    { value: 'devices/', label: te.sets.devices },
  ];
}

interface TargetField {
  readonly target: Target;
  readonly change: (target: Target) => void;
  /** Which devices can do what the action wants. */
  readonly fits?: (device: Device) => boolean;
}

export function targetField<One>(editing: Editing<One>, field: TargetField): TemplateResult {
  const { target, change, fits = isSettable } = field;
  const { home, error } = editing;
  const value = encode(target);
  return html`
    ${choiceField(editing, {
      name: 'device',
      label: te.device,
      value,
      choices: withPlaceholder(choicesOf(home, fits), value, te.chooseDevice),
      change: (word: string) => change(decode(word)),
      pointer: error('/target/device') === null ? '/target' : '/target/device',
    })}
    ${
      'devices' in target
        ? chips({
            label: te.which,
            choices: deviceChoices({ ...home, devices: home.devices.filter(fits) }),
            chosen: target.devices,
            change: (devices) => change({ ...target, devices }),
            error: error('/target/devices'),
          })
        : nothing
    }
  `;
}

const isWide = (target: Target): boolean => !('device' in target) && !('trigger' in target);

/** Which kind of devices a wide target reaches, and which it leaves out. */
export function targetOptions<One>(
  editing: Editing<One>,
  target: Target,
  change: (target: Target) => void,
): TemplateResult | typeof nothing {
  if (!isWide(target) && target.kind === undefined && target.except === undefined) return nothing;
  const { home } = editing;
  const blank = 'room' in target || 'floor' in target || 'home' in target ? te.lightsOnly : te.anyKind;
  const kinds = kindsOf(home).map((kind) => ({ value: kind, label: t.kindName(kind) }));
  return html`
    ${choiceField(editing, {
      name: 'kind',
      label: te.kind,
      value: target.kind ?? '',
      choices: [{ value: '', label: blank }, ...kinds],
      change: (kind: string) => change(compact<Target>({ ...target, kind: kind === '' ? undefined : kind })),
      pointer: '/target/kind',
    })}
    ${chips({
      label: te.except,
      choices: deviceChoices({ ...home, devices: reached(home, { ...target, except: [] }) }),
      chosen: target.except ?? [],
      change: (except) => change(compact<Target>({ ...target, except: except.length === 0 ? undefined : except })),
    })}
  `;
}

export const hasOptions = (target: Target): boolean => target.kind !== undefined || target.except !== undefined;

/** The devices that a target reaches, as far as the page can tell; none for what triggered. */
export function reached(home: EditorHome, target: Target): readonly Device[] {
  if ('trigger' in target) return [];
  if ('device' in target) return [findDevice(home, target.device)].filter((each) => each !== undefined);
  const { kind = 'light', except = [] } = target;
  return home.devices.filter((device) => {
    if (except.includes(device.id)) return false;
    if ('devices' in target) return target.devices.some((ref) => findDevice(home, ref)?.id === device.id);
    if ('group' in target)
      return home.groups.find(({ id }) => id === target.group)?.devices.includes(device.id) === true;
    if (device.kind !== kind) return false;
    if ('room' in target) return device.room === target.room;
    return 'home' in target || home.rooms.find(({ id }) => id === device.room)?.floor === target.floor;
  });
}
