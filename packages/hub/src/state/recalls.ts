// What devices were before a scene was last recalled, so that the recall can be undone. It is kept beside what rules save, and
// comes back with it after a restart.

import type { OfKind, Parts } from './parts.ts';
import { whatWas } from './reverts.ts';
import type { SavedDevice } from './saves.ts';

/** No rule can save under this name, and so none restores it. */
const AS = 'recall\0';
const keyOf = (scene: string): string => `scene:${scene}`;

/** A person's command goes out; where it recalls a scene, what it overwrites is remembered. */
export function rememberRecall({ registry, properties, saves }: Parts, { body, origin }: OfKind<'sent'>): void {
  if (origin.kind !== 'scene' || origin.id === undefined || !body.command.startsWith('p')) return;
  const devices = body.deliveries.flatMap(({ device, command }): SavedDevice[] => {
    const { endpoint } = command;
    if (!('set' in command) || endpoint === undefined) return [];
    const values = whatWas(device, endpoint, command.set, registry, properties);
    return Object.keys(values).length === 0 ? [] : [{ device: `${device}/${endpoint}`, values }];
  });
  saves.save(keyOf(origin.id), AS, devices);
}

/** What the last recall of a scene overwrote; empty where there was none, or it is undone already. */
export const lastRecall = ({ saves }: Pick<Parts, 'saves'>, scene: string): readonly SavedDevice[] =>
  saves.own(keyOf(scene), AS);
