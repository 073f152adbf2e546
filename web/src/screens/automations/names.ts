// Names of things for sentences about rules, as the store knows them now.

import type { Names } from '../../readers/sentences.ts';
import { store } from '../../store/store.ts';

export const names: Names = {
  device: (id) => store.device(id)?.name ?? id,
  room: (id) => store.state.rooms.get(id)?.name ?? id,
  rule: (id) => store.state.automations.get(id)?.name ?? id,
  scene: (id) => store.state.scenes.get(id)?.name ?? id,
};
