// A check sum over bytes, fast enough to seal an image with: four lanes of 64 bits, each multiplied and rotated on its own, in
// the manner of xxHash. It guards against damage, not against forgery.

const ODD_A: u64 = 0x9e3779b185ebca87;
const ODD_B: u64 = 0xc2b2ae3d27d4eb4f;
const ODD_C: u64 = 0x165667b19e3779f9;

/** Sets the four lanes at `lanes` to where every sum begins. */
export function beginDigest(lanes: u32): void {
  store<u64>(lanes, ODD_A + ODD_B);
  store<u64>(lanes, ODD_B, 8);
  store<u64>(lanes, 0, 16);
  store<u64>(lanes, 0 - ODD_A, 24);
}

@inline
function round(lane: u64, value: u64): u64 {
  return rotl<u64>(lane + value * ODD_B, 31) * ODD_A;
}

/** Takes in what lies between two addresses, a multiple of 32 bytes. */
export function digest(lanes: u32, from: u32, end: u32): void {
  let a = load<u64>(lanes);
  let b = load<u64>(lanes, 8);
  let c = load<u64>(lanes, 16);
  let d = load<u64>(lanes, 24);
  for (let at = from; at < end; at += 32) {
    a = round(a, load<u64>(at));
    b = round(b, load<u64>(at, 8));
    c = round(c, load<u64>(at, 16));
    d = round(d, load<u64>(at, 24));
  }
  store<u64>(lanes, a);
  store<u64>(lanes, b, 8);
  store<u64>(lanes, c, 16);
  store<u64>(lanes, d, 24);
}

@inline
function fold(sum: u64, lane: u64): u64 {
  return (sum ^ round(0, lane)) * ODD_A + ODD_C;
}

/** Leaves the sum of `length` bytes where the first lane was. */
export function endDigest(lanes: u32, length: u32): void {
  let sum = rotl<u64>(load<u64>(lanes), 1) + rotl<u64>(load<u64>(lanes, 8), 7);
  sum += rotl<u64>(load<u64>(lanes, 16), 12) + rotl<u64>(load<u64>(lanes, 24), 18);
  for (let i: u32 = 0; i < 32; i += 8) sum = fold(sum, load<u64>(lanes + i));
  sum = (sum + length) ^ (sum >> 33);
  sum *= ODD_B;
  sum = (sum ^ (sum >> 29)) * ODD_C;
  store<u64>(lanes, sum ^ (sum >> 32));
}
