// Weekly schedules as people write them.

import { type Schedule } from '@lintel/model';
import { z } from 'zod';
import type { Collection, ScheduleView } from '../interface.ts';
import type { Kernel } from '../kernel.ts';
import { SCHEDULES_MAX } from '../limits.ts';
import { collection } from './collections.ts';
import { nameSchema } from './validate.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'workday', 'holiday'] as const;
const BLOCKS_MAX = 200;

const blockSchema = z.strictObject({
  weekdays: z.array(z.enum(WEEKDAYS)).min(1, 'at least one weekday').max(WEEKDAYS.length),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'expected a time of day such as "06:30"'),
  value: z.union([z.boolean(), z.number(), z.string().max(1_000)], 'expected true, false, a number or text'),
});

export function scheduleService(kernel: Kernel): Collection<ScheduleView> {
  const { registry, schedules: state } = kernel.machine;
  const schedules = collection(kernel, {
    name: 'schedules',
    noun: 'schedule',
    max: SCHEDULES_MAX,
    shape: { name: nameSchema, blocks: z.array(blockSchema).max(BLOCKS_MAX) },
  });
  const view = (schedule: Schedule): ScheduleView => ({ ...schedule, value: state.value(schedule.id) });
  return {
    list: () => registry.list('schedules').map(view),
    get: (id) => view(schedules.get(id)),
    create: async (body, by) => view(await schedules.create(body, by)),
    change: async (id, body, by) => view(await schedules.change(id, body, by)),
    remove: schedules.remove,
  };
}
