// oxlint-disable max-lines -- one table, to be read beside its twin.
// What core and host must agree on: the layout of memory and the numbers of instructions. Offsets are bytes within their
// record. The core has the same file in its own language (assembly/abi.ts); a test compares the two.

export const ABI_VERSION = 1;

// Header: where everything lies, then the part of the state that is single values, then what lives within one step.
export const HEADER = 16384;
export const H_SLOTS = 16392;
export const H_SLOT_COUNT = 16396;
export const H_RULES = 16400;
export const H_RULE_COUNT = 16404;
export const H_CELLS = 16408;
export const H_CELL_COUNT = 16412;
export const H_HOLDS = 16416;
export const H_HOLD_COUNT = 16420;
export const H_CHAINS = 16424;
export const H_CHAIN_COUNT = 16428;
export const H_RUNS = 16432;
export const H_RUN_CAPACITY = 16436;
export const H_STRANDS = 16440;
export const H_STRAND_CAPACITY = 16444;
export const H_TIMERS = 16448;
export const H_TIMER_CAPACITY = 16452;
export const H_SLOT_TABLE = 16456;
export const H_NAMED_SLOTS = 16460;
export const H_RULE_TABLE = 16464;
export const H_TRIGGERS = 16468;
export const H_TRIGGER_COUNT = 16472;
export const H_HOLD_TABLE = 16476;
export const H_ZONES = 16480;
export const H_ZONE_COUNT = 16484;
export const H_HOLIDAYS = 16488;
export const H_HOLIDAY_COUNT = 16492;
export const H_STACK = 16496;
export const H_MEMO = 16500;
export const H_QUEUE = 16504;
export const H_QUEUE_CAPACITY = 16508;
export const H_EVENTS = 16512;
export const H_OUT = 16516;
export const H_OUT_CAPACITY = 16520;
export const H_ROW_RULES = 16524;
export const H_ROW_SLOTS = 16528;
export const H_ROW_VALUES = 16532;
export const H_ROW_CAPACITY = 16536;
export const H_MODE_SLOT = 16540;
export const H_LATITUDE = 16544;
export const H_LONGITUDE = 16552;
export const H_WEEKDAY_NAMES = 16560;
export const H_CELL_OWNERS = 16564;

export const H_STATE = 16640;
export const H_NOW = 16640;
export const H_SEQUENCE = 16648;
export const H_RANDOM = 16656;
export const H_RUN_HIGH = 16664;
export const H_RUN_FREE = 16668;
export const H_STRAND_HIGH = 16672;
export const H_STRAND_FREE = 16676;
export const H_TIMER_COUNT = 16680;
export const H_INPUT_MARK = 16684;
export const H_LIVE_RUNS = 16688;
export const H_STATE_END = 16704;

export const H_TARGET = 16704;
export const H_STAGE = 16712;
export const H_DOWNTIME = 16716;
export const H_EVENT_NEXT = 16720;
export const H_EVENT_COUNT = 16724;
export const H_ENTRY = 16728;
export const H_ENTRY_END = 16732;
export const H_WAIT_RUN = 16736;
export const H_WAIT_ORDINAL = 16740;
export const H_READY = 16744;
export const H_CHAIN_INPUTS = 16748;
export const H_QUEUE_HEAD = 16752;
export const H_QUEUE_LENGTH = 16756;
export const H_OUT_LENGTH = 16760;
export const H_ROWS = 16764;
export const H_ROW_COUNT = 16768;
export const H_MEMO_COUNT = 16772;
export const H_NEED = 16776;
export const H_NEED_COUNT = 16780;
export const H_NEED_PLACE = 16784;
export const H_FAILED_CONDITION = 16788;
export const H_CHAIN_STEPS = 16792;
export const H_INITIAL = 16796;
export const H_START_RULE = 16808;
export const H_START_CAUSE = 16816;
export const H_START_CONTEXT = 16832;
export const H_INPUT = 16864;
export const H_BATCH = 16944;
export const H_BATCH_NEXT = 16948;
export const H_END = 16960;

