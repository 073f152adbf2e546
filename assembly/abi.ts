// What core and host must agree on: the layout of memory and the numbers of instructions. Offsets are bytes within their
// record. The core is built with this file and the host reads it as it is.

export const ABI_VERSION: u32 = 1;

// Header: where everything lies, then the part of the state that is single values, then what lives within one step.
export const HEADER: u32 = 16384;
export const H_SLOTS: u32 = 16392;
export const H_SLOT_COUNT: u32 = 16396;
export const H_RULES: u32 = 16400;
export const H_RULE_COUNT: u32 = 16404;
export const H_CELLS: u32 = 16408;
export const H_CELL_COUNT: u32 = 16412;
export const H_HOLDS: u32 = 16416;
export const H_HOLD_COUNT: u32 = 16420;
export const H_CHAINS: u32 = 16424;
export const H_CHAIN_COUNT: u32 = 16428;
export const H_RUNS: u32 = 16432;
export const H_RUN_CAPACITY: u32 = 16436;
export const H_STRANDS: u32 = 16440;
export const H_STRAND_CAPACITY: u32 = 16444;
export const H_TIMERS: u32 = 16448;
export const H_TIMER_CAPACITY: u32 = 16452;
export const H_SLOT_TABLE: u32 = 16456;
export const H_NAMED_SLOTS: u32 = 16460;
export const H_RULE_TABLE: u32 = 16464;
export const H_TRIGGERS: u32 = 16468;
export const H_TRIGGER_COUNT: u32 = 16472;
export const H_HOLD_TABLE: u32 = 16476;
export const H_ZONES: u32 = 16480;
export const H_ZONE_COUNT: u32 = 16484;
export const H_HOLIDAYS: u32 = 16488;
export const H_HOLIDAY_COUNT: u32 = 16492;
export const H_STACK: u32 = 16496;
export const H_MEMO: u32 = 16500;
export const H_QUEUE: u32 = 16504;
export const H_QUEUE_CAPACITY: u32 = 16508;
export const H_EVENTS: u32 = 16512;
export const H_OUT: u32 = 16516;
export const H_OUT_CAPACITY: u32 = 16520;
export const H_ROW_RULES: u32 = 16524;
export const H_ROW_SLOTS: u32 = 16528;
export const H_ROW_VALUES: u32 = 16532;
export const H_ROW_CAPACITY: u32 = 16536;
export const H_MODE_SLOT: u32 = 16540;
export const H_LATITUDE: u32 = 16544;
export const H_LONGITUDE: u32 = 16552;
export const H_WEEKDAY_NAMES: u32 = 16560;
export const H_CELL_OWNERS: u32 = 16564;

export const H_STATE: u32 = 16640;
export const H_NOW: u32 = 16640;
export const H_SEQUENCE: u32 = 16648;
export const H_RANDOM: u32 = 16656;
export const H_RUN_HIGH: u32 = 16664;
export const H_RUN_FREE: u32 = 16668;
export const H_STRAND_HIGH: u32 = 16672;
export const H_STRAND_FREE: u32 = 16676;
export const H_TIMER_COUNT: u32 = 16680;
export const H_INPUT_MARK: u32 = 16684;
export const H_LIVE_RUNS: u32 = 16688;
export const H_STATE_END: u32 = 16704;

export const H_TARGET: u32 = 16704;
export const H_STAGE: u32 = 16712;
export const H_DOWNTIME: u32 = 16716;
export const H_EVENT_NEXT: u32 = 16720;
export const H_EVENT_COUNT: u32 = 16724;
export const H_ENTRY: u32 = 16728;
export const H_ENTRY_END: u32 = 16732;
export const H_WAIT_RUN: u32 = 16736;
export const H_WAIT_ORDINAL: u32 = 16740;
export const H_READY: u32 = 16744;
export const H_CHAIN_INPUTS: u32 = 16748;
export const H_QUEUE_HEAD: u32 = 16752;
export const H_QUEUE_LENGTH: u32 = 16756;
export const H_OUT_LENGTH: u32 = 16760;
export const H_ROWS: u32 = 16764;
export const H_ROW_COUNT: u32 = 16768;
export const H_MEMO_COUNT: u32 = 16772;
export const H_NEED: u32 = 16776;
export const H_NEED_COUNT: u32 = 16780;
export const H_NEED_PLACE: u32 = 16784;
export const H_FAILED_CONDITION: u32 = 16788;
export const H_CHAIN_STEPS: u32 = 16792;
export const H_INITIAL: u32 = 16796;
export const H_START_RULE: u32 = 16808;
export const H_START_CAUSE: u32 = 16816;
export const H_START_CONTEXT: u32 = 16832;
export const H_INPUT: u32 = 16864;
export const H_BATCH: u32 = 16944;
export const H_BATCH_NEXT: u32 = 16948;
export const H_END: u32 = 16960;

