import type { Choice } from '../elements/field.ts';
import { te } from '../strings/editor.ts';
import type { EditorHome } from './kit.ts';
import { thingChoices } from './things.ts';

/** Anyone, everyone, and each person of the home. */
export const personChoices = ({ people }: EditorHome): Choice[] => [
  { value: 'anyone', label: te.anyone },
  { value: 'everyone', label: te.everyone },
  ...thingChoices(people),
];
