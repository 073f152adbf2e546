import fc from 'fast-check';
import { editedScenarioOf } from './edited-scenarios.ts';
import { featuresOfEngine, newEngine } from './engine-machine.ts';
import { difference, momentsOf } from './machine.ts';
import { createReference, Explosion } from './model.ts';
const f = await featuresOfEngine();
const r = await fc.check(
  fc.asyncProperty(editedScenarioOf(f), async (scenario: any) => {
    const reference = createReference(scenario);
    const engine = await newEngine(scenario);
    try {
      for (const [index, { now, events }] of momentsOf(scenario.startAt, scenario.steps).entries()) {
        for (const { rules } of scenario.edits.filter((e: any) => e.step === index)) {
          const expected = JSON.stringify(reference.replaceRules(rules));
          const actual = JSON.stringify(engine.replaceRules(rules));
          if (expected !== actual) throw new Error(`edit before step ${index}: expected ${expected}, actual ${actual}`);
        }
        const told = { ...reference.step(now, events), wakeIsExact: false };
        const wrong = difference(told as any, engine.step(now, events));
        if (wrong) throw new Error(`step ${index}: ${wrong}`);
      }
    } catch (e) {
      if (e instanceof Explosion) return;
      throw e;
    } finally {
      engine.close();
    }
  }),
  { numRuns: 400, seed: Number(process.env['SEED'] ?? 1) },
);
if (r.failed) {
  const s = r.counterexample![0] as any;
  console.log(String((r.errorInstance as Error).message));
  const short = (x: any) => JSON.stringify(x.filter((y: any) => y.id !== 'watcher'));
  console.log('rules', short(s.rules));
  for (const e of s.edits) console.log('edit', e.step, short(e.rules));
  for (const [i, m] of momentsOf(s.startAt, s.steps).entries())
    console.log(i, m.now, JSON.stringify(m.events).slice(0, 600));
} else console.log('ok', r.numRuns);