// A slot: one value of the home (a property, the mode, a variable, a person's presence, a schedule, whether online).
export const SLOT_SIZE: u32 = 32;
export const SLOT_VALUE: u32 = 0;
export const SLOT_KNOWN: u32 = 8;
export const SLOT_CHANGED: u32 = 16;
export const SLOT_ORIGIN: u32 = 24;

// What the rules attach to a slot.
export const TABLE_SIZE: u32 = 24;
export const TABLE_ENTRIES: u32 = 0;
export const TABLE_ENTRY_COUNT: u32 = 4;
export const TABLE_HOLDS: u32 = 8;
export const TABLE_HOLD_COUNT: u32 = 12;
export const TABLE_CHAIN: u32 = 16;
export const TABLE_BOOLEAN: u32 = 20;

// An entry of a slot's list, with its predicate in it where that is simple.
export const ENTRY_SIZE: u32 = 32;
export const ENTRY_KIND: u32 = 0;
export const ENTRY_RULE: u32 = 4;
export const ENTRY_VALUE: u32 = 8;
export const ENTRY_TRIGGER: u32 = 16;
export const ENTRY_CELL: u32 = 20;
export const ENTRY_DEVICE: u32 = 24;
export const ENTRY_MEMBER: u32 = 28;
export const ENTRY_WAITS: u32 = 1;
export const ENTRY_EQUALS: u32 = 2;
export const ENTRY_ABOVE: u32 = 3;
export const ENTRY_BELOW: u32 = 4;
export const ENTRY_PROPERTY: u32 = 5;
export const ENTRY_STATEMENT: u32 = 6;
export const ENTRY_EXPRESSION: u32 = 7;
export const ENTRY_EVENT: u32 = 8;
export const ENTRY_SOURCE: u32 = 9;

// A rule's state and its constant part.
export const RULE_SIZE: u32 = 32;
export const RULE_ENABLED: u32 = 0;
export const RULE_OFFENCES: u32 = 4;
export const RULE_FIRST: u32 = 8;
export const RULE_LAST: u32 = 12;
export const RULE_RUNNING: u32 = 16;
export const RULE_RUN_COUNTER: u32 = 20;
export const RULE_MARK: u32 = 24;
export const CODE_SIZE: u32 = 32;
export const CODE_MODE: u32 = 0;
export const CODE_MAX: u32 = 4;
export const CODE_CONDITIONS: u32 = 8;
export const CODE_ACTIONS: u32 = 12;
export const CODE_MISSED: u32 = 16;
export const CODE_INSTANT: u32 = 20;
export const CODE_CELLS: u32 = 24;
export const CODE_CELL_COUNT: u32 = 28;
/** Of CODE_INSTANT: constant commands of any kind, or values alone, which a batch leaves as rows. */
export const INSTANT_COMMANDS: u32 = 1;
export const INSTANT_ROWS: u32 = 2;
export const MODE_SINGLE: u32 = 0;
export const MODE_RESTART: u32 = 1;
export const MODE_QUEUED: u32 = 2;
export const MODE_PARALLEL: u32 = 3;

