// The time zones to choose from: the browser's own list, and UTC, which it leaves out.

export interface ZoneOption {
  readonly value: string;
  readonly label: string;
}

export const timeZones = (): ZoneOption[] =>
  ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));
