// Service calls that are about the home rather than devices: messages, scenes, other automations.

import type { Action, Computed } from '@lintel/model';
import type { Call } from './calls.ts';
import { Lost } from './notes.ts';
import { FieldReader, itemsOf, namesOf, show, textOf } from './reading.ts';
import { sceneSets } from './scenes.ts';
import { textValue } from './values.ts';

/** Null where the call is about devices. */
export function homeCall(call: Call): Action[] | null {
  switch (call.domain) {
    case 'notify':
      return notify(call);
    case 'persistent_notification':
      return call.service === 'create' ? [message(call, 'notification_id')] : null;
    case 'scene':
      return sceneCall(call);
    case 'script':
      return scriptCall(call);
    case 'automation':
      return automationCall(call);
    default:
      return null;
  }
}

function message({ data, scope }: Call, tag: string): Extract<Action, { kind: 'notify' }> {
  const [title, tagged] = [data.take('title'), data.text(tag)];
  return {
    kind: 'notify',
    message: textValue(data.need('message'), scope),
    ...(title !== undefined && { title: textValue(title, scope) }),
    ...(tagged !== undefined && tagged !== '' && { tag: tagged }),
  };
}

function notify(call: Call): Action[] {
  const { data, scope, line, service } = call;
  const plain = message(call, 'tag');
  const name = `notify.${service}`;
  const people = [name, ...namesOf(call.target?.take('entity_id')).map(({ text }) => text)].flatMap((id) => {
    const found = scope.entities.find(id);
    return found !== null && 'person' in found ? [found.person] : [];
  });
  if (people.length === 0 && service !== 'notify')
    scope.notes.info(line, `${name} is not mapped to a person: everyone is told`);
  data.ignore('target');
  const more = data.take('data');
  return [
    {
      ...plain,
      ...(people.length > 0 && { to: people }),
      ...(more !== undefined && particulars(new FieldReader(more, 'data'), call)),
    },
  ];
}

function particulars(fields: FieldReader, { scope }: Call): Partial<Extract<Action, { kind: 'notify' }>> {
  const tag = fields.text('tag');
  const actions = itemsOf(fields.take('actions')).map((item) => {
    const action = new FieldReader(item, 'an action of a notification');
    action.ignore('icon', 'uri', 'destructive', 'authenticationRequired', 'activationMode', 'behavior');
    return { id: textOf(action.need('action', 'identifier')), title: textOf(action.need('title')) };
  });
  const push = fields.take('push');
  const importance = fields.text('importance', 'priority');
  const isCritical =
    importance === 'high' || importance === 'max' || (push !== undefined && isUrgent(new FieldReader(push, 'push')));
  fields.ignore('ttl', 'channel', 'group', 'icon', 'color', 'sticky', 'persistent');
  fields.done(scope.notes, 'a notification');
  return {
    ...(tag !== undefined && { tag }),
    ...(actions.length > 0 && { actions }),
    ...(isCritical && { critical: true }),
  };
}

function isUrgent(push: FieldReader): boolean {
  const level = push.text('interruption-level');
  const sound = push.take('sound');
  return (
    level === 'critical' ||
    (sound?.type === 'map' && textOf(new FieldReader(sound, 'sound').take('critical') ?? sound) === '1')
  );
}

function sceneCall(call: Call): Action[] {
  const { data, scope, service, line } = call;
  const transition = data.take('transition');
  const over: { transition?: Computed<string> } =
    transition === undefined ? {} : { transition: `${Number(textOf(transition)) || 0}s` };
  if (service === 'turn_on') return call.ids().flatMap(({ text, line: at }) => recall(text, at, call, over));
  if (service === 'apply') return sceneSets(data.need('entities'), scope);
  if (service !== 'create') throw new Lost(line, `the action "scene.${service}" has no counterpart`);
  const name = textOf(data.need('scene_id'));
  const devices = namesOf(data.take('snapshot_entities')).map(({ text, line: at }) => scope.entities.device(text, at));
  if (devices.length === 0) throw new Lost(line, 'only a scene of what is now (snapshot_entities) is made here');
  scope.saved.add(name);
  return [{ kind: 'save', target: devices.length === 1 ? { device: devices[0]! } : { devices }, as: name }];
}

export function recall(
  entity: string,
  line: number,
  { scope }: Pick<Call, 'scope'>,
  over: { transition?: Computed<string> } = {},
): Action[] {
  const saved = entity.replace(/^scene\./, '');
  if (scope.saved.has(saved)) return [{ kind: 'restore', as: saved, ...over }];
  const own = scope.names.rules.get(entity);
  const found = scope.entities.find(entity);
  if (found === null && own !== undefined) return [{ kind: 'automation', automation: own, do: 'run' }];
  if (found !== null && 'scene' in found) return [{ kind: 'scene', scene: found.scene, ...over }];
  throw new Lost(
    line,
    found === null
      ? `${show(entity)} is not mapped to anything of this home`
      : `${show(entity)} is mapped to something that is no scene`,
  );
}

function ruleOf(entity: string, line: number, { scope }: Call): string {
  const found = scope.names.rules.get(entity);
  if (found !== undefined) return found;
  throw new Lost(line, `${show(entity)} is not in this text, so that nothing here stands for it`);
}

function scriptCall(call: Call): Action[] {
  const { service, data, line } = call;
  if (service === 'turn_off' || service === 'reload' || service === 'toggle')
    throw new Lost(line, `the action "script.${service}" has no counterpart`);
  const variables = service === 'turn_on' ? data.take('variables') : undefined;
  const scripts = service === 'turn_on' ? call.ids() : [{ text: `script.${service}`, line }];
  if (service !== 'turn_on') call.scope.notes.info(line, 'a script is started here without being waited for');
  if (variables !== undefined) throw new Lost(variables.line, 'a script with variables has no counterpart');
  const given = service === 'turn_on' ? [] : data.rest();
  for (const [name, { line: at }] of given) throw new Lost(at, `a script with variables (${name}) has no counterpart`);
  return scripts.map(({ text, line: at }) => ({ kind: 'automation', automation: ruleOf(text, at, call), do: 'run' }));
}

const SWITCHES = { trigger: 'run', turn_on: 'enable', turn_off: 'disable' } as const;

function automationCall(call: Call): Action[] {
  const { service, line, data, scope } = call;
  const what = Object.hasOwn(SWITCHES, service) ? SWITCHES[service as keyof typeof SWITCHES] : null;
  if (what === null) throw new Lost(line, `the action "automation.${service}" has no counterpart`);
  if (data.text('skip_condition') !== 'false' && what === 'run')
    scope.notes.info(line, 'an automation that is run asks its conditions here');
  data.ignore('stop_actions');
  return call.ids().map(({ text, line: at }) => ({ kind: 'automation', automation: ruleOf(text, at, call), do: what }));
}