// What started a run, or ended a wait.
export const CONTEXT_SIZE: u32 = 32;
export const CONTEXT_VALUE: u32 = 0;
export const CONTEXT_TRIGGER: u32 = 8;
export const CONTEXT_DEVICE: u32 = 12;
export const CONTEXT_ACTION: u32 = 16;
export const CONTEXT_DATA: u32 = 20;
export const CONTEXT_ORIGIN: u32 = 24;
export const CONTEXT_INDEX: u32 = 28;
/** As the field of an instruction: the action, or else the trigger. */
export const CONTEXT_NAME: u32 = 6;

// A run, and a strand of it: parallel branches are strands of one run.
export const RUN_SIZE: u32 = 208;
export const RUN_RULE: u32 = 0;
export const RUN_NEXT: u32 = 4;
export const RUN_PREVIOUS: u32 = 8;
export const RUN_STATE: u32 = 12;
export const RUN_ID: u32 = 16;
export const RUN_STRANDS: u32 = 20;
export const RUN_ORDINALS: u32 = 24;
export const RUN_COMMANDS: u32 = 28;
export const RUN_CAUSE: u32 = 32;
export const RUN_CONTEXT: u32 = 48;
export const RUN_STEPS: u32 = 84;
export const RUN_STEPS_AT: u32 = 88;
export const RUN_STARTED: u32 = 96;
export const RUN_LOCALS: u32 = 104;
export const RUN_TIMED_OUT: u32 = 168;
export const RUN_VERSION: u32 = 172;
export const RUN_WAIT_CONTEXT: u32 = 176;
export const RUN_FREE: u32 = 0;
export const RUN_QUEUED: u32 = 1;
export const RUN_RUNNING: u32 = 2;

export const STRAND_SIZE: u32 = 104;
export const STRAND_RUN: u32 = 0;
export const STRAND_NEXT: u32 = 4;
export const STRAND_PARENT: u32 = 8;
export const STRAND_CODE: u32 = 12;
export const STRAND_STATUS: u32 = 16;
export const STRAND_ORDINAL: u32 = 24;
export const STRAND_CHILDREN: u32 = 28;
/** Of a strand that listens: the slot. */
export const STRAND_LISTENS_TO: u32 = 28;
export const STRAND_READY: u32 = 32;
export const STRAND_AWAITED: u32 = 36;
export const STRAND_TIMEOUT: u32 = 40;
export const STRAND_CELL: u32 = 48;
export const STATUS_FREE: u32 = 0;
export const STATUS_READY: u32 = 1;
export const STATUS_DELAY: u32 = 2;
export const STATUS_CONDITION: u32 = 3;
export const STATUS_EVENT: u32 = 4;
export const STATUS_OUTCOME: u32 = 5;
export const STATUS_CHILDREN: u32 = 6;
export const STATUS_LISTENS: u32 = 7;
/** Whether the run's last wait timed out; 0 while it has not waited. */
export const TIMED_OUT_YES: u32 = 1;
export const TIMED_OUT_NO: u32 = 2;
export const NO_TIME: f64 = 9e15;

// A cell: what a trigger or a waiting strand must remember, and its timer.
export const CELL_SIZE: u32 = 56;
export const CELL_FLAGS: u32 = 0;
export const CELL_TIMER: u32 = 4;
export const CELL_CAUSE: u32 = 8;
export const CELL_VALUE: u32 = 16;
export const CELL_DEVICE: u32 = 24;
export const CELL_ORIGIN: u32 = 28;
export const CELL_FOR_AT: u32 = 32;
export const CELL_RECHECK_AT: u32 = 40;
export const CELL_MEMBER: u32 = 52;
export const CELL_ARMED: u32 = 1;
export const CELL_PENDING: u32 = 2;
export const CELL_BROKEN: u32 = 4;
export const CELL_MISSED: u32 = 8;
export const CELL_STATEMENT: u32 = 48;
export const CELL_STATEMENT_SHIFT: u32 = 4;
export const CELL_FRESH: u32 = 64;

export const HOLD_SIZE: u32 = 16;
export const HOLD_SINCE: u32 = 0;
export const HOLD_STATE: u32 = 8;
export const HOLD_FRESH: u32 = 3;

export const CHAIN_SIZE: u32 = 24;
export const CHAIN_AT: u32 = 0;
export const CHAIN_START: u32 = 8;
export const CHAIN_DEPTH: u32 = 16;

