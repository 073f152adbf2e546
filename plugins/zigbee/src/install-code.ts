// Install codes, as they are printed on devices: the text of a QR code, or `0xIEEE|HEX`.

import { PluginError } from '@lintel/sdk';

export interface InstallCode {
  /** The device's address, `0x` and 16 lower-case digits. */
  readonly address: string;
  /** As herdsman reads it. */
  readonly text: string;
}

/** Address first or last, as makers print it. */
const FORMS: readonly { readonly pattern: RegExp; readonly address: number; readonly key: number }[] = [
  { pattern: /^\|?(?:0x)?([0-9a-f]{16})\|([0-9a-f]+)\|?$/i, address: 1, key: 2 },
  { pattern: /Z:([0-9a-f]{16})\$I:([0-9a-f]+)/i, address: 1, key: 2 },
  { pattern: /\$A:([0-9a-f]{16})\$I:([0-9a-f]+)/i, address: 1, key: 2 },
  { pattern: /^HUE:Z:([0-9a-f]+) M:([0-9a-f]{16})/i, address: 2, key: 1 },
];
/** With the two bytes of check sum; some makers print the code without them. */
const CODE_BYTES = [8, 10, 14, 18];
const BARE_BYTES = [12, 16];

/** Throws `BAD_VALUE` at `/installCode` for what is no install code, or has a wrong check sum. */
export function readInstallCode(raw: string): InstallCode {
  const { address, key } = find(raw.trim().replaceAll(/\s*\|\s*/g, '|'));
  const code = Buffer.from(key, 'hex');
  if (BARE_BYTES.includes(key.length / 2)) return { address: `0x${address}`, text: `${address}|${key}` };
  if (key.length % 2 !== 0 || !CODE_BYTES.includes(code.length)) throw bad('the code has a wrong length');
  if (crc16(code.subarray(0, -2)) !== code.readUInt16LE(code.length - 2)) {
    throw bad('the code has a wrong check sum: compare it with the label, digit by digit');
  }
  return { address: `0x${address}`, text: `${address}|${key}` };
}

const bad = (why: string): PluginError => new PluginError('BAD_VALUE', `not an install code: ${why}`, '/installCode');

function find(text: string): { address: string; key: string } {
  for (const { pattern, address, key } of FORMS) {
    const match = pattern.exec(text);
    if (match !== null) return { address: match[address]!.toLowerCase(), key: match[key]!.toLowerCase() };
  }
  const isLong = text.length === 95 || text.length === 91;
  if (!isLong) throw bad('expected the text of the QR code, or 0xIEEE|HEX');
  const start = text.length - (text.length === 95 ? 36 : 32);
  const [address, key] = [text.slice(start - 19, start - 3), text.slice(start)];
  if (!/^[0-9a-f]{16}$/i.test(address) || !/^[0-9a-f]+$/i.test(key))
    throw bad('the text is not hexadecimal where it should be');
  return { address: address.toLowerCase(), key: key.toLowerCase() };
}

/** CRC-16/X-25. */
function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  }
  return crc ^ 0xffff;
}
