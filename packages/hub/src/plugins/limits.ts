// Every limit of the plugin host, units last. What may cross the wire stands in the SDK, since both sides must know it.

export const HEARTBEAT_INTERVAL_MS = 500;
export const SILENCE_MAX_MS = 2_000;
/** While a plugin loads and sets up. */
export const LOADING_SILENCE_MAX_MS = 30_000;
/** How long a plugin may take to stop before it is killed. */
export const STOP_GRACE_MS = 1_500;
/** How long `setup` may take. A radio forms its network in it. */
export const SETUP_MAX_MS = 120_000;
/** How long people who start a plugin are kept waiting for how that ends; then they are told that it is starting. */
export const START_ANSWER_MAX_MS = 30_000;
/** What is asked of a plugin without a deadline of its own. */
export const CALL_MAX_MS = 10_000;
export const INSTALL_MAX_MS = 300_000;
export const DESCRIBE_MAX_MS = 15_000;

export const RESTART_DELAY_FIRST_MS = 100;
export const RESTART_DELAY_MAX_MS = 60_000;
export const CRASHES_MAX = 5;
export const CRASH_WINDOW_MS = 10 * 60_000;

/** Messages other than reports and events, which credits pace. */
export const MESSAGES_PER_SECOND = 2_000;
export const MESSAGES_BURST = 4_000;
/** How long the inputs of one plugin may keep the hub before it turns to others for as long. */
export const INPUT_SLICE_MS = 1;
export const CALLS_OPEN_MAX = 256;
/** How far beyond its credit a plugin may go before it is no longer read. */
export const CREDIT_SLACK_INPUTS = 256;
/** Bytes a plugin may leave unread in its socket before it counts as hung. */
export const BACKLOG_BYTES_MAX = 8 * 1_048_576;

export const OUTPUT_BYTES_PER_TURN = 65_536;
export const OUTPUT_TURN_MS = 100;
export const LOG_LINES_KEPT = 500;
export const LOG_LINES_PER_SECOND = 50;
export const LOG_LINES_BURST = 200;

export const MEMORY_DEFAULT_MIB = 128;
export const MEMORY_MAX_MIB = 1_024;
/** Memory outside the heap (code, buffers) that a plugin may have on top of its heap. */
export const MEMORY_BESIDE_HEAP_MIB = 128;
export const PAIRING_SECONDS_MAX = 900;
export const STORE_VALUE_BYTES_MAX = 768 * 1024;
export const PLUGIN_ANSWER_NAME_MAX = 64;
