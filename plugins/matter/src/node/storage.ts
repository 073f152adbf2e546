// What matter.js keeps, in memory and in the hub's sealed store. Who the hub is in its fabrics, and who its devices are, is
// on the disk before matter.js goes on: losing it would mean pairing every device anew. Files of matter.js's own would be
// locked by a process number, which a fenced-in process shares with the one before it.

import { fromJson, MemoryStorageDriver, StorageDriver, toJson, type SupportedStorageTypes } from '@matter/main';

import type { KeyValueStore } from '@lintel/sdk';

type Values = Record<string, SupportedStorageTypes>;
type Contents = Record<string, Values>;

/** Large bridges are kept in several values, so that none grows without bounds. */
const ENDPOINTS_PER_SECTION = 16;
const PEER = /^nodes\.[^.]+/;
const ENDPOINT = /^nodes\.[^.]+\.endpoints\.(\d+)/;

/** One value of the hub's store for each peer, and one for each other part, so that a change writes little. */
function sectionOf(context: string): string {
  const peer = PEER.exec(context)?.[0];
  if (peer === undefined) return context.split('.', 1)[0]!;
  const shard = Math.floor(Number(ENDPOINT.exec(context)?.[1] ?? 0) / ENDPOINTS_PER_SECTION);
  return shard === 0 ? peer : `${peer}/${shard}`;
}

/**
 * What the bridge's endpoints show is the home's and would be written with every change of it; only the scenes that ecosystems
 * store in them are their own.
 */
const isKept = (name: string, context: string): boolean =>
  name !== 'bridge' || !context.startsWith('root.parts.') || context.endsWith('.scenesManagement');

/** Writes nothing before it is committed, and then each section once. */
class Batch extends StorageDriver.Transaction {
  readonly #driver: HubStorageDriver;
  readonly #touched = new Set<string>();

  constructor(driver: HubStorageDriver) {
    super(driver);
    this.#driver = driver;
  }

  override set(contexts: string[], given: string | Values, value?: SupportedStorageTypes): void {
    this.#touched.add(contexts.join('.'));
    this.#driver.put(contexts, typeof given === 'string' ? { [given]: value } : given);
  }

  override commit(): Promise<void> {
    this.assertActive();
    super.commit();
    return this.#driver.save(this.#touched);
  }
}

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
    const contents = kept.map((text) => (typeof text === 'string' ? (fromJson(text) as unknown as Contents) : {}));
    const driver = new HubStorageDriver(secrets, name, sections, Object.assign({}, ...contents) as Contents);
    await driver.#rearrange(sections, contents);
    return driver;
  }

  /** What stands in another section than it belongs to, as earlier versions wrote it, is written where it belongs first. */
  async #rearrange(sections: readonly string[], contents: readonly Contents[]): Promise<void> {
    const strays = (at: number): string[] =>
      Object.keys(contents[at]!).filter((context) => sectionOf(context) !== sections[at]);
    const left = sections.filter((_, at) => strays(at).length > 0);
    if (left.length === 0) return;
    await this.save(sections.flatMap((_, at) => strays(at)));
    await Promise.all(left.map((section) => this.#save(section)));
  }

  override begin(): Batch {
    return new Batch(this);
  }

  /** Takes values over in memory alone. */
  put(contexts: string[], values: Values): void {
    super.set(contexts, values);
  }

  /** Resolves when everything of these contexts is on the disk. */
  async save(contexts: Iterable<string>): Promise<void> {
    const sections = new Set([...contexts].filter((each) => isKept(this.#name, each)).map(sectionOf));
    await Promise.all([...sections].map((section) => this.#save(section)));
  }

  override set(contexts: string[], values: Values): Promise<void>;
  override set(contexts: string[], key: string, value: SupportedStorageTypes): Promise<void>;
  override set(contexts: string[], given: string | Values, value?: SupportedStorageTypes): Promise<void> {
    super.set(contexts, given as string, value as SupportedStorageTypes);
    return this.save([contexts.join('.')]);
  }

  override delete(contexts: string[], key: string): Promise<void> {
    super.delete(contexts, key);
    return this.save([contexts.join('.')]);
  }

  override clearAll(contexts: string[]): Promise<void> {
    super.clearAll(contexts);
    const prefix = contexts.join('.');
    const touched = [...this.#sections].filter(
      (each) => prefix === '' || each === prefix || each.startsWith(`${prefix}.`) || each.startsWith(`${prefix}/`),
    );
    return Promise.all([...touched, sectionOf(prefix)].map((section) => this.#save(section))).then(() => undefined);
  }

  override async close(): Promise<void> {
    await this.#last;
    await super.close();
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
      Object.entries(this.store).filter(([context]) => sectionOf(context) === section && isKept(this.#name, context)),
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
