// What an input changes in the home before any rule sees it.

import { memoryOf, slotOf } from './state.ts';
import type { Input, State } from './state.ts';

function applyReport(state: State, input: Input): void {
  const { event } = input;
  if (!('property' in event)) return;
  const { device, property, value } = event;
  const memory = memoryOf(state, device, property);
  input.before = memory?.known ?? null;
  input.repeats = (memory?.value ?? null) === value;
  if (input.repeats) return;
  const origin = event.origin ?? { kind: 'device' as const };
  const known = value ?? input.before;
  state.properties[slotOf(device, property)] = { value, known, changedAt: state.at, origin };
}

/** Changes the home as an event says, and notes in the input what was known before. */
export function apply(state: State, input: Input): void {
  const { event } = input;
  if ('property' in event) applyReport(state, input);
  else if ('online' in event) {
    input.before = state.online[event.device] ?? null;
    state.online[event.device] = event.online;
  } else if ('presence' in event) {
    input.before = state.presence[event.person] ?? null;
    state.presence[event.person] = event.presence;
  } else if ('schedule' in event) {
    input.before = state.schedules[event.schedule] ?? null;
    state.schedules[event.schedule] = event.value;
  } else if (input.depth === 0) applyFromOutside(state, input);
}

/** What an action of a rule sets has taken effect before its input comes round. */
function applyFromOutside(state: State, input: Input): void {
  const { event } = input;
  if ('mode' in event) {
    input.before = state.mode;
    state.mode = event.mode;
  } else if ('variable' in event) {
    input.before = state.variables[event.variable] ?? null;
    state.variables[event.variable] = event.value;
  }
}