export const TIMER_SIZE: u32 = 32;
export const TIMER_AT: u32 = 0;
export const TIMER_KEY: u32 = 8;
export const TIMER_RULE: u32 = 16;
export const TIMER_CELL: u32 = 20;
export const TIMER_OWNER: u32 = 24;
export const TIMER_KIND: u32 = 28;
export const TIMER_TRIGGER: u32 = 1;
export const TIMER_STRAND: u32 = 2;
/** Strands sort before triggers of the same rule and instant. */
export const TRIGGER_KEYS: f64 = 35184372088832;

// A predicate over one slot or over a set of slots; a trigger begins with one.
export const PREDICATE_SIZE: u32 = 48;
export const PREDICATE_KIND: u32 = 0;
export const PREDICATE_TESTS: u32 = 4;
export const PREDICATE_SLOT: u32 = 8;
export const PREDICATE_MEMBERS: u32 = 12;
export const PREDICATE_MEMBER_COUNT: u32 = 16;
export const PREDICATE_VALUES: u32 = 20;
export const PREDICATE_VALUE_COUNT: u32 = 24;
export const PREDICATE_ORIGINS: u32 = 28;
export const PREDICATE_LOW: u32 = 32;
export const PREDICATE_HIGH: u32 = 40;
export const OVER_ONE: u32 = 0;
export const OVER_ANY: u32 = 1;
export const OVER_ALL: u32 = 2;
export const OVER_NONE: u32 = 3;
export const TEST_VALUES: u32 = 1;
export const TEST_ABOVE: u32 = 2;
export const TEST_BELOW: u32 = 4;
export const TEST_FROM: u32 = 8;
export const TEST_TO: u32 = 16;
export const TEST_UNKNOWN: u32 = 32;
export const TEST_KNOWN: u32 = 64;

export const TRIGGER_SIZE: u32 = 112;
export const TRIGGER_KIND: u32 = 48;
export const TRIGGER_FLAGS: u32 = 52;
export const TRIGGER_RULE: u32 = 56;
export const TRIGGER_INDEX: u32 = 60;
export const TRIGGER_ID: u32 = 64;
export const TRIGGER_CELL: u32 = 68;
export const TRIGGER_FROM: u32 = 72;
export const TRIGGER_FROM_COUNT: u32 = 76;
export const TRIGGER_FOR: u32 = 80;
export const TRIGGER_HYSTERESIS: u32 = 88;
export const TRIGGER_CODE: u32 = 96;
export const TRIGGER_BUTTON: u32 = 100;
export const TRIGGER_CLOCK: u32 = 104;
export const TRIGGER_DEVICES: u32 = 108;
export const KIND_PROPERTY: u32 = 1;
export const KIND_STATEMENT: u32 = 2;
export const KIND_EVENT: u32 = 3;
export const KIND_EXPRESSION: u32 = 4;
export const KIND_TIME: u32 = 5;
export const KIND_EVERY: u32 = 6;
export const KIND_CRON: u32 = 7;
export const KIND_SUN: u32 = 8;
export const KIND_MANUAL: u32 = 9;
export const TRIGGER_CHANGES: u32 = 1;
export const TRIGGER_LEAVES: u32 = 2;
export const TRIGGER_HAS_FROM: u32 = 4;
export const TRIGGER_HAS_HYSTERESIS: u32 = 8;
export const TRIGGER_HAS_FOR: u32 = 16;

