// What matter.js keeps, in memory and in the hub's sealed store. Who the hub is in its fabrics, and who its devices are, is
// on the disk before matter.js goes on: losing it would mean pairing every device anew. Files of matter.js's own would be
// locked by a process number, which a fenced-in process shares with the one before it.

import { fromJson, MemoryStorageDriver, toJson, type SupportedStorageTypes } from '@matter/main';

import type { KeyValueStore } from '@lintel/sdk';

type Values = Record<string, SupportedStorageTypes>;
type Contents = Record<string, Values>;

/** One value of the hub's store for each peer, and one for each other part, so that a change writes little. */
function sectionOf(context: string): string {
  const [first = '', second] = context.split('.');
  return first === 'nodes' && second !== undefined ? `nodes.${second}` : first;
}

/**
 * What the bridge's endpoints show is the home's and would be written with every change of it; only the scenes that ecosystems
 * store in them are their own.
 */
const isKept = (name: string, context: string): boolean =>
  name !== 'bridge' || !context.startsWith('root.parts.') || context.endsWith('.scenesManagement');

const isIn = (section: string, context: string): boolean => sectionOf(context) === section;

export class HubStorageDriver extends MemoryStorageDriver {
  static override readonly id = 'lintel';
  readonly #secrets: KeyValueStore;
  readonly #name: string;
  readonly #sections: Set<string>;
  readonly #waiting = new Map<string, Promise<void>>();
  #last: Promise<void> = Promise.resolve();

  private constructor(secrets: KeyValueStore, name: string, sections: readonly string[], contents: Contents) {
    super(contents);
    this.#secrets = secrets;
    this.#name = name;
    this.#sections = new Set(sections);
    this.initialize();
  }

  /** Opens the storage called `name` with everything that was kept of it. */
  static async open(secrets: KeyValueStore, name: string): Promise<HubStorageDriver> {
    const index = await secrets.get(`storage/${name}`);
    const sections = Array.isArray(index) ? index.map(String) : [];
    const kept = await Promise.all(sections.map((section) => secrets.get(`storage/${name}/${section}`)));
    const contents = kept.flatMap((text) =>
      typeof text === 'string' ? Object.entries(fromJson(text) as unknown as Contents) : [],
    );
    return new HubStorageDriver(secrets, name, sections, Object.fromEntries(contents));
  }

  override set(contexts: string[], values: Values): Promise<void>;
  override set(contexts: string[], key: string, value: SupportedStorageTypes): Promise<void>;
  override set(contexts: string[], given: string | Values, value?: SupportedStorageTypes): Promise<void> {
    super.set(contexts, given as string, value as SupportedStorageTypes);
    return this.#saveFor(contexts);
  }

  override delete(contexts: string[], key: string): Promise<void> {
    super.delete(contexts, key);
    return this.#saveFor(contexts);
  }

  override clearAll(contexts: string[]): Promise<void> {
    super.clearAll(contexts);
    const prefix = contexts.join('.');
    const touched = [...this.#sections].filter(
      (each) => each === prefix || each.startsWith(`${prefix}.`) || prefix === '',
    );
    return Promise.all([...touched, sectionOf(prefix)].map((section) => this.#save(section))).then(() => undefined);
  }

  override async close(): Promise<void> {
    await this.#last;
    await super.close();
  }

  #saveFor(contexts: string[]): Promise<void> {
    const context = contexts.join('.');
    return isKept(this.#name, context) ? this.#save(sectionOf(context)) : Promise.resolve();
  }

  /** Writes a section once it is its turn; what changes until then goes with it. */
  #save(section: string): Promise<void> {
    const waiting = this.#waiting.get(section);
    if (waiting !== undefined) return waiting;
    const saved = this.#last.then(() => {
      this.#waiting.delete(section);
      return this.#write(section);
    });
    this.#waiting.set(section, saved);
    this.#last = saved.catch(() => undefined);
    return saved;
  }

  async #write(section: string): Promise<void> {
    const key = `storage/${this.#name}/${section}`;
    const contents = Object.fromEntries(
      Object.entries(this.store).filter(([context]) => isIn(section, context) && isKept(this.#name, context)),
    );
    if (Object.keys(contents).length === 0) {
      await this.#secrets.delete(key);
      if (this.#sections.delete(section)) await this.#writeIndex();
      return;
    }
    await this.#secrets.set(key, toJson(contents as SupportedStorageTypes));
    if (this.#sections.has(section)) return;
    this.#sections.add(section);
    await this.#writeIndex();
  }

  async #writeIndex(): Promise<void> {
    await this.#secrets.set(`storage/${this.#name}`, [...this.#sections]);
  }
}
