// What a process has used of the processor, by the kernel's account (proc(5): utime and stime, in ticks).

import { readFileSync } from 'node:fs';

const TICK_MS = 10;
/** Of the fields after the command's name, which may hold blanks and ends with a bracket. */
const [USER, SYSTEM] = [11, 12];

/** Milliseconds since it was started, in user and in kernel mode. */
export function processorTime(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER]) + Number(fields[SYSTEM])) * TICK_MS;
}
