// Limits and times of the plugin, units last.

/** As long as joining can be permitted at once. */
export const PAIRING_SECONDS_MAX = 254;
export const BACKOFF_FIRST_MS = 100;
export const BACKOFF_MAX_MS = 10_000;
/** How long a start waits for the radio of a network that is known; then it goes on in the background. */
export const START_WAIT_MS = 8_000;
/** How long a port is given to show that an adapter of one kind answers. */
export const PROBE_MS = 2_500;
/** A port that was just tried may need a moment until it takes the next connection. */
export const SECOND_TRY_MS = 1_000;
/** How long one frame's answer is awaited, of a command that may be sent again. */
export const ANSWER_MS = 5_500;
export const COMMAND_MS = 10_000;
export const ATTEMPTS_MAX = 3;
export const RETRY_FIRST_MS = 250;
/** Frames of one device that are remembered to recognise a duplicate, and for how long. */
export const RECENT_FRAMES_MAX = 8;
export const RECENT_FRAME_MS = 3_000;
/** Link quality goes with a report at most so often. */
export const LINK_EVERY_MS = 60_000;
export const OCCUPANCY_TIMEOUT_SECONDS = 90;
/** A device on mains that was not heard for so long is asked whether it is there. */
export const PING_AFTER_MS = 600_000;
export const PING_EVERY_MS = 60_000;
/** Past these a device is shown as stale: on mains it is pinged meanwhile, on batteries it reports daily. */
export const MAINS_EXPECTED_SECONDS = 900;
export const BATTERY_EXPECTED_SECONDS = 90_000;
/** A failed interview is tried again so often, each time after so long. */
export const INTERVIEWS_MORE_MAX = 2;
export const INTERVIEW_AGAIN_MS = 1_000;
/** So many lamps that are to become the same are told by one frame. */
export const CAST_LAMPS_MIN = 3;
/** Who was asked whether it heard has so long to answer; then it is told alone. */
export const CAST_ANSWER_MS = 1_000;
export const CASTS_MAX = 8;
export const CASTS_PER_MS = 9_000;
export const GROUPS_MAX = 32;
/** The groups' numbers from here on; lower ones are left to people and their remotes. */
export const GROUP_FIRST = 0x6c00;
export const MIRROR_AFTER_MS = 1_000;
/** A lamp may report the last step of a fade so long after its end. */
export const FADE_SETTLES_MS = 1_500;
/** A lamp is read back so long after a color, which it may have moved into its gamut. */
export const READ_BACK_MS = 300;
