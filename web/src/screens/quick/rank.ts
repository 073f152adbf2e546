// Which entries fit what was typed, the best first. Pure.

export interface Entry {
  readonly kind: string;
  readonly title: string;
  readonly path: string;
  readonly picture: string;
  /** Words that help to tell it apart, such as its room. */
  readonly more: string;
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** 0 is best; null does not fit. Every typed word must stand somewhere. */
function score(entry: Entry, words: readonly string[]): number | null {
  const [title, more] = [plain(entry.title), plain(entry.more)];
  let total = 0;
  for (const word of words) {
    if (title.startsWith(word)) continue;
    if (title.split(/\s+/).some((part) => part.startsWith(word))) total += 1;
    else if (title.includes(word)) total += 2;
    else if (more.includes(word)) total += 3;
    else return null;
  }
  return total;
}

/** Entries that fit, best first and otherwise in their own order; all of them where nothing is typed. */
export function rank(entries: readonly Entry[], typed: string): Entry[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  return entries
    .map((entry) => ({ entry, score: score(entry, words) }))
    .filter((each) => each.score !== null)
    .toSorted((a, b) => a.score! - b.score!)
    .map((each) => each.entry);
}
