// Every limit of the hub, units last.

/** As many as the core counts for `anyone` and `everyone`. */
export { PERSONS_MAX as PEOPLE_MAX } from '@lintel/engine';

/** A journal segment is closed once it is this large. */
export const JOURNAL_SEGMENT_BYTES_MAX = 16 * 1024 * 1024;
export const JOURNAL_RECORD_BYTES_MAX = 1024 * 1024;
/** Records that no one waits for urgently share one fdatasync within this time. */
export const JOURNAL_SYNC_DELAY_MS = 10;
export const JOURNAL_SYNC_RECORDS_MAX = 100;
/** Journal older than both images is kept this far for "why" and activity. */
export const JOURNAL_KEPT_BYTES_MAX = 256 * 1024 * 1024;

/** An image is written after this many records, or this long after the last one. */
export const IMAGE_RECORDS_MAX = 20_000;
export const IMAGE_INTERVAL_MS = 5 * 60_000;
export const IMAGES_KEPT = 2;

export const COMMAND_DEADLINE_MS = 10_000;
/** LAN and Matter devices answer at once or not at all. */
export const COMMAND_DEADLINE_LAN_MS = 5_000;
/** How long a rule's command may wait to be sent, counted from the step that emitted it. */
export const COMMAND_LIFETIME_MS = 10 * 60_000;
/** The same for what is dangerous when late: locks, alarms, sirens, covers, valves. */
export const COMMAND_LIFETIME_SAFETY_MS = 60_000;
/** Commands go out for so long at a time before other work has its turn. */
export const DISPATCH_TURN_MS = 25;
/** A newer command for a device waits this long for the one under way before it is passed on beside it. */
export const COMMAND_OVERLAP_MS = 400;
/** A report that agrees with a command sent within this time carries the command's origin. */
export const ATTRIBUTION_WINDOW_MS = 10_000;

/** A clock that goes further than this from one look to the next was set; less is let catch up. */
export const CLOCK_STEP_MS = 60_000;
/** A home that is ahead of its machine by less lets it catch up at this part of the pace of time. */
export const CLOCK_SLOWED = 0.9;
/** No hub ran before: a clock that says so has never been set. */
export const CLOCK_EARLIEST_AT = Date.UTC(2024, 0, 1);

export const TRANSITION_MS_MAX = 3_600_000;
export const NAME_LENGTH_MAX = 100;
/** Letters of a name are those people can see: controls and bidirectional overrides are refused. */
export const NAME_HIDDEN = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
export const DEVICES_MAX = 10_000;
export const ROOMS_MAX = 500;
export const GROUPS_MAX = 1_000;
export const SCENES_MAX = 2_000;
export const RULES_MAX = 100_000;
export const RUNS_KEPT_PER_RULE = 50;
/** A rule that ran away so often within this time is switched off. */
export const OFFENCES_MAX = 10;
export const OFFENCES_WINDOW_MS = 3_600_000;
/** Commands that a run's trace keeps; the others are counted. */
export const RUN_COMMANDS_KEPT = 200;
export const VARIABLES_MAX = 1_000;
export const SCHEDULES_MAX = 500;
export const NOTIFICATIONS_KEPT = 200;

export const PAIRING_SECONDS_DEFAULT = 60;
export const PAIRING_SECONDS_MAX = 900;
/** Backups in the data folder; older ones make room. */
export const BACKUPS_KEPT = 10;
