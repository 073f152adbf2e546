import type { TemplateResult } from 'lit';
import { selectField } from '../elements/field.ts';
import { t } from '../strings/index.ts';
import type { Editing } from './kit.ts';

const MODES = ['home', 'away', 'night', 'vacation'];

/** The home's mode, one of its usual ones or the one it has now. */
export function modeField<Item>(
  { home, id, error }: Editing<Item>,
  label: string,
  mode: string,
  change: (mode: string) => void,
  pointer: string,
): TemplateResult {
  const modes = [...new Set([...MODES, home.mode, mode])].filter((each) => each !== '');
  const choices = modes.map((each) => ({ value: each, label: t.home.modes[each] ?? each }));
  return selectField({ id: id('mode'), label, value: mode, choices, change, error: error(pointer) });
}
