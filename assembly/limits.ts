// Every limit of the core in one place, the unit last. Reaching one is a named trace or a refusal of the host, never a loss.

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
/** Values on the stack of one expression, and answers the host may give to one unit of work. */
export const STACK_VALUES_MAX: u32 = 512;
export const HOST_ANSWERS_MAX: u32 = 256;
/** Repeats of a run that may be under way at once, one inside another or in parallel branches. */
export const REPEATS_LIVE_MAX: u32 = 8;
/** Room that must be free in the output ring before a unit of work begins. */
export const UNIT_OUTPUT_BYTES: u32 = 8192;
/** How far ahead a clock trigger looks for its next instant, and the sun for its next event. */
export const CLOCK_SEARCH_DAYS: i32 = 14700;
export const SUN_SEARCH_DAYS: i32 = 400;
/** Rows that a rule of constant commands may leave; longer ones run like any other rule. */
export const INSTANT_ROWS_MAX: u32 = 64;
