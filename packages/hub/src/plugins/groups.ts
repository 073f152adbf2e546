// A plugin's process leads a group of its own, with what wraps it, and the group is ended as one: a wrapper that is killed
// while it still makes its namespaces leaves behind a child that waits for it for ever, and holds the plugin's descriptors.

import { readdirSync } from 'node:fs';

import { groupOf } from './resources.ts';

/** Ends the group that the process `pid` leads; passed over when it is gone already, or never began. */
export function endGroup(pid: number): void {
  if (pid <= 1) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** The processes in the group that `leader` leads or led; none where the system does not tell. */
export function membersOf(leader: number): number[] {
  try {
    const pids = readdirSync('/proc').map(Number);
    return pids.filter((pid) => pid > 0 && groupOf(pid) === leader);
  } catch {
    return [];
  }
}
