import type { TemplateResult } from 'lit';
import { chips } from '../elements/chips.ts';
import { te } from '../strings/editor.ts';
import { t } from '../strings/index.ts';
import { choiceField } from './fields.ts';
import { asList, asOneOrMany, type Editing, type EditorHome } from './kit.ts';

const MODES = ['home', 'away', 'night', 'vacation'];
const ANYTHING = '';

/** The home's usual modes, the one it has now, and those that are named already. */
export const modeChoices = ({ mode }: EditorHome, named: readonly string[]): { value: string; label: string }[] =>
  [...new Set([...MODES, mode, ...named])]
    .filter((each) => each !== '')
    .map((each) => ({ value: each, label: t.home.modes[each] ?? each }));

interface ModesField {
  readonly name: string;
  readonly label: string;
  readonly modes: string | readonly string[] | undefined;
  readonly change: (modes: string | readonly string[] | undefined) => void;
  readonly pointer: string;
  readonly anything?: boolean;
}

/** One mode, or several where the rule names several. */
export function modesField<One>(editing: Editing<One>, field: ModesField): TemplateResult {
  const { name, label, modes, change, pointer } = field;
  const chosen = asList(modes);
  const choices = modeChoices(editing.home, chosen);
  if (Array.isArray(modes)) {
    return chips({
      label,
      choices,
      chosen,
      change: (next) => change(next.length === 0 ? chosen : asOneOrMany(next)),
      error: editing.error(pointer),
    });
  }
  const several = choices.length > 1 ? [{ value: '*', label: te.severalModes }] : [];
  const anything = field.anything === true ? [{ value: ANYTHING, label: te.any }] : [];
  const pick = (value: string): void => {
    if (value === '*') change(choices.slice(0, 2).map((each) => each.value));
    else change(value === ANYTHING ? undefined : value);
  };
  return choiceField(editing, {
    name,
    label,
    value: chosen[0] ?? ANYTHING,
    choices: [...choices, ...anything, ...several],
    change: pick,
    pointer,
  });
}
