// What properties and their values are called. Part of the English catalogue.

/** "1 light on", "2 lights on". */
export const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** "colorTemperature" or "armed_home" as words: "Color temperature". */
export function humanise(text: string): string {
  const words = text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const propertyNames: Readonly<Record<string, string>> = {
  'onOff.on': 'Power',
  'onOff.powerOn': 'When power returns',
  'level.level': 'Brightness',
  'color.temperature': 'Color temperature',
  'color.hue': 'Hue',
  'color.saturation': 'Saturation',
  'color.mode': 'Color mode',
  'color.x': 'Color x',
  'color.y': 'Color y',
  'effect.effect': 'Effect',
  'contact.open': 'Contact',
  'occupancy.occupied': 'Motion',
  'waterLeak.leaking': 'Water',
  'smoke.alarm': 'Smoke',
  'carbonMonoxide.alarm': 'Carbon monoxide',
  'vibration.detected': 'Vibration',
  'tamper.tampered': 'Tampering',
  'co2.co2': 'CO₂',
  'pm1.pm1': 'Fine dust PM1',
  'pm25.pm25': 'Fine dust PM2.5',
  'pm10.pm10': 'Fine dust PM10',
  'voc.voc': 'Vapours (VOC)',
  'filter.life': 'Filter left',
  'humidifier.target': 'Target humidity',
  'humidifier.mode': 'Mode',
  'power.power': 'Power used',
  'power.factor': 'Power factor',
  'energy.imported': 'Energy used',
  'energy.exported': 'Energy given',
  'storage.charge': 'Charge',
  'storage.state': 'Storage',
  'evse.state': 'Charger',
  'evse.limit': 'Current limit',
  'battery.level': 'Battery',
  'battery.low': 'Battery low',
  'battery.voltage': 'Battery voltage',
  'battery.type': 'Battery type',
  'thermostat.mode': 'Mode',
  'thermostat.heatingSetpoint': 'Target temperature',
  'thermostat.coolingSetpoint': 'Cooling temperature',
  'thermostat.running': 'Doing',
  'thermostat.valve': 'Valve',
  'thermostat.windowOpen': 'Window',
  'fan.mode': 'Fan mode',
  'fan.direction': 'Direction',
  'lock.state': 'Lock',
  'cover.position': 'Position',
  'cover.state': 'Cover',
  'cover.moving': 'Movement',
  'valve.open': 'Valve',
  'alarm.state': 'Alarm',
  'siren.on': 'Siren',
  'media.volume': 'Volume',
  'media.playback': 'Playback',
  'appliance.state': 'Appliance',
  'appliance.finishesAt': 'Done at',
  'vacuum.state': 'Vacuum',
  'update.state': 'Update',
  'link.quality': 'Signal quality',
  'link.rssi': 'Signal strength',
};

export const valueNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'onOff.on': { true: 'On', false: 'Off' },
  'siren.on': { true: 'Sounding', false: 'Silent' },
  'contact.open': { true: 'Open', false: 'Closed' },
  'valve.open': { true: 'Open', false: 'Closed' },
  'occupancy.occupied': { true: 'Motion', false: 'No motion' },
  'waterLeak.leaking': { true: 'Water!', false: 'Dry' },
  'smoke.alarm': { true: 'Smoke!', false: 'No smoke' },
  'carbonMonoxide.alarm': { true: 'Carbon monoxide!', false: 'Air is safe' },
  'vibration.detected': { true: 'Vibrating', false: 'Still' },
  'tamper.tampered': { true: 'Tampered with', false: 'Untouched' },
  'battery.low': { true: 'Low', false: 'Fine' },
  'thermostat.windowOpen': { true: 'Open', false: 'Closed' },
  'media.muted': { true: 'Muted', false: 'Not muted' },
  'color.mode': { xy: 'Color', hs: 'Color', temperature: 'White' },
};
