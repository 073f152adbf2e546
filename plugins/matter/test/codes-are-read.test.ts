// Pairing codes: what is one, what is none, and what is said of it.

import type { PluginError } from '@lintel/sdk';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { readCode } from '../src/pairing/code.ts';

const test = suite('pairing codes are read');

const refusal = (code: string): PluginError => {
  try {
    readCode(code);
  } catch (error) {
    return error as PluginError;
  }
  throw new Error(`${code} was taken`);
};

test('a QR text and the digits beside it lead to one device', () => {
  const qr = readCode('MT:-24J0AFN00KA0648G00');
  assert.equal([qr.passcode, qr.longDiscriminator, qr.vendorId, qr.productId], [20_202_021, 3840, 0xfff1, 0x8001]);
  assert.equal(readCode(' 3497-011-2332 '), { passcode: 20_202_021, shortDiscriminator: 15 });
});

test('any mistyped digit is refused, at the field', () => {
  const digits = '34970112332';
  for (let at = 0; at < digits.length; at += 1) {
    const mistyped = digits.slice(0, at) + String((Number(digits[at]) + 1) % 10) + digits.slice(at + 1);
    const error = refusal(mistyped);
    assert.equal([error.code, error.pointer], ['BAD_VALUE', '/code'], mistyped);
  }
});

test('what is no code is refused in words', () => {
  for (const code of ['', 'hello', '123', 'MT:', 'MT:ÄÖÜ', '00000000000'])
    assert.is(refusal(code).pointer, '/code', code);
});

test.run();
