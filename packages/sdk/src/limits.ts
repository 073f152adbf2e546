// What may cross the boundary between the hub and a plugin, in one place; units last.

export const FRAME_BYTES_MAX = 1_048_576;
export const NAME_CHARACTERS_MAX = 256;
/** Why something failed and what to check takes a few sentences. */
export const EXPLANATION_CHARACTERS_MAX = 2_048;
export const TEXT_CHARACTERS_MAX = 8_192;
export const ENDPOINTS_PER_DEVICE_MAX = 64;
export const PROPERTIES_PER_DEVICE_MAX = 1_024;
export const VALUES_PER_REPORT_MAX = 256;
export const DEVICES_PER_PLUGIN_MAX = 10_000;
export const KEY_CHARACTERS_MAX = 256;
export const LOG_LINE_CHARACTERS_MAX = 4_096;
export const JSON_DEPTH_MAX = 64;
/** Reports and events a plugin may have on their way before the hub has acknowledged one. */
export const CREDIT_INPUTS = 4_096;
export const COMMAND_DEADLINE_DEFAULT_MS = 10_000;
