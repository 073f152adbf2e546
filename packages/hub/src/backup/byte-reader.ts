// Takes a stream apart: a line here, so many bytes there.

import type { Readable } from 'node:stream';

const LINE_BYTES_MAX = 8_192;

export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  /** @param source what feeds `stream`; its failure is the stream's */
  constructor(stream: Readable, source: Readable) {
    source.on('error', (error) => stream.destroy(error));
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line as JSON. */
  async json(): Promise<Record<string, unknown>> {
    for (;;) {
      const end = this.#rest.indexOf(0x0a);
      if (end !== -1) {
        const text = this.#rest.subarray(0, end).toString();
        this.#rest = this.#rest.subarray(end + 1);
        return JSON.parse(text) as Record<string, unknown>;
      }
      if (this.#rest.length > LINE_BYTES_MAX) throw new Error('a line is too long');
      this.#rest = Buffer.concat([this.#rest, await this.#more()]);
    }
  }

  /** The next `count` bytes, as they come. */
  async *take(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0;) {
      if (this.#rest.length === 0) this.#rest = await this.#more();
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async exactly(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.take(count)) parts.push(part);
    return Buffer.concat(parts);
  }

  async #more(): Promise<Buffer> {
    const { done, value } = await this.#chunks.next();
    if (done === true) throw new Error('it ends too early');
    return value;
  }
}
