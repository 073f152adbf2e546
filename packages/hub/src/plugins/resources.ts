// What a process uses, as the operating system counts it: a plugin's own word is not asked for.

import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;
const TICKS_PER_SECOND = 100;

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The fields of /proc/PID/stat after the name, which may itself hold spaces and brackets; null where there is none. */
function statFields(pid: number): string[] | null {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** A text that no later process of the same number shares; null when there is no such process, or no way to tell. */
export function startTimeOf(pid: number): string | null {
  const fields = statFields(pid);
  return fields === null || fields[0] === 'Z' ? null : (fields[19] ?? null);
}

/** The leader of the group that the process is in; null when there is no such process. */
export function groupOf(pid: number): number | null {
  const fields = statFields(pid);
  return fields === null ? null : Number(fields[2]);
}

/** The process that a chain of wrappers ends in. */
export function innermost(pid: number): number {
  for (let at = pid, depth = 0; depth < 4; depth += 1) {
    const child = Number(read(`/proc/${at}/task/${at}/children`)?.trim().split(' ')[0]);
    if (!(child > 0)) return at;
    at = child;
  }
  return pid;
}

/** Memory that no other process shares; null where the system does not tell. */
export function privateBytesOf(pid: number): number | null {
  const rollup = read(`/proc/${pid}/smaps_rollup`);
  if (rollup === null) return null;
  const kibibytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, each]) => Number(each));
  return kibibytes.reduce((sum, each) => sum + each, 0) * 1024;
}

export interface Usage {
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
}

/** Resident memory and processor time; null where the system does not tell. */
export function usageOf(pid: number): Usage | null {
  const inner = innermost(pid);
  const pages = Number(read(`/proc/${inner}/statm`)?.split(' ')[1]);
  const fields = statFields(inner);
  if (!(pages > 0) || fields === null) return null;
  return { memoryBytes: pages * PAGE_BYTES, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
}
