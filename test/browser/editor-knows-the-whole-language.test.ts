// Whatever the rule language can say has an editor whose fields show all of it, at every depth.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { editorFor, EDITORS } from '../../web/src/editor/catalogue.ts';
import type { Item, PartName } from '../../web/src/editor/kit.ts';
import { rulesOf } from '../reference/arbitraries.ts';
import { FEATURES } from '../reference/arbitrary-parts.ts';

const RUNS = 300;

const Language = suite('language');

/** The items without an editor, those inside others included; `seen` collects the kinds on the way. */
function strangers(part: PartName, items: readonly Item[], seen: Set<string>): Item[] {
  return items.flatMap((item) => {
    const editor = editorFor(part, item);
    if (editor === null) return [item];
    seen.add(`${part}: ${item.kind}`);
    return (editor.nested?.(item) ?? []).flatMap((each) => strangers(each.part, each.items, seen));
  });
}

Language('every item of any rule has an editor that shows all of it', () => {
  const seen = new Set<string>();
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
  fc.assert(
    fc.property(rulesOf(new Set(FEATURES)), (rules) => {
      for (const rule of rules) {
        for (const part of ['triggers', 'conditions', 'actions'] as const) {
          assert.equal(strangers(part, rule[part] ?? [], seen), [], `replay with SEED=${seed}`);
        }
      }
    }),
    { seed, numRuns: RUNS },
  );
  const all = Object.entries(EDITORS).flatMap(([part, editors]) => editors.map(({ kind }) => `${part}: ${kind}`));
  const missed = all.filter((each) => !seen.has(each));
  console.log(`${seen.size} of ${all.length} kinds met; not met: ${missed.join(', ')}`);
  assert.ok(seen.size > all.length / 2, 'the rules are varied');
});

Language.run();
