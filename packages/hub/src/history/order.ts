// Samples of many series, back in the order in which the journal had them.

import type { CoreEvent } from '../state/core.ts';
import type { SeriesSamples } from './messages.ts';
import { eventOf, type Inputs } from './samples.ts';

export function inOrder(found: readonly SeriesSamples[]): Inputs[] {
  const all = found.flatMap(({ series, samples }) =>
    samples.map((sample) => ({ sample, event: eventOf(series, sample) })),
  );
  all.sort(({ sample: a }, { sample: b }) => a.sequence - b.sequence || a.place - b.place);
  const records: { sequence: number; at: number; events: CoreEvent[] }[] = [];
  for (const { sample, event } of all) {
    const last = records.at(-1);
    if (last?.sequence === sample.sequence) last.events.push(event);
    else records.push({ sequence: sample.sequence, at: sample.at, events: [event] });
  }
  return records;
}
