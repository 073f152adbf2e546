// A core of another version, as one will come one day: its records are wider and lie elsewhere, for it and for its host alike.

const WIDER: Readonly<Record<string, number>> = {
  SLOT_SIZE: 16,
  HOLD_SIZE: 16,
  RUN_SIZE: 64,
  STRAND_SIZE: 32,
  TIMER_SIZE: 16,
};

/** The table of the memory's layout, in the core's language or the host's, as that version has it. */
export function widened(table: string): string {
  return table.replaceAll(/export const (\w+)(: u32)? = (\d+);/g, (line, name: string, type = '', size: string) =>
    WIDER[name] === undefined ? line : `export const ${name}${type} = ${Number(size) + WIDER[name]};`,
  );
}
