// A disk in memory that remembers every write, so that a test can have it as it was after any of them, with the next one torn.

import type { AppendFile, Disk } from '../../packages/hub/src/journal/disk.ts';

export interface Write {
  readonly name: string;
  readonly bytes: Buffer;
}

export class SimulatedDisk implements Disk {
  readonly writes: Write[];
  readonly #files = new Map<string, Buffer[]>();

  constructor(writes: readonly Write[] = []) {
    this.writes = [...writes];
    for (const { name, bytes } of writes) this.#file(name).push(bytes);
  }

  /** The disk after its first writes, and with part of the next one. */
  after(count: number, tornBytes = 0): SimulatedDisk {
    const next = this.writes[count];
    const torn = tornBytes === 0 || next === undefined ? [] : [{ ...next, bytes: next.bytes.subarray(0, tornBytes) }];
    return new SimulatedDisk([...this.writes.slice(0, count), ...torn]);
  }

  #file(name: string): Buffer[] {
    let file = this.#files.get(name);
    if (file === undefined) this.#files.set(name, (file = []));
    return file;
  }

  list(): readonly string[] {
    return [...this.#files.keys()].toSorted();
  }

  read(name: string): Buffer {
    return Buffer.concat(this.#file(name));
  }

  openAppend(name: string): AppendFile {
    const file = this.#file(name);
    return {
      append: (bytes) => {
        const copy = Buffer.from(bytes);
        file.push(copy);
        this.writes.push({ name, bytes: copy });
      },
      sync: async () => {},
      close: async () => {},
    };
  }

  truncate(name: string, bytes: number): void {
    this.#files.set(name, [this.read(name).subarray(0, bytes)]);
  }

  remove(name: string): void {
    this.#files.delete(name);
  }

  sync(): void {}
}
