// Sentences for the activity page: what people and rules did, and what devices did by themselves. Reports of measurements are
// history, not activity.

import { readDeviceRef, type DeviceCommand, type Notification, type Values } from '@lintel/model';
import type { ActivityEntry } from '../interface.ts';
import type { Edit, JournalRecord } from '../journal/records.ts';
import type { BarredAuthor } from '../registry/registry.ts';
import type { Parts } from '../state/parts.ts';

export type ActivityText = Omit<ActivityEntry, 'at' | 'sequence' | 'origin'>;

/** What people would want to read of a record, before it is applied. */
export function describeActivity(parts: Parts, record: JournalRecord): readonly ActivityText[] {
  switch (record.kind) {
    case 'start':
      return [{ text: 'Lintel started' }];
    case 'edit':
      return record.body.edits.flatMap((edit) => describeEdit(parts, edit));
    case 'run':
      return [{ text: `${ruleName(parts, record.body.rule)} was run by hand`, automation: record.body.rule }];
    case 'sent':
      return describeSent(parts, record);
    case 'outcome':
      return record.body.status === 'done' || record.body.status === 'superseded' ? [] : describeFailure(parts, record);
    case 'online':
      return describeOnline(parts, record.body.device, record.body.online);
    case 'event':
      return describeEvent(parts, record);
    case 'report':
      return describeReport(parts, record);
    case 'webhook':
      return [{ text: `The webhook ${record.body.webhook} was called` }];
    case 'clock':
      return [{ text: record.body.lost ? 'The time of day was lost' : 'The clock was set' }];
    case 'tick':
    case 'command':
    case 'presence':
    case 'cancel':
    case 'stale':
      return [];
  }
}

type OfKind<Kind extends JournalRecord['kind']> = Extract<JournalRecord, { kind: Kind }>;

const deviceName = (parts: Parts, ref: string): string => {
  const device = readDeviceRef(ref)?.device ?? ref;
  return parts.registry.get('devices', device)?.name ?? device;
};
const ruleName = (parts: Parts, id: string): string => parts.registry.get('automations', id)?.name ?? id;

/** What is sent again after a crash was told before. */
function describeSent(parts: Parts, { body, origin }: OfKind<'sent'>): ActivityText[] {
  if ((parts.pending.get(body.command)?.deliveries ?? null) !== null) return [];
  const automation = origin.kind === 'automation' && origin.id !== undefined ? { automation: origin.id } : {};
  return body.deliveries.map(({ device, command }) => ({
    text: `${deviceName(parts, device)}: ${describeCommand(command)}`,
    device,
    ...automation,
  }));
}

export function describeCommand(command: DeviceCommand): string {
  if ('set' in command) return describeValues(command.set);
  const name = command.command.slice(command.command.indexOf('.') + 1);
  return name;
}

export function describeValues(values: Values): string {
  return Object.entries(values)
    .map(([key, value]) => describeValue(key, value))
    .join(', ');
}

export function describeValue(key: string, value: unknown): string {
  const [property = ''] = key.split('@');
  if (property === 'onOff.on') return value === true ? 'on' : 'off';
  if (property === 'level.level' && typeof value === 'number') return `${Math.round(value * 100)}%`;
  if (property === 'color.temperature') return `${String(value)} K`;
  return `${property.slice(property.indexOf('.') + 1)} ${String(value)}`;
}

function describeFailure(parts: Parts, { body, origin }: OfKind<'outcome'>): ActivityText[] {
  if (body.error?.code === 'FORBIDDEN' && origin.kind === 'automation' && origin.id !== undefined)
    return [{ text: `${ruleName(parts, origin.id)} was not allowed to: ${body.error.detail}`, automation: origin.id }];
  const why = body.error?.detail ?? (body.status === 'expired' ? 'it could not be told in time' : body.status);
  if (body.device === '') return [{ text: `A command reached no device: ${why}` }];
  return [{ text: `${deviceName(parts, body.device)} did not do it: ${why}`, device: body.device }];
}

function describeOnline(parts: Parts, device: string, online: boolean): ActivityText[] {
  if (parts.properties.device(device)?.online === online) return [];
  return [{ text: `${deviceName(parts, device)} ${online ? 'is back' : 'cannot be reached'}`, device }];
}

function describeEvent(parts: Parts, { body }: OfKind<'event'>): ActivityText[] {
  const answered = parts.registry.get('notifications', String(body.data['notification'] ?? ''));
  if (body.device === null && body.event === 'notification.action' && answered !== null)
    return [describeAnswer(answered, String(body.data['action']))];
  const detail = [body.data['button'], body.data['action']].filter((each) => each !== undefined).join(' ');
  const text = detail === '' ? body.event : `${body.event}: ${detail}`;
  return [
    body.device === null ? { text } : { text: `${deviceName(parts, body.device)}: ${text}`, device: body.device },
  ];
}

function describeAnswer({ title, text, actions, automation }: Notification, id: string): ActivityText {
  const action = actions.find((each) => each.id === id)?.title ?? id;
  const told = `“${title ?? text}” was answered: ${action}`;
  return automation === undefined ? { text: told } : { text: told, automation };
}

/** Only on, off and yes-or-no facts, when they change and no one told the device to. */
function describeReport(parts: Parts, { at, body }: OfKind<'report'>): ActivityText[] {
  return Object.entries(body.values).flatMap(([property, value]) => {
    const known = parts.properties.value(body.device, property);
    const told = parts.attribution.find(body.device, property, value, at) !== null;
    if (typeof value !== 'boolean' || known === null || known === value || told) return [];
    return [{ text: `${deviceName(parts, body.device)}: ${describeFact(property, value)}`, device: body.device }];
  });
}

const FACTS: Readonly<Record<string, readonly [string, string]>> = {
  'onOff.on': ['on', 'off'],
  'contact.open': ['opened', 'closed'],
  'occupancy.occupied': ['motion', 'no motion'],
  'waterLeak.leaking': ['leak', 'dry'],
  'smoke.alarm': ['smoke', 'no smoke'],
};

function describeFact(key: string, value: boolean): string {
  const [property = ''] = key.split('@');
  const words = FACTS[property];
  if (words !== undefined) return value ? words[0] : words[1];
  return `${property.slice(property.indexOf('.') + 1)} ${value ? 'yes' : 'no'}`;
}

const NOUNS = {
  rooms: 'room',
  groups: 'group',
  scenes: 'scene',
  devices: 'device',
  automations: 'automation',
  people: 'person',
  variables: 'variable',
  schedules: 'schedule',
} as const;

function describeEdit(parts: Parts, { collection, id, value }: Edit): ActivityText[] {
  if (collection === 'home') return [{ text: 'The home was changed' }];
  if (collection === 'notifications') return [];
  if (collection === 'authors') return describeAuthor(parts, id, value as BarredAuthor | null);
  const known = parts.registry.get(collection, id) as { name?: string } | null;
  const name = (value as { name?: string } | null)?.name ?? known?.name ?? id;
  const what = value === null ? 'removed' : known === null ? 'added' : 'changed';
  const text = `${name}: ${NOUNS[collection]} ${what}`;
  if (collection === 'devices') return [{ text, device: id }];
  return [collection === 'automations' ? { text, automation: id } : { text }];
}

function describeAuthor({ registry }: Parts, id: string, value: BarredAuthor | null): ActivityText[] {
  const { name } = value ?? registry.get('authors', id) ?? { name: id };
  if (!registry.list('automations').some(({ author }) => author === id)) return [];
  return [
    {
      text: value === null ? `The automations of ${name} act again` : `The automations of ${name} may not act any more`,
    },
  ];
}
