// How long and how much, in one place; units last.

export const COMMAND_MS = 4_500;
/** One question to a lamp. */
export const ANSWER_MS = 4_000;
/** A lamp that is busy with someone else is asked so often, so long apart. */
export const BUSY_ATTEMPTS = 5;
export const BUSY_MS = 150;
/** A lamp with a socket is asked whether it is still there; one without is asked what it does. */
export const BEAT_MS = 10_000;
export const POLL_MS = 5_000;
/** A lamp whose sockets are taken is asked for one again, more and more seldom. */
export const SOCKET_AGAIN_MS = 30_000;
export const SOCKET_AGAIN_LONGEST_MS = 300_000;
export const RETRY_FIRST_MS = 1_000;
export const RETRY_LONGEST_MS = 15_000;
/** How long a start waits for lamps that are known. */
export const START_WAIT_MS = 2_000;

export const ANSWER_BYTES_MAX = 262_144;
export const SEGMENTS_MAX = 32;
export const EFFECTS_MAX = 255;
export const DEVICES_MAX = 200;
export const FOUND_LAMPS_MAX = 200;
/** Strangers on the network that are looked at in one instant. */
export const LOOKS_AT_ONCE_MAX = 4;
