// Loaded into a hub's process before anything else: its clock is off by as many milliseconds as a file says, from when it says so.

import { readFileSync } from 'node:fs';

const LOOK_MS = 20;
const file = process.env['LINTEL_TEST_CLOCK'];
const now = Date.now;
let lookedAt = -Infinity;
let offset = 0;

Date.now = () => {
  if (performance.now() - lookedAt > LOOK_MS) {
    offset = Number(readFileSync(file, 'utf8'));
    lookedAt = performance.now();
  }
  return now() + offset;
};