// A slot: one value of the home (a property, the mode, a variable, a person's presence, a schedule, whether online).
export const SLOT_SIZE = 32;
export const SLOT_VALUE = 0;
export const SLOT_KNOWN = 8;
export const SLOT_CHANGED = 16;
export const SLOT_ORIGIN = 24;

// What the rules attach to a slot.
export const TABLE_SIZE = 24;
export const TABLE_ENTRIES = 0;
export const TABLE_ENTRY_COUNT = 4;
export const TABLE_HOLDS = 8;
export const TABLE_HOLD_COUNT = 12;
export const TABLE_CHAIN = 16;
export const TABLE_BOOLEAN = 20;

// An entry of a slot's list, with its predicate in it where that is simple.
export const ENTRY_SIZE = 32;
export const ENTRY_KIND = 0;
export const ENTRY_RULE = 4;
export const ENTRY_VALUE = 8;
export const ENTRY_TRIGGER = 16;
export const ENTRY_CELL = 20;
export const ENTRY_DEVICE = 24;
export const ENTRY_MEMBER = 28;
export const ENTRY_WAITS = 1;
export const ENTRY_EQUALS = 2;
export const ENTRY_ABOVE = 3;
export const ENTRY_BELOW = 4;
export const ENTRY_PROPERTY = 5;
export const ENTRY_STATEMENT = 6;
export const ENTRY_EXPRESSION = 7;
export const ENTRY_EVENT = 8;
export const ENTRY_SOURCE = 9;

// A rule's state and its constant part.
export const RULE_SIZE = 32;
export const RULE_ENABLED = 0;
export const RULE_OFFENCES = 4;
export const RULE_FIRST = 8;
export const RULE_LAST = 12;
export const RULE_RUNNING = 16;
export const RULE_RUN_COUNTER = 20;
export const RULE_MARK = 24;
export const CODE_SIZE = 32;
export const CODE_MODE = 0;
export const CODE_MAX = 4;
export const CODE_CONDITIONS = 8;
export const CODE_ACTIONS = 12;
export const CODE_MISSED = 16;
export const CODE_INSTANT = 20;
export const CODE_CELLS = 24;
export const CODE_CELL_COUNT = 28;
/** Of CODE_INSTANT: constant commands of any kind, or values alone, which a batch leaves as rows. */
export const INSTANT_COMMANDS = 1;
export const INSTANT_ROWS = 2;
export const MODE_SINGLE = 0;
export const MODE_RESTART = 1;
export const MODE_QUEUED = 2;
export const MODE_PARALLEL = 3;

// What started a run, or ended a wait.
export const CONTEXT_SIZE = 32;
export const CONTEXT_VALUE = 0;
export const CONTEXT_TRIGGER = 8;
export const CONTEXT_DEVICE = 12;
export const CONTEXT_ACTION = 16;
export const CONTEXT_DATA = 20;
export const CONTEXT_ORIGIN = 24;
export const CONTEXT_INDEX = 28;
/** As the field of an instruction: the action, or else the trigger. */
export const CONTEXT_NAME = 6;

// A run, and a strand of it: parallel branches are strands of one run.
export const RUN_SIZE = 208;
export const RUN_RULE = 0;
export const RUN_NEXT = 4;
export const RUN_PREVIOUS = 8;
export const RUN_STATE = 12;
export const RUN_ID = 16;
export const RUN_STRANDS = 20;
export const RUN_ORDINALS = 24;
export const RUN_COMMANDS = 28;
export const RUN_CAUSE = 32;
export const RUN_CONTEXT = 48;
export const RUN_STEPS = 84;
export const RUN_STEPS_AT = 88;
export const RUN_STARTED = 96;
export const RUN_LOCALS = 104;
export const RUN_TIMED_OUT = 168;
export const RUN_VERSION = 172;
export const RUN_WAIT_CONTEXT = 176;
export const RUN_FREE = 0;
export const RUN_QUEUED = 1;
export const RUN_RUNNING = 2;

