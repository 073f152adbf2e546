// Actions by device, as the editor of Home Assistant writes them: service calls by another name.

import type { Action } from '@lintel/model';
import { readCall } from './calls.ts';
import { subjectOf } from './device-triggers.ts';
import { FieldReader, textOf } from './reading.ts';
import type { Scope } from './scope.ts';
import type { Entry } from './source.ts';

const SERVICES: Readonly<Record<string, string>> = {
  'cover.open': 'open_cover',
  'cover.close': 'close_cover',
  'cover.stop': 'stop_cover',
  'cover.set_position': 'set_cover_position',
  'cover.open_tilt': 'open_cover_tilt',
  'cover.close_tilt': 'close_cover_tilt',
  'alarm_control_panel.arm_away': 'alarm_arm_away',
  'alarm_control_panel.arm_home': 'alarm_arm_home',
  'alarm_control_panel.arm_night': 'alarm_arm_night',
  'alarm_control_panel.disarm': 'alarm_disarm',
  'alarm_control_panel.trigger': 'alarm_trigger',
  'light.flash': 'turn_on',
  'light.brightness_increase': 'turn_on',
  'light.brightness_decrease': 'turn_on',
  'vacuum.clean': 'start',
  'vacuum.dock': 'return_to_base',
};

const STEPS: Readonly<Record<string, string>> = { brightness_increase: '10', brightness_decrease: '-10' };

export function deviceAction(fields: FieldReader, scope: Scope): Action[] {
  const type = textOf(fields.need('type'));
  const domain = textOf(fields.need('domain'));
  const { line } = fields;
  if (domain === 'mobile_app' && type === 'notify')
    return readCall('notify.mobile_app', line, called(fields, null), scope);
  const { id } = subjectOf(fields, scope);
  fields.ignore('entity_id', 'device_id');
  const service = Object.hasOwn(SERVICES, `${domain}.${type}`) ? SERVICES[`${domain}.${type}`]! : type;
  return readCall(`${domain}.${service}`, line, called(fields, id, type), scope);
}

/** The same as a service call with target and data. */
function called(fields: FieldReader, id: string | null, type = ''): FieldReader {
  const { line } = fields;
  const scalar = (text: string): Entry => ({ line, value: { type: 'scalar', line, value: text, text } });
  const data = new Map(
    fields.rest().filter(([name]) => !['device_id', 'entity_id', 'enabled', 'alias', 'metadata'].includes(name)),
  );
  if (Object.hasOwn(STEPS, type)) data.set('brightness_step_pct', scalar(STEPS[type]!));
  if (type === 'flash' && !data.has('flash')) data.set('flash', scalar('short'));
  const entries = new Map<string, Entry>([['data', { line, value: { type: 'map', line, entries: data } }]]);
  if (id !== null) entries.set('entity_id', scalar(id));
  return new FieldReader({ type: 'map', line, entries }, 'an action');
}
