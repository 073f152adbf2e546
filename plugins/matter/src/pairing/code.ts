// Pairing codes, as they are printed on devices and shown by other ecosystems: the text of a QR code, or the digits.

import { ManualPairingCodeCodec, QrPairingCodeCodec } from '@matter/main/types';

import { PluginError } from '@lintel/sdk';

export interface PairingCode {
  readonly passcode: number;
  /** All twelve bits, of a QR code. */
  readonly longDiscriminator?: number;
  /** The upper four, of a typed code. */
  readonly shortDiscriminator?: number;
  /** Where the code says them: what else has the same discriminator is not this device. */
  readonly vendorId?: number;
  readonly productId?: number;
}

/** Codes that the standard forbids, since they are guessed first. */
const TRIVIAL = new Set([12_345_678, 87_654_321, ...Array.from({ length: 10 }, (_, digit) => digit * 11_111_111)]);
const PASSCODE_MAX = 99_999_998;
const EXPECTED = 'Enter the text of the QR code, which begins with MT:, or the 11 or 21 digits beside it.';

const bad = (why: string): PluginError => new PluginError('BAD_VALUE', `${why} ${EXPECTED}`, '/code');

function readQr(text: string): PairingCode {
  const decoded = (() => {
    try {
      return QrPairingCodeCodec.decode(text);
    } catch {
      throw bad('This is not a Matter code: it was read or copied wrongly.');
    }
  })();
  if (decoded.length !== 1) throw bad('This code is for several devices at once: enter the code of each.');
  const [{ passcode, discriminator, vendorId, productId, version }] = decoded as [(typeof decoded)[number]];
  if (version !== 0) throw bad('This code is of a later version of Matter.');
  return { passcode, longDiscriminator: discriminator, ...product(vendorId, productId) };
}

function readDigits(text: string): PairingCode {
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length !== 11 && digits.length !== 21) throw bad(`A code has 11 or 21 digits, this one ${digits.length}.`);
  try {
    const { passcode, shortDiscriminator, vendorId, productId } = ManualPairingCodeCodec.decode(digits);
    return { passcode, shortDiscriminator: shortDiscriminator!, ...product(vendorId, productId) };
  } catch {
    throw bad('The last digit does not fit the others: compare the code with the label, digit by digit.');
  }
}

/** Zero stands for "not said". */
function product(
  vendorId: number | undefined,
  productId: number | undefined,
): Pick<PairingCode, 'vendorId' | 'productId'> {
  return { ...(vendorId && { vendorId }), ...(productId && { productId }) };
}

/** Throws `BAD_VALUE` at `/code` for what is no code, or has a wrong check digit. */
export function readCode(raw: string): PairingCode {
  const text = raw.trim();
  if (!/^MT:/i.test(text) && !/^[\d\s.-]+$/.test(text)) throw bad('This is not a Matter code.');
  const code = /^MT:/i.test(text) ? readQr(text.toUpperCase()) : readDigits(text);
  if (TRIVIAL.has(code.passcode) || code.passcode > PASSCODE_MAX) throw bad('No device has this code.');
  return code;
}