export const STRAND_SIZE = 104;
export const STRAND_RUN = 0;
export const STRAND_NEXT = 4;
export const STRAND_PARENT = 8;
export const STRAND_CODE = 12;
export const STRAND_STATUS = 16;
export const STRAND_ORDINAL = 24;
export const STRAND_CHILDREN = 28;
/** Of a strand that listens: the slot. */
export const STRAND_LISTENS_TO = 28;
export const STRAND_READY = 32;
export const STRAND_AWAITED = 36;
export const STRAND_TIMEOUT = 40;
export const STRAND_CELL = 48;
export const STATUS_FREE = 0;
export const STATUS_READY = 1;
export const STATUS_DELAY = 2;
export const STATUS_CONDITION = 3;
export const STATUS_EVENT = 4;
export const STATUS_OUTCOME = 5;
export const STATUS_CHILDREN = 6;
export const STATUS_LISTENS = 7;
/** Whether the run's last wait timed out; 0 while it has not waited. */
export const TIMED_OUT_YES = 1;
export const TIMED_OUT_NO = 2;
export const NO_TIME = 9e15;

// A cell: what a trigger or a waiting strand must remember, and its timer.
export const CELL_SIZE = 56;
export const CELL_FLAGS = 0;
export const CELL_TIMER = 4;
export const CELL_CAUSE = 8;
export const CELL_VALUE = 16;
export const CELL_DEVICE = 24;
export const CELL_ORIGIN = 28;
export const CELL_FOR_AT = 32;
export const CELL_RECHECK_AT = 40;
export const CELL_MEMBER = 52;
export const CELL_ARMED = 1;
export const CELL_PENDING = 2;
export const CELL_BROKEN = 4;
export const CELL_MISSED = 8;
export const CELL_STATEMENT = 48;
export const CELL_STATEMENT_SHIFT = 4;
export const CELL_FRESH = 64;

export const HOLD_SIZE = 16;
export const HOLD_SINCE = 0;
export const HOLD_STATE = 8;
export const HOLD_FRESH = 3;

export const CHAIN_SIZE = 24;
export const CHAIN_AT = 0;
export const CHAIN_START = 8;
export const CHAIN_DEPTH = 16;

export const TIMER_SIZE = 32;
export const TIMER_AT = 0;
export const TIMER_KEY = 8;
export const TIMER_RULE = 16;
export const TIMER_CELL = 20;
export const TIMER_OWNER = 24;
export const TIMER_KIND = 28;
export const TIMER_TRIGGER = 1;
export const TIMER_STRAND = 2;
/** Strands sort before triggers of the same rule and instant. */
export const TRIGGER_KEYS = 35184372088832;

// A predicate over one slot or over a set of slots; a trigger begins with one.
export const PREDICATE_SIZE = 48;
export const PREDICATE_KIND = 0;
export const PREDICATE_TESTS = 4;
export const PREDICATE_SLOT = 8;
export const PREDICATE_MEMBERS = 12;
export const PREDICATE_MEMBER_COUNT = 16;
export const PREDICATE_VALUES = 20;
export const PREDICATE_VALUE_COUNT = 24;
export const PREDICATE_ORIGINS = 28;
export const PREDICATE_LOW = 32;
export const PREDICATE_HIGH = 40;
export const OVER_ONE = 0;
export const OVER_ANY = 1;
export const OVER_ALL = 2;
export const OVER_NONE = 3;
export const TEST_VALUES = 1;
export const TEST_ABOVE = 2;
export const TEST_BELOW = 4;
export const TEST_FROM = 8;
export const TEST_TO = 16;
export const TEST_UNKNOWN = 32;
export const TEST_KNOWN = 64;

