// The fake hub's answer to an import: one rule for each alias, and a line of report for each entity that is not mapped.

import type { Rule } from '@lintel/model';
import { ok, problem, type Answer } from './fake-answers.ts';

interface Asked {
  readonly yaml: string;
  readonly entities?: Readonly<Record<string, { readonly device?: string }>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

export const YAML = `- id: hall_at_night
  alias: Hall at night
  triggers:
    - trigger: state
      entity_id: binary_sensor.hall_motion
      to: "on"
  actions:
    - action: light.turn_on
      target:
        entity_id: light.entrance
- alias: Good morning
  triggers:
    - trigger: time
      at: "07:00:00"
  actions:
    - action: light.turn_on
      target:
        entity_id: light.entrance
`;

const LINE_WITH_ENTITY = /entity_id: (\S+)/;

export function imported({ yaml, entities = {} }: Asked): Answer {
  const lines = yaml.split('\n');
  const broken = lines.findIndex((line) => line.includes('\t'));
  if (broken !== -1)
    return problem(400, 'BAD_YAML', `line ${broken + 1}: tabs cannot be used for indentation`, '/yaml');
  const report = lines.flatMap((line, at) => {
    const entity = LINE_WITH_ENTITY.exec(line)?.[1];
    if (entity === undefined || entity in entities) return [];
    return [
      { line: at + 1, level: 'error', message: `${JSON.stringify(entity)} is not mapped to anything of this home` },
    ];
  });
  const lost = report.length > 0;
  const lamp = entities['light.entrance']?.device;
  const motion = entities['binary_sensor.hall_motion']?.device;
  const actions: Rule['actions'] =
    lamp === undefined ? [] : [{ kind: 'set', target: { device: lamp }, values: { 'onOff.on': true } }];
  const rules: Rule[] = [
    {
      id: 'hall_at_night',
      name: 'Hall at night',
      enabled: !lost,
      triggers:
        motion === undefined
          ? []
          : [{ kind: 'property', device: motion, property: 'occupancy.occupied', becomes: true }],
      actions,
    },
    {
      id: 'morning',
      name: 'Good morning',
      enabled: lamp !== undefined,
      triggers: [{ kind: 'time', at: '07:00' }],
      actions,
    },
  ];
  const asked = yaml.includes('!input')
    ? [{ line: 1, level: 'error', message: 'the input "wait" of the blueprint is not given' }]
    : [];
  return ok({ rules, report: [...asked, ...report] });
}
