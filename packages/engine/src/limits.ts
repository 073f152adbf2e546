// How large rules, events and tables may be; the unit stands last. The core's own limits are in assembly/limits.ts.

export const RULES_MAX = 200_000;
export const RULE_TRIGGERS_MAX = 200;
export const RULE_ACTIONS_MAX = 2_000;
export const RULE_DEPTH_MAX = 24;
export const LIST_VALUES_MAX = 1_000;
export const TEXT_CHARACTERS_MAX = 4_000;
export const EXPRESSION_CHARACTERS_MAX = 4_000;
export const EXPRESSION_DEPTH_MAX = 64;
export const RUNS_OF_RULE_MAX = 1_000;
export const RUNS_MAX = 131_072;
export const PERSONS_MAX = 64;
export const DATA_FIELDS_MAX = 64;
export const PARALLEL_BRANCHES_MAX = 64;
/** Twins of assembly/limits.ts. */
export const REPEATS_LIVE_MAX = 8;
export const INSTANT_ROWS_MAX = 64;
export const STACK_VALUES_MAX = 512;
export const BATCH_EVENTS = 4_096;
/** Properties no rule names that the memory keeps room for; more make the engine lay its memory out anew. */
export const SPARE_SLOTS_MIN = 1_024;
/** Texts of events that came since the last time; beyond them those that no one needs any more are let go. */
export const LOOSE_CHARACTERS_MAX = 2_097_152;
export const OUT_BYTES = 262_144;
export const QUEUE_INPUTS = 16_384;