export const CLOCK_SIZE: u32 = 56;
export const CLOCK_WEEKDAYS: u32 = 0;
export const CLOCK_TIMES: u32 = 4;
export const CLOCK_TIME_COUNT: u32 = 8;
export const CLOCK_DATES: u32 = 12;
export const CLOCK_DATE_COUNT: u32 = 16;
export const CLOCK_SOURCE: u32 = 20;
export const CLOCK_PERIOD: u32 = 24;
export const CLOCK_MINUTES: u32 = 24;
export const CLOCK_HOURS: u32 = 32;
export const CLOCK_DAYS: u32 = 36;
export const CLOCK_MONTHS: u32 = 40;
export const CLOCK_WEEK: u32 = 44;
export const CLOCK_EITHER: u32 = 48;
export const CLOCK_SUN_EVENT: u32 = 20;
export const CLOCK_OFFSET: u32 = 24;
export const CLOCK_ELEVATION: u32 = 32;
export const CLOCK_DIRECTION: u32 = 40;
export const SUN_SUNRISE: u32 = 0;
export const SUN_SUNSET: u32 = 1;
export const SUN_DAWN: u32 = 2;
export const SUN_DUSK: u32 = 3;
export const SUN_NOON: u32 = 4;
export const SUN_ELEVATION: u32 = 5;
export const NO_SOURCE: u32 = 4294967295;

// An input: an event of the host, or what an action queued.
export const INPUT_SIZE: u32 = 80;
export const INPUT_KIND: u32 = 0;
export const INPUT_SLOT: u32 = 4;
export const INPUT_VALUE: u32 = 8;
export const INPUT_PREVIOUS: u32 = 16;
export const INPUT_DEVICE: u32 = 24;
export const INPUT_ACTION: u32 = 28;
export const INPUT_BUTTON: u32 = 32;
export const INPUT_DATA: u32 = 36;
export const INPUT_ORIGIN: u32 = 40;
export const INPUT_DEPTH: u32 = 44;
export const INPUT_CAUSE: u32 = 48;
export const INPUT_CHAIN_START: u32 = 56;
export const INPUT_RULE: u32 = 64;
export const INPUT_RUN: u32 = 68;
export const INPUT_SILENT: u32 = 72;
export const INPUT_VALUE_REPORT: u32 = 1;
export const INPUT_VALUE_CHANGED: u32 = 2;
export const INPUT_EVENT: u32 = 3;
export const INPUT_START_RULE: u32 = 4;
export const INPUT_OUTCOME: u32 = 5;
export const INPUT_CANCEL: u32 = 6;
export const INPUT_SWITCH: u32 = 7;
/** Where reports come from that do not say: the first of the origins. */
export const DEVICE_ORIGIN: u32 = 1;

// An instruction.
export const OP_SIZE: u32 = 24;
export const OP_CODE: u32 = 0;
export const OP_NEGATED: u32 = 1;
export const OP_JUMPS_ON_PASS: u32 = 2;
export const OP_AUX: u32 = 3;
export const OP_TARGET: u32 = 4;
export const OP_A: u32 = 8;
export const OP_B: u32 = 12;
export const OP_VALUE: u32 = 16;

// Conditions: each leaf passes or not, and jumps accordingly.
export const OP_PASS: u32 = 1;
export const OP_FAIL: u32 = 2;
export const OP_EQUAL_TO: u32 = 3;
export const OP_ABOVE: u32 = 4;
export const OP_BELOW: u32 = 5;
export const OP_AT_LEAST: u32 = 6;
export const OP_AT_MOST: u32 = 7;
export const OP_IS_UNKNOWN: u32 = 8;
export const OP_HELD: u32 = 9;
export const OP_STATEMENT: u32 = 11;
export const OP_ANY_HELD: u32 = 12;
export const OP_TIME: u32 = 13;
export const OP_SUN: u32 = 14;
export const OP_TRIGGER_IS: u32 = 15;
export const OP_TEST: u32 = 16;

