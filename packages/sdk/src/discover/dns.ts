// As much of the domain name system's wire format as finding services on the local network takes (RFC 1035, 6763). Every
// packet comes from a stranger: lengths are checked, pointers only lead backwards.

export interface DnsRecord {
  readonly name: string;
  readonly type: number;
  /** PTR: a name. SRV: `port name`. TXT: the strings, one a line. A and AAAA: an address. */
  readonly data: string;
}

export const PTR = 12;
export const TXT = 16;
export const SRV = 33;
export const A = 1;
export const AAAA = 28;
const CLASS_INTERNET = 1;
const HEADER_BYTES = 12;
const LABEL_BYTES_MAX = 63;
const RECORDS_MAX = 256;

const decoder = new TextDecoder();

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = HEADER_BYTES;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Throws RangeError past the end, as all reading here does. */
  word(): number {
    this.at += 2;
    return this.#view.getUint16(this.at - 2);
  }

  wordAt(at: number): number {
    return this.#view.getUint16(at);
  }

  text(length: number): string {
    return decoder.decode(this.slice(length));
  }

  slice(length: number): Uint8Array {
    if (this.at + length > this.#bytes.length) throw new RangeError('cut short');
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  name(): string {
    const labels: string[] = [];
    let resume: number | null = null;
    let lowest = this.at;
    for (;;) {
      const length = this.#view.getUint8(this.at);
      this.at += 1;
      if (length === 0) break;
      if (length > LABEL_BYTES_MAX) {
        const target = ((length & 0x3f) << 8) | this.#view.getUint8(this.at);
        resume ??= this.at + 1;
        if (length < 0xc0 || target >= lowest) throw new RangeError('a pointer that leads nowhere');
        lowest = target;
        this.at = target;
      } else labels.push(this.text(length));
    }
    this.at = resume ?? this.at;
    return labels.join('.');
  }
}

const address6 = (bytes: Uint8Array): string =>
  Array.from({ length: 8 }, (_, at) => ((bytes[at * 2]! << 8) | bytes[at * 2 + 1]!).toString(16)).join(':');

function readTexts(reader: Reader, end: number): string {
  const texts: string[] = [];
  while (reader.at < end) texts.push(reader.text(reader.slice(1)[0]!).replaceAll('\n', ' '));
  return texts.join('\n');
}

function readData(reader: Reader, type: number, length: number): string {
  const end = reader.at + length;
  if (type === PTR) return reader.name();
  if (type === TXT) return readTexts(reader, end);
  if (type === A && length === 4) return reader.slice(4).join('.');
  if (type === AAAA && length === 16) return address6(reader.slice(16));
  if (type !== SRV) return '';
  reader.at += 4;
  return `${reader.word()} ${reader.name()}`;
}

function readRecord(reader: Reader): DnsRecord {
  const name = reader.name();
  const type = reader.word();
  reader.at += 6;
  const length = reader.word();
  const end = reader.at + length;
  const data = readData(reader, type, length);
  reader.at = end;
  return { name, type, data };
}

/** The records of a packet; what can be read of one that is cut short or forged. */
export function readPacket(bytes: Uint8Array): readonly DnsRecord[] {
  const records: DnsRecord[] = [];
  try {
    const reader = new Reader(bytes);
    for (let question = reader.wordAt(4); question > 0; question -= 1) {
      reader.name();
      reader.at += 4;
    }
    const count = Math.min(RECORDS_MAX, reader.wordAt(6) + reader.wordAt(8) + reader.wordAt(10));
    while (records.length < count) records.push(readRecord(reader));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return records;
}

/** A question for the instances of a service such as `_hue._tcp.local`. */
export function writeQuestion(name: string): Uint8Array {
  const labels = name.split('.').map((label) => new TextEncoder().encode(label));
  const length = labels.reduce((sum, label) => sum + label.length + 1, 0);
  const bytes = new Uint8Array(HEADER_BYTES + length + 5);
  bytes[5] = 1;
  let at = HEADER_BYTES;
  for (const label of labels) {
    bytes[at] = label.length;
    bytes.set(label, at + 1);
    at += label.length + 1;
  }
  bytes.set([0, 0, PTR, 0, CLASS_INTERNET], at);
  return bytes;
}
