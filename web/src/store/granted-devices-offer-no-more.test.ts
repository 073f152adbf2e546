// A guest's device can be read whole, and used as far as it was given.

import { describeCapability, type Device } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asGranted } from './granted.ts';

const device = {
  endpoints: [
    { id: '1', capabilities: [describeCapability('onOff'), describeCapability('level'), describeCapability('lock')] },
  ],
} as unknown as Device;
const capability = (each: Device, name: string) =>
  each.endpoints[0]!.capabilities.find((capability) => capability.name === name)!;

const Granted = suite('granted');

Granted('nothing is narrowed without a grant', () => assert.is(asGranted(device, undefined), device));

Granted('a capability is given whole', () => {
  const narrow = asGranted(device, ['onOff']);
  assert.equal(capability(narrow, 'onOff'), describeCapability('onOff'));
  assert.is(capability(narrow, 'level').properties[0]!.settable, false, 'readable, not settable');
  assert.equal(capability(narrow, 'level').commands, []);
});

Granted('single commands and properties are given alone', () => {
  const narrow = asGranted(device, ['lock.lock', 'level.level']);
  assert.equal(capability(narrow, 'lock').commands, ['lock']);
  assert.is(capability(narrow, 'level').properties[0]!.settable, true);
  assert.equal(capability(narrow, 'level').commands, []);
});

Granted.run();
