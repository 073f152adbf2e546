// What people do to the home. Each change says what happened and offers the way back; each failure says why.

import type { Device, Rule, Values } from '@lintel/model';
import { t } from '../strings/index.ts';
import { patch, post, problemOf, put, remove } from './api.ts';
import { notices } from './notices.ts';
import { store } from './store.ts';
import { wayBack } from './undo.ts';

/** Runs a change; on failure shows why and answers false. */
export async function attempt(change: () => Promise<unknown>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    notices.show(problemOf(error).detail, { tone: 'error' });
    return false;
  }
}

/** Runs a change, then says `done` and offers `undo`. */
export async function change(
  run: () => Promise<unknown>,
  done: string,
  undo?: () => Promise<unknown>,
): Promise<boolean> {
  if (!(await attempt(run))) return false;
  const action = undo && { label: t.undo, run: () => attempt(undo) };
  notices.show(done, action === undefined ? {} : { action });
  return true;
}

/** Sets a device's values and offers the way back, described by `what`, such as "Hall lamp on". */
export async function setDevice(device: Device, values: Values, what: string): Promise<boolean> {
  const back = wayBack(device, values);
  const result = await store.set(device.id, values);
  if (result.ok) {
    const action = back && { label: t.undo, run: () => store.set(device.id, back) };
    notices.show(what, action === null ? {} : { action });
  } else if (result.status !== 'superseded') {
    const retry = { label: t.retry, run: () => setDevice(device, values, what) };
    notices.show(`${t.sheet.failed(device.name)} ${result.error?.detail ?? ''}`.trim(), {
      tone: 'error',
      action: retry,
    });
  }
  return result.ok;
}

/** Sends a command such as `"lock.unlock"`, which has no way back of its own. */
export async function commandDevice(device: Device, command: string, args?: Record<string, unknown>): Promise<boolean> {
  const request = { device: device.id, command, ...(args && { args }) };
  const first = await store.send(request);
  // Whoever held the button has confirmed: the hub's question is answered at once.
  const confirm = first.error?.confirm;
  const result = confirm === undefined ? first : await store.send({ ...request, confirm });
  const why = `${t.sheet.failed(device.name)} ${result.error?.detail ?? ''}`.trim();
  if (!result.ok && result.status !== 'superseded') notices.show(why, { tone: 'error' });
  return result.ok;
}

/** Switches several devices and offers to put back those that changed. */
export async function setMany(devices: readonly Device[], values: Values, what: string): Promise<void> {
  const backs = devices.map((device) => [device.id, wayBack(device, values)] as const);
  const results = await Promise.all(devices.map((device) => store.set(device.id, values)));
  const undo = (): unknown => Promise.all(backs.map(([id, back]) => back && store.set(id, back)));
  if (results.some((each) => each.ok)) notices.show(what, { action: { label: t.undo, run: undo } });
  const failed = devices.filter((_, at) => !results[at]!.ok);
  if (failed.length > 0) notices.show(failed.map((each) => t.sheet.failed(each.name)).join(' '), { tone: 'error' });
}

export function setMode(mode: string): Promise<boolean> {
  const before = store.state.home?.mode;
  const undo = before === undefined ? undefined : () => patch('/home', { mode: before });
  const name = t.home.modes[mode] ?? mode;
  return change(() => patch('/home', { mode }), t.home.modeChanged(name), undo);
}

const pathOf = (device: Device): string => `/devices/${encodeURIComponent(device.id)}`;

export function renameDevice(device: Device, name: string): Promise<boolean> {
  const undo = () => patch(pathOf(device), { name: device.name });
  return change(() => patch(pathOf(device), { name }), t.sheet.renamed(name), undo);
}

export function moveDevice(device: Device, room: string | null): Promise<boolean> {
  const name = room === null ? t.sheet.noRoom : (store.state.rooms.get(room)?.name ?? room);
  const undo = () => patch(pathOf(device), { room: device.room });
  return change(() => patch(pathOf(device), { room }), t.sheet.moved(device.name, name), undo);
}

const rulePath = (id: string): string => `/automations/${encodeURIComponent(id)}`;

export function enableRule(rule: Rule, enabled: boolean): Promise<boolean> {
  const to = (on: boolean) => () => post(`${rulePath(rule.id)}/${on ? 'enable' : 'disable'}`);
  return change(to(enabled), t.automations.enabled(rule.name ?? rule.id, enabled), to(!enabled));
}

/** Deletes a rule; the way back makes it anew under its own id. */
export function deleteRule(rule: Rule): Promise<boolean> {
  const { author: _author, version: _version, ...written } = rule;
  const undo = () => post('/automations', written);
  return change(() => remove(rulePath(rule.id)), t.automations.removed(rule.name ?? rule.id), undo);
}

export function replaceRule(before: Rule, after: Rule): Promise<unknown> {
  return put(rulePath(before.id), after);
}