export const TRIGGER_SIZE = 112;
export const TRIGGER_KIND = 48;
export const TRIGGER_FLAGS = 52;
export const TRIGGER_RULE = 56;
export const TRIGGER_INDEX = 60;
export const TRIGGER_ID = 64;
export const TRIGGER_CELL = 68;
export const TRIGGER_FROM = 72;
export const TRIGGER_FROM_COUNT = 76;
export const TRIGGER_FOR = 80;
export const TRIGGER_HYSTERESIS = 88;
export const TRIGGER_CODE = 96;
export const TRIGGER_BUTTON = 100;
export const TRIGGER_CLOCK = 104;
export const TRIGGER_DEVICES = 108;
export const KIND_PROPERTY = 1;
export const KIND_STATEMENT = 2;
export const KIND_EVENT = 3;
export const KIND_EXPRESSION = 4;
export const KIND_TIME = 5;
export const KIND_EVERY = 6;
export const KIND_CRON = 7;
export const KIND_SUN = 8;
export const KIND_MANUAL = 9;
export const TRIGGER_CHANGES = 1;
export const TRIGGER_LEAVES = 2;
export const TRIGGER_HAS_FROM = 4;
export const TRIGGER_HAS_HYSTERESIS = 8;
export const TRIGGER_HAS_FOR = 16;

export const CLOCK_SIZE = 56;
export const CLOCK_WEEKDAYS = 0;
export const CLOCK_TIMES = 4;
export const CLOCK_TIME_COUNT = 8;
export const CLOCK_DATES = 12;
export const CLOCK_DATE_COUNT = 16;
export const CLOCK_SOURCE = 20;
export const CLOCK_PERIOD = 24;
export const CLOCK_MINUTES = 24;
export const CLOCK_HOURS = 32;
export const CLOCK_DAYS = 36;
export const CLOCK_MONTHS = 40;
export const CLOCK_WEEK = 44;
export const CLOCK_EITHER = 48;
export const CLOCK_SUN_EVENT = 20;
export const CLOCK_OFFSET = 24;
export const CLOCK_ELEVATION = 32;
export const CLOCK_DIRECTION = 40;
export const SUN_SUNRISE = 0;
export const SUN_SUNSET = 1;
export const SUN_DAWN = 2;
export const SUN_DUSK = 3;
export const SUN_NOON = 4;
export const SUN_ELEVATION = 5;
export const NO_SOURCE = 4294967295;

// An input: an event of the host, or what an action queued.
export const INPUT_SIZE = 80;
export const INPUT_KIND = 0;
export const INPUT_SLOT = 4;
export const INPUT_VALUE = 8;
export const INPUT_PREVIOUS = 16;
export const INPUT_DEVICE = 24;
export const INPUT_ACTION = 28;
export const INPUT_BUTTON = 32;
export const INPUT_DATA = 36;
export const INPUT_ORIGIN = 40;
export const INPUT_DEPTH = 44;
export const INPUT_CAUSE = 48;
export const INPUT_CHAIN_START = 56;
export const INPUT_RULE = 64;
export const INPUT_RUN = 68;
export const INPUT_SILENT = 72;
export const INPUT_VALUE_REPORT = 1;
export const INPUT_VALUE_CHANGED = 2;
export const INPUT_EVENT = 3;
export const INPUT_START_RULE = 4;
export const INPUT_OUTCOME = 5;
export const INPUT_CANCEL = 6;
export const INPUT_SWITCH = 7;
/** Where reports come from that do not say: the first of the origins. */
export const DEVICE_ORIGIN = 1;

// An instruction.
export const OP_SIZE = 24;
export const OP_CODE = 0;
export const OP_NEGATED = 1;
export const OP_JUMPS_ON_PASS = 2;
export const OP_AUX = 3;
export const OP_TARGET = 4;
export const OP_A = 8;
export const OP_B = 12;
export const OP_VALUE = 16;

// Conditions: each leaf passes or not, and jumps accordingly.
export const OP_PASS = 1;
export const OP_FAIL = 2;
export const OP_EQUAL_TO = 3;
export const OP_ABOVE = 4;
export const OP_BELOW = 5;
export const OP_AT_LEAST = 6;
export const OP_AT_MOST = 7;
export const OP_IS_UNKNOWN = 8;
export const OP_HELD = 9;
export const OP_STATEMENT = 11;
export const OP_ANY_HELD = 12;
export const OP_TIME = 13;
export const OP_SUN = 14;
export const OP_TRIGGER_IS = 15;
export const OP_TEST = 16;