// Expressions, on the stack.
export const OP_END: u32 = 20;
export const OP_CONSTANT: u32 = 21;
export const OP_LOAD: u32 = 22;
export const OP_NOW: u32 = 23;
export const OP_SUN_POSITION: u32 = 24;
export const OP_HOUR: u32 = 25;
export const OP_WEEKDAY: u32 = 26;
export const OP_SINCE: u32 = 27;
export const OP_NEGATE: u32 = 28;
export const OP_NOT: u32 = 29;
export const OP_ADD: u32 = 30;
export const OP_SUBTRACT: u32 = 31;
export const OP_MULTIPLY: u32 = 32;
export const OP_DIVIDE: u32 = 33;
export const OP_REMAINDER: u32 = 34;
export const OP_EQ: u32 = 35;
export const OP_NE: u32 = 36;
export const OP_LT: u32 = 37;
export const OP_LE: u32 = 38;
export const OP_GT: u32 = 39;
export const OP_GE: u32 = 40;
export const OP_AND: u32 = 41;
export const OP_OR: u32 = 42;
export const OP_MIN: u32 = 43;
export const OP_MAX: u32 = 44;
export const OP_ABS: u32 = 45;
export const OP_ROUND: u32 = 46;
export const OP_CLAMP: u32 = 47;
export const OP_RANDOM: u32 = 48;
export const OP_COUNT: u32 = 49;
export const OP_AVERAGE: u32 = 50;
export const OP_CONTEXT: u32 = 51;
export const OP_WAIT_CONTEXT: u32 = 52;
export const OP_TIMED_OUT: u32 = 53;
export const OP_REPEAT_INDEX: u32 = 54;
export const OP_REPEAT_ITEM: u32 = 55;
export const OP_HOST: u32 = 56;
export const OP_NOT_KNOWN: u32 = 57;

// Actions.
export const OP_ACT: u32 = 70;
export const OP_SET_ROWS: u32 = 71;
export const OP_MODE: u32 = 72;
export const OP_EMIT: u32 = 73;
export const OP_VARIABLE: u32 = 74;
export const OP_AUTOMATION: u32 = 75;
export const OP_DELAY: u32 = 76;
export const OP_WAIT: u32 = 77;
export const OP_WAIT_EVENT: u32 = 78;
export const OP_JUMP: u32 = 79;
export const OP_JUMP_UNLESS: u32 = 80;
export const OP_REPEAT: u32 = 81;
export const OP_ROUND_NEXT: u32 = 82;
export const OP_PARALLEL: u32 = 83;
export const OP_BRANCH_END: u32 = 84;
export const OP_STOP: u32 = 85;
export const OP_FINISH: u32 = 86;
export const OP_STEP: u32 = 69;
export const OP_OUTCOME: u32 = 88;

// Requests to the host, which alone knows text.
export const HOST_JOIN: u32 = 1;
export const HOST_TEXT: u32 = 2;
export const HOST_NAMES: u32 = 3;
export const HOST_FIELD: u32 = 4;
export const HOST_DATA: u32 = 5;
export const HOST_DURATION: u32 = 6;
export const HOST_TIME_OF_DAY: u32 = 7;
export const HOST_PROPERTY: u32 = 8;
export const HOST_VARIABLE: u32 = 9;
export const HOST_BIND: u32 = 10;
export const HOST_SCHEDULE: u32 = 11;
export const MEMO_SIZE: u32 = 48;

// Records of the output ring.
export const OUT_COMMAND: u32 = 1;
export const OUT_TRACE: u32 = 2;
export const OUT_TYPE: u32 = 0;
export const OUT_RULE: u32 = 4;
export const OUT_ACTION: u32 = 8;
export const OUT_VALUE_COUNT: u32 = 12;
export const OUT_RUN: u32 = 16;
export const OUT_NUMBER: u32 = 20;
export const OUT_AT: u32 = 24;
export const OUT_CAUSE: u32 = 32;
export const OUT_DEVICE: u32 = 40;
export const OUT_VALUES: u32 = 48;
export const OUT_OUTCOME: u32 = 8;
export const OUT_TRIGGER: u32 = 12;
export const OUT_PLACE: u32 = 20;
export const TRACE_SIZE: u32 = 40;
export const OUTCOME_FINISHED: u32 = 0;
export const OUTCOME_STOPPED: u32 = 1;
export const OUTCOME_CANCELLED: u32 = 2;
export const OUTCOME_DROPPED: u32 = 3;
export const OUTCOME_CONDITIONS: u32 = 4;
export const OUTCOME_FUEL: u32 = 5;
export const OUTCOME_CASCADE: u32 = 6;

// Answers of a unit of work and of a step.
export const UNIT_DONE: u32 = 0;
export const STEP_IDLE: u32 = 1;
export const STEP_FULL: u32 = 2;
export const STEP_NEEDS: u32 = 3;
