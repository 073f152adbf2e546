// The limits of what is imported, units last.

export const YAML_CHARACTERS_MAX = 1024 * 1024;
/** With aliases filled in. */
export const YAML_NODES_MAX = 100_000;
export const YAML_DEPTH_MAX = 64;
export const TEMPLATE_CHARACTERS_MAX = 4_000;
export const TEMPLATE_DEPTH_MAX = 64;
export const ENTITIES_MAX = 10_000;
export const IMPORTED_RULES_MAX = 1_000;
/** Of more notes than these the first are told. */
export const NOTES_MAX = 5_000;
