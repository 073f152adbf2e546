// The benchmark's rules in CLIPS (Rete, in C), where it is installed. Each report is a fact with the value before it; asserting
// it, running to rest and retracting it is one event.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threshold } from './large-home.ts';
import type { Change } from './events.ts';

export function hasClips(): boolean {
  try {
    execFileSync('clips', ['-f2', '/dev/null'], { input: '(exit)\n', stdio: ['pipe', 'ignore', 'ignore'] });
    return true;
  } catch {
    return false;
  }
}

const RUN_MS = 60_000;

const ruleOf = (index: number): string => `(defrule rule-${index}
  (report (property ${index}) (value ?v&:(> ?v ${threshold(index)})&:(<= ?v 39)) (before ?b&:(<= ?b ${threshold(index)})))
  => (printout out ${index} crlf))`;

const DRIVER = `(deffunction drive (?events)
  (bind ?count (/ (length$ ?events) 3))
  (bind ?from (time))
  (loop-for-count (?i 1 ?count)
    (bind ?at (- (* ?i 3) 2))
    (bind ?fact (assert (report (property (nth$ ?at ?events))
      (value (nth$ (+ ?at 1) ?events)) (before (nth$ (+ ?at 2) ?events)))))
    (run)
    (retract ?fact))
  (printout t "ns " (/ (* 1e9 (- (time) ?from)) ?count) crlf))`;

/** Nanoseconds an event, and the rules that fired in their order. */
export function runClips(rules: number, changes: readonly Change[]): { ns: number; fired: number[] } {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  try {
    const out = join(folder, 'fired');
    const events = changes
      .map(({ rule, value, before }) => `${rule} ${value.toFixed(1)} ${before.toFixed(1)}`)
      .join(' ');
    const program = [
      '(deftemplate report (slot property) (slot value) (slot before))',
      ...Array.from({ length: rules }, (_, index) => ruleOf(index)),
      DRIVER,
    ].join('\n');
    writeFileSync(join(folder, 'rules.clp'), program);
    const main = [
      `(load* "${join(folder, 'rules.clp')}")`,
      `(open "${out}" out "w")`,
      `(drive (create$ ${events}))`,
      '(close out)',
      '(exit)\n',
    ].join('\n');
    writeFileSync(join(folder, 'main.clp'), main);
    const said = execFileSync('clips', ['-f2', join(folder, 'main.clp')], {
      encoding: 'utf8',
      input: '',
      timeout: RUN_MS,
    });
    const fired = readFileSync(out, 'utf8').split('\n').filter(Boolean).map(Number);
    return { ns: Number(/^ns (.*)$/m.exec(said)?.[1]), fired };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
