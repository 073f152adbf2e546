// A place where it is night now, so that "after sunset" holds whenever the tests run.

export interface HomePlace {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
}

/** On the equator the sun is down from about 18 to 6 o'clock local solar time; this is where it is midnight. */
export function whereItIsNight(now: number): HomePlace {
  const utcHours = (now / 3_600_000) % 24;
  const longitude = ((540 - utcHours * 15) % 360) - 180;
  return { name: 'Home', latitude: 0, longitude, timeZone: 'UTC' };
}
