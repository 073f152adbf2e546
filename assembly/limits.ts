// Every limit of the core and of the rules it runs, the unit last. Reaching one is a named trace or a refusal, never a loss.
// The core is built with this file and the host reads it as it is: whatever stands here is true on both sides.

// How far a rule may go. Past it the run is stopped, or the chain cut, and the trace says so.

/** A chain of inputs that rules cause one another is cut behind this many links. */
export const CHAIN_LINKS_MAX: u32 = 32;
/** Inputs that a chain may cause beyond its first link, and steps that rules may take for it, before what is left of it is cut. */
export const CHAIN_INPUTS_MAX: u32 = 2048;
export const CHAIN_STEPS_MAX: u32 = 40000;
/** Links of a chain through devices' own reports count for this long. */
export const CHAIN_WINDOW_MS: f64 = 60000;
/** Actions that one run may take at one instant. */
export const STEPS_PER_INSTANT_MAX: u32 = 10000;
/** Runs of one rule stopped for their fuel, one after the other, before the rule is switched off. */
export const FUEL_OFFENCES_MAX: u32 = 10;
/** Runs of one rule, and of all of them; one too many is dropped. */
export const RUNS_OF_RULE_MAX: u32 = 1000;
export const RUNS_MAX: u32 = 131072;

// How large a rule may be. Past it the rule is refused, and the place in it named.

export const RULES_MAX: u32 = 200000;
export const RULE_TRIGGERS_MAX: u32 = 200;
export const RULE_ACTIONS_MAX: u32 = 2000;
export const RULE_DEPTH_MAX: u32 = 24;
/** Instructions of a rule beyond which no repeat goes over values that are worked out. */
export const RULE_INSTRUCTIONS_MAX: u32 = 200000;
export const ID_CHARACTERS_MAX: u32 = 128;
export const PARALLEL_BRANCHES_MAX: u32 = 64;
/** Repeats of a run that may be under way at once, one inside another or in parallel branches. */
export const REPEATS_LIVE_MAX: u32 = 8;
export const LIST_VALUES_MAX: u32 = 1000;
export const TEXT_CHARACTERS_MAX: u32 = 4000;
export const EXPRESSION_CHARACTERS_MAX: u32 = 4000;
export const EXPRESSION_DEPTH_MAX: u32 = 64;
export const EXPRESSION_ARGUMENTS_MAX: u32 = 16;
export const ACTION_EXPRESSIONS_MAX: u32 = 128;
/** Values on the stack of one expression. */
export const STACK_VALUES_MAX: u32 = 512;
/** Choices that a notification offers. */
export const NOTIFICATION_ACTIONS_MAX: u32 = 16;
/** Texts that rules make are cut here, or a rule that appends to its own variable would fill the memory. */
export const MADE_TEXT_CHARACTERS_MAX: u32 = 10000;
/** People that `anyone` and `everyone` count, and fields that an event carries. */
export const PERSONS_MAX: u32 = 64;
export const DATA_FIELDS_MAX: u32 = 64;

// How large rings and tables are. The core says how far it came; the host empties them and goes on.

/** Events that one call hands to the core. */
export const BATCH_EVENTS: u32 = 4096;
/** Inputs that wait within the core, and the ring of what comes out of it. */
export const QUEUE_INPUTS: u32 = 16384;
export const OUT_BYTES: u32 = 262144;
/** Room that must be free in the output ring before a unit of work begins. */
export const UNIT_OUTPUT_BYTES: u32 = 8192;
/** Answers the host may give to one unit of work. */
export const HOST_ANSWERS_MAX: u32 = 256;
/** Rows that a batch may leave; when they are full the host takes them and calls again. */
export const BATCH_ROWS_MAX: u32 = 16384;
/** Rows that a rule of constant commands may leave; longer ones run like any other rule. */
export const INSTANT_ROWS_MAX: u32 = 64;
/** Properties no rule names that the memory keeps room for; more make the engine lay its memory out anew. */
export const SPARE_SLOTS_MIN: u32 = 1024;
/** Texts of events that came since the last time; beyond them those that no one needs any more are let go. */
export const LOOSE_CHARACTERS_MAX: u32 = 2097152;
/** Changes of the time zone that the table covers at once; it moves on with the years. */
export const ZONE_CHANGES_MAX: u32 = 256;

// How far the checks of rules look: past it they say nothing, and nothing wrong.

/** Ways to make the conditions of a rule hold. */
export const CHECKED_WAYS_MAX: u32 = 64;
/** Later rules on one trigger that are looked at for each: more are no longer told apart by people either. */
export const CHECKED_RIVALS_MAX: u32 = 8;

// How far ahead a clock trigger looks for its next instant, and the sun for its next event.

export const CLOCK_SEARCH_DAYS: i32 = 14700;
export const SUN_SEARCH_DAYS: i32 = 400;