// Expressions, on the stack.
export const OP_END = 20;
export const OP_CONSTANT = 21;
export const OP_LOAD = 22;
export const OP_NOW = 23;
export const OP_SUN_POSITION = 24;
export const OP_HOUR = 25;
export const OP_WEEKDAY = 26;
export const OP_SINCE = 27;
export const OP_NEGATE = 28;
export const OP_NOT = 29;
export const OP_ADD = 30;
export const OP_SUBTRACT = 31;
export const OP_MULTIPLY = 32;
export const OP_DIVIDE = 33;
export const OP_REMAINDER = 34;
export const OP_EQ = 35;
export const OP_NE = 36;
export const OP_LT = 37;
export const OP_LE = 38;
export const OP_GT = 39;
export const OP_GE = 40;
export const OP_AND = 41;
export const OP_OR = 42;
export const OP_MIN = 43;
export const OP_MAX = 44;
export const OP_ABS = 45;
export const OP_ROUND = 46;
export const OP_CLAMP = 47;
export const OP_RANDOM = 48;
export const OP_COUNT = 49;
export const OP_AVERAGE = 50;
export const OP_CONTEXT = 51;
export const OP_WAIT_CONTEXT = 52;
export const OP_TIMED_OUT = 53;
export const OP_REPEAT_INDEX = 54;
export const OP_REPEAT_ITEM = 55;
export const OP_HOST = 56;
export const OP_NOT_KNOWN = 57;

// Actions.
export const OP_ACT = 70;
export const OP_SET_ROWS = 71;
export const OP_MODE = 72;
export const OP_EMIT = 73;
export const OP_VARIABLE = 74;
export const OP_AUTOMATION = 75;
export const OP_DELAY = 76;
export const OP_WAIT = 77;
export const OP_WAIT_EVENT = 78;
export const OP_JUMP = 79;
export const OP_JUMP_UNLESS = 80;
export const OP_REPEAT = 81;
export const OP_ROUND_NEXT = 82;
export const OP_PARALLEL = 83;
export const OP_BRANCH_END = 84;
export const OP_STOP = 85;
export const OP_FINISH = 86;
export const OP_STEP = 69;
export const OP_OUTCOME = 88;

// Requests to the host, which alone knows text.
export const HOST_JOIN = 1;
export const HOST_TEXT = 2;
export const HOST_NAMES = 3;
export const HOST_FIELD = 4;
export const HOST_DATA = 5;
export const HOST_DURATION = 6;
export const HOST_TIME_OF_DAY = 7;
export const HOST_PROPERTY = 8;
export const HOST_VARIABLE = 9;
export const HOST_BIND = 10;
export const HOST_SCHEDULE = 11;
export const MEMO_SIZE = 48;

// Records of the output ring.
export const OUT_COMMAND = 1;
export const OUT_TRACE = 2;
export const OUT_TYPE = 0;
export const OUT_RULE = 4;
export const OUT_ACTION = 8;
export const OUT_VALUE_COUNT = 12;
export const OUT_RUN = 16;
export const OUT_NUMBER = 20;
export const OUT_AT = 24;
export const OUT_CAUSE = 32;
export const OUT_DEVICE = 40;
export const OUT_VALUES = 48;
export const OUT_OUTCOME = 8;
export const OUT_TRIGGER = 12;
export const OUT_PLACE = 20;
export const TRACE_SIZE = 40;
export const OUTCOME_FINISHED = 0;
export const OUTCOME_STOPPED = 1;
export const OUTCOME_CANCELLED = 2;
export const OUTCOME_DROPPED = 3;
export const OUTCOME_CONDITIONS = 4;
export const OUTCOME_FUEL = 5;
export const OUTCOME_CASCADE = 6;

// Answers of a unit of work and of a step.
export const UNIT_DONE = 0;
export const STEP_IDLE = 1;
export const STEP_FULL = 2;
export const STEP_NEEDS = 3;
