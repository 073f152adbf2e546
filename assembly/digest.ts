// A check sum over bytes, fast enough to seal an image with: eight lanes of 64 bits, each mixed, multiplied and rotated on its
// own. It guards against damage, not against forgery.

const ODD_A: u64 = 0x9e3779b185ebca87;
const ODD_B: u64 = 0xc2b2ae3d27d4eb4f;
const ODD_C: u64 = 0x165667b19e3779f9;
const LANES: u32 = 8;

/** Sets the eight lanes at `lanes` to where every sum begins. */
export function beginDigest(lanes: u32): void {
  for (let i: u32 = 0; i < LANES; i++) store<u64>(lanes + i * 8, ODD_C * (i + 1));
}

@inline
function take(lane: u64, at: u32, offset: u32): u64 {
  return rotl<u64>((lane ^ load<u64>(at + offset)) * ODD_A, 29);
}

/** Takes in what lies between two addresses, a multiple of 64 bytes. */
export function digest(lanes: u32, from: u32, end: u32): void {
  let a = load<u64>(lanes);
  let b = load<u64>(lanes, 8);
  let c = load<u64>(lanes, 16);
  let d = load<u64>(lanes, 24);
  let e = load<u64>(lanes, 32);
  let f = load<u64>(lanes, 40);
  let g = load<u64>(lanes, 48);
  let h = load<u64>(lanes, 56);
  for (let at = from; at < end; at += 64) {
    a = take(a, at, 0);
    b = take(b, at, 8);
    c = take(c, at, 16);
    d = take(d, at, 24);
    e = take(e, at, 32);
    f = take(f, at, 40);
    g = take(g, at, 48);
    h = take(h, at, 56);
  }
  store<u64>(lanes, a);
  store<u64>(lanes, b, 8);
  store<u64>(lanes, c, 16);
  store<u64>(lanes, d, 24);
  store<u64>(lanes, e, 32);
  store<u64>(lanes, f, 40);
  store<u64>(lanes, g, 48);
  store<u64>(lanes, h, 56);
}

/** Leaves the sum of `length` bytes where the first lane was. */
export function endDigest(lanes: u32, length: u32): void {
  let sum: u64 = length;
  for (let i: u32 = 0; i < LANES; i++) sum = (sum ^ rotl<u64>(load<u64>(lanes + i * 8) * ODD_B, 31)) * ODD_A + ODD_C;
  sum = (sum ^ (sum >> 33)) * ODD_B;
  sum = (sum ^ (sum >> 29)) * ODD_C;
  store<u64>(lanes, sum ^ (sum >> 32));
}
