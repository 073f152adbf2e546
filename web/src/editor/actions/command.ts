import { html, nothing } from 'lit';
import { mdiGestureTapButton } from '@mdi/js';
import { describeCapability, type Action, type Device, type Target } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { t } from '../../strings/index.ts';
import { entriesField, entriesFit } from '../entries-field.ts';
import { failureField, failureSteps } from '../failure-field.ts';
import { choiceField } from '../fields.ts';
import { compact, onlyHas, required, type EditorHome, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { withPlaceholder } from '../things.ts';
import { hasOptions, isNoTarget, reached, targetField, targetFits, targetOptions } from '../target-field.ts';

type CommandAction = Extract<Action, { kind: 'command' }>;

const commandsOf = (device: Device): readonly string[] =>
  device.endpoints.flatMap(({ capabilities }) =>
    capabilities.flatMap(({ name, commands }) => commands.map((command) => `${name}.${command}`)),
  );

/** What the target's devices can be told; lamps stand in for what is not known yet. */
function offered(home: EditorHome, target: Target): readonly string[] {
  const devices = reached(home, target);
  const known = devices.flatMap(commandsOf);
  const lamp = (['onOff', 'level'] as const).flatMap((name) =>
    describeCapability(name).commands.map((command) => `${name}.${command}`),
  );
  return [...new Set(known.length > 0 ? known : lamp)];
}

/** "lock.unlock" as "Unlock", with its capability where another has the same word. */
function commandChoices(commands: readonly string[]): { value: string; label: string }[] {
  const words = Map.groupBy(commands, (each) => each.split('.')[1]!);
  return commands.map((each) => {
    const [capability = '', command = ''] = each.split('.');
    const twin = words.get(command)!.length > 1;
    return { value: each, label: twin ? `${t.humanise(command)} (${t.humanise(capability)})` : t.humanise(command) };
  });
}

export const commandAction: ItemEditor<CommandAction> = {
  kind: 'command',
  label: te.actions.command,
  icon: mdiGestureTapButton,
  create: () => ({ kind: 'command', target: { device: '' }, command: '' }),
  fits: (item) =>
    onlyHas(item, ['kind', 'target', 'command', 'args', 'onFailure']) &&
    targetFits(item.target) &&
    (item.args === undefined || entriesFit(item.args)),
  check: ({ target, command }) => ({
    [`/target/${'devices' in target ? 'devices' : 'device'}`]: isNoTarget(target) ? required('') : null,
    '/command': required(command),
  }),
  nested: ({ onFailure }) => failureSteps(onFailure),
  fields: (editing) => {
    const { item, change, home } = editing;
    const retarget = (target: Target): void =>
      change({ ...item, target, command: offered(home, target).includes(item.command) ? item.command : '' });
    const used = item.args !== undefined || item.onFailure !== undefined || hasOptions(item.target);
    const choices = withPlaceholder(commandChoices(offered(home, item.target)), item.command, te.choose);
    return html`<div class="fields">
        ${targetField(editing, { target: item.target, change: retarget, fits: (device) => commandsOf(device).length > 0 })}
        ${isNoTarget(item.target) ? nothing : choiceField(editing, { name: 'command', label: te.command, value: item.command, choices, change: (command: string) => change({ ...item, command }), pointer: '/command' })}
      </div>
      ${moreOptions(
        used,
        () => html`
          ${entriesField(editing, { name: 'args', label: te.arguments, entries: item.args ?? {}, change: (args) => change(compact<CommandAction>({ ...item, args })), pointer: '/args' })}
          ${targetOptions(editing, item.target, (target) => change({ ...item, target }))}
          ${failureField(editing, item.onFailure, (onFailure) => change(compact<CommandAction>({ ...item, onFailure })))}
        `,
      )}`;
  },
};
