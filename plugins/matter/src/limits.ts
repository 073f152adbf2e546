// Limits and times of the plugin, units last.

/** A command has an answer within this, also from a device that is gone. */
export const COMMAND_MS = 4_500;
/** A device that was not heard for so long is asked whether it is there. */
export const ASK_AFTER_MS = 6_000;
export const ASK_EVERY_MS = 1_000;
export const ANSWER_MS = 5_000;
/** A device that is away is tried so often: what comes back is to be there at once. */
export const RETRY_AWAY_MS = 1_000;
/** A sleeping device whose subscription ran out has so long to make a new one before it is away. */
export const SLEEPER_AWAY_MS = 10_000;
/** Clocks of devices are set so often: a cheap quartz is off by a few seconds a day. */
export const CLOCK_EVERY_MS = 86_400_000;
export const CLOCKS_CHECKED_EVERY_MS = 600_000;
/** Changes of what a node is made of come in bursts. */
export const DESCRIBE_AFTER_MS = 50;
export const DESCRIBE_TRIES_MAX = 7;
/** How long values on the way to a target are not told, beyond the transition. */
export const FADE_SETTLES_MS = 1_500;
/** Images of devices that run Linux come to this. */
export const IMAGE_BYTES_MAX = 64 * 1_048_576;
/** A device that was told of new firmware may take ten minutes to ask for it (Core Specification, AnnounceOTAProvider). */
export const FIRMWARE_SILENCE_MS = 15 * 60_000;
/** A window for another ecosystem stays open so long. */
export const SHARE_SECONDS = 180;
