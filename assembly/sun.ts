// Where the sun stands, and when it rises and sets: NOAA's equations, in degrees and milliseconds since 1970. Instants are
// rounded to whole seconds, far finer than the equations are true.

import * as abi from './abi';

export const HORIZON_DEGREES: f64 = -0.833;
const TWILIGHT_DEGREES: f64 = -6;
const DAY_MS: f64 = 86400000;
const MINUTE_MS: f64 = 60000;
const RADIANS: f64 = Math.PI / 180;
const ROUNDS: i32 = 6;
/** The cosine of an hour angle so near to noon or midnight that it may go past it. */
const SETTLING: f64 = 0.99;
export const NEVER: f64 = NaN;

let declination: f64 = 0;
let equationMinutes: f64 = 0;

/** Sets the sun's declination (radians) and the equation of time (minutes) of an instant. */
function locate(at: f64): void {
  const t = (at / DAY_MS + 2440587.5 - 2451545) / 36525;
  const longitude = (280.46646 + t * (36000.76983 + t * 0.0003032)) * RADIANS;
  const anomaly = (357.52911 + t * (35999.05029 - 0.0001537 * t)) * RADIANS;
  const eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const centre =
    Math.sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
    Math.sin(2 * anomaly) * (0.019993 - 0.000101 * t) +
    Math.sin(3 * anomaly) * 0.000289;
  const node = (125.04 - 1934.136 * t) * RADIANS;
  const apparent = longitude + (centre - 0.00569 - 0.00478 * Math.sin(node)) * RADIANS;
  const mean = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60;
  const obliquity = (mean + 0.00256 * Math.cos(node)) * RADIANS;
  declination = Math.asin(Math.sin(obliquity) * Math.sin(apparent));
  const half = Math.tan(obliquity / 2);
  const y = half * half;
  const sine = Math.sin(anomaly);
  equationMinutes =
    (4 / RADIANS) *
    (y * Math.sin(2 * longitude) -
      2 * eccentricity * sine +
      4 * eccentricity * y * sine * Math.cos(2 * longitude) -
      0.5 * y * y * Math.sin(4 * longitude) -
      1.25 * eccentricity * eccentricity * Math.sin(2 * anomaly));
}

/** The hour angle in degrees, −180 to 180, 0 when the sun is highest. */
function hourAngle(at: f64): f64 {
  locate(at);
  const minutes = (at - Math.floor(at / DAY_MS) * DAY_MS) / MINUTE_MS;
  const turned = (minutes + equationMinutes) / 4 + load<f64>(abi.H_LONGITUDE);
  return turned - Math.floor(turned / 360) * 360 - 180;
}

/** Degrees above the horizon, without refraction. */
export function elevation(at: f64): f64 {
  const angle = hourAngle(at) * RADIANS;
  const latitude = load<f64>(abi.H_LATITUDE) * RADIANS;
  const sine = Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * Math.cos(declination) * Math.cos(angle);
  return Math.asin(max(-1.0, min(1.0, sine))) / RADIANS;
}

/** Degrees clockwise from north. */
export function azimuth(at: f64): f64 {
  const angle = hourAngle(at) * RADIANS;
  const latitude = load<f64>(abi.H_LATITUDE) * RADIANS;
  const north = Math.cos(angle) * Math.sin(latitude) - Math.tan(declination) * Math.cos(latitude);
  const turned = Math.atan2(Math.sin(angle), north) / RADIANS + 180;
  return turned - Math.floor(turned / 360) * 360;
}

/** When the sun is highest, on the solar day around an instant near noon. */
function transit(near: f64): f64 {
  const base = Math.floor(near / DAY_MS) * DAY_MS;
  const shift = load<f64>(abi.H_LONGITUDE) * 4;
  let at = near;
  for (let i = 0; i < ROUNDS; i++) {
    locate(at);
    at = base + (720 - shift - equationMinutes) * MINUTE_MS;
    at += Math.round((near - at) / DAY_MS) * DAY_MS;
  }
  return at;
}

/**
 * When the sun passes an elevation before (−1) or after (1) it is highest; NEVER on a day without that. Near the limit of
 * such days the quick way does not settle, and halving decides.
 */
function passing(near: f64, degrees: f64, side: f64): f64 {
  const noon = transit(near);
  locate(noon);
  const noonEquation = equationMinutes;
  const latitude = load<f64>(abi.H_LATITUDE) * RADIANS;
  let at = noon;
  for (let i = 0; i < ROUNDS; i++) {
    locate(at);
    const top = Math.sin(degrees * RADIANS) - Math.sin(latitude) * Math.sin(declination);
    const cosine = top / (Math.cos(latitude) * Math.cos(declination));
    if (!(cosine > -SETTLING && cosine < SETTLING)) break;
    const previous = at;
    at = noon + (side * (Math.acos(cosine) / RADIANS) * 4 + noonEquation - equationMinutes) * MINUTE_MS;
    if (Math.abs(at - previous) < 0.01) return at;
  }
  return halving(noon, degrees, side);
}

/** The sun's passing within the half day beside its highest point. */
function halving(noon: f64, degrees: f64, side: f64): f64 {
  let low = noon + side * (DAY_MS / 2);
  let high = noon;
  if (elevation(low) >= degrees || elevation(high) < degrees) return NEVER;
  while (Math.abs(high - low) > 0.01) {
    const middle = (low + high) / 2;
    if (elevation(middle) < degrees) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

@inline
function toSeconds(at: f64): f64 {
  return isNaN(at) ? NEVER : Math.round(at / 1000) * 1000;
}

/** The instant of a sun event on the day whose local noon is given; NEVER on a day without it. */
export function sunEvent(event: u32, localNoon: f64): f64 {
  switch (event) {
    case abi.SUN_SUNRISE:
      return toSeconds(passing(localNoon, HORIZON_DEGREES, -1));
    case abi.SUN_SUNSET:
      return toSeconds(passing(localNoon, HORIZON_DEGREES, 1));
    case abi.SUN_DAWN:
      return toSeconds(passing(localNoon, TWILIGHT_DEGREES, -1));
    case abi.SUN_DUSK:
      return toSeconds(passing(localNoon, TWILIGHT_DEGREES, 1));
    default:
      return toSeconds(transit(localNoon));
  }
}

export function elevationPassing(localNoon: f64, degrees: f64, rising: bool): f64 {
  return toSeconds(passing(localNoon, degrees, rising ? -1 : 1));
}
