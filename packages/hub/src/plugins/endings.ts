// Why a process ended, in words.

import type { WireError } from '@lintel/sdk/host';

/** For one whose fence has the port as it was before the stick was put in again. */
export const PORT_MOVED: WireError = { code: 'CONNECTION_FAILED', detail: 'another device is at its port now' };

/** How Node gives up: by a signal, by the wrapper's code for that signal, or as the first process of a namespace. */
const ABORTS: ReadonlySet<unknown> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 132, 133, 134, 139]);

export function describeEnd(why: { fault: string | null; code: number | null; signal: string | null }): string {
  if (why.fault !== null) return `it ${why.fault}`;
  if (ABORTS.has(why.signal ?? why.code)) return 'it ran out of memory or gave up by itself';
  if (why.signal !== null) return `it was ended by ${why.signal}`;
  return `it ended by itself with code ${why.code ?? 'unknown'}`;
}
