import type { TemplateResult } from 'lit';
import type { Trigger } from '@lintel/model';
import { te } from '../strings/editor.ts';
import { wordField } from './fields.ts';
import { compact, type Editing } from './kit.ts';

/** What conditions and expressions call a trigger; without it they count from 0. */
export function triggerIdField<One extends Trigger>(editing: Editing<One>): TemplateResult {
  const { item, change } = editing;
  const set = (id: string): void => change(compact<One>({ ...item, id: id === '' ? undefined : id }));
  return wordField(editing, { name: 'id', label: te.triggerId, value: item.id ?? '', change: set, pointer: '/id' });
}
