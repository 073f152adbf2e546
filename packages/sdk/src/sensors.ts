// Builders of what a device measures or notices, one for each row of the capability table.

import { row } from './narrow.ts';

/**
 * Whether a door or window is open: `contact.open`.
 * @example await ctx.report('door', { 'contact.open': true });
 */
export const contact = row('contact');
/**
 * Whether someone is there: `occupancy.occupied`.
 * @example await ctx.report('hall', { 'occupancy.occupied': true });
 */
export const occupancy = row('occupancy');
/**
 * Whether there is water where none should be: `waterLeak.leaking`.
 * @example await ctx.report('cellar', { 'waterLeak.leaking': true });
 */
export const waterLeak = row('waterLeak');
/**
 * Whether there is smoke: `smoke.alarm`.
 * @example await ctx.report('ceiling', { 'smoke.alarm': true });
 */
export const smoke = row('smoke');
/**
 * Whether there is carbon monoxide: `carbonMonoxide.alarm`.
 * @example await ctx.report('boiler-room', { 'carbonMonoxide.alarm': true });
 */
export const carbonMonoxide = row('carbonMonoxide');
/**
 * Whether it shakes: `vibration.detected`.
 * @example await ctx.report('washer', { 'vibration.detected': true });
 */
export const vibration = row('vibration');
/**
 * Whether someone opened or removed it: `tamper.tampered`.
 * @example await ctx.report('keypad', { 'tamper.tampered': true });
 */
export const tamper = row('tamper');
/**
 * °C.
 * @example await ctx.report('garden', { 'temperature.temperature': -3.5 });
 */
export const temperature = row('temperature');
/**
 * Relative humidity, 0 to 100 %.
 * @example await ctx.report('bathroom', { 'humidity.humidity': 61.5 });
 */
export const humidity = row('humidity');
/**
 * Air pressure, hPa.
 * @example await ctx.report('garden', { 'pressure.pressure': 1013.2 });
 */
export const pressure = row('pressure');
/**
 * Light on the sensor, lx.
 * @example await ctx.report('desk', { 'illuminance.illuminance': 320 });
 */
export const illuminance = row('illuminance');
/**
 * Carbon dioxide, ppm.
 * @example await ctx.report('bedroom', { 'co2.co2': 840 });
 */
export const co2 = row('co2');
/**
 * Particles up to 1 µm, µg/m³.
 * @example await ctx.report('kitchen', { 'pm1.pm1': 4 });
 */
export const pm1 = row('pm1');
/**
 * Particles up to 2.5 µm, µg/m³.
 * @example await ctx.report('kitchen', { 'pm25.pm25': 9 });
 */
export const pm25 = row('pm25');
/**
 * Particles up to 10 µm, µg/m³.
 * @example await ctx.report('kitchen', { 'pm10.pm10': 14 });
 */
export const pm10 = row('pm10');
/**
 * Volatile organic compounds, µg/m³.
 * @example await ctx.report('studio', { 'voc.voc': 210 });
 */
export const voc = row('voc');
/**
 * Formaldehyde, µg/m³.
 * @example await ctx.report('studio', { 'formaldehyde.formaldehyde': 12 });
 */
export const formaldehyde = row('formaldehyde');
/**
 * Air quality as an index of the device’s own, from 0.
 * @example await ctx.report('bedroom', { 'airQuality.airQuality': 42 });
 */
export const airQuality = row('airQuality');
/**
 * Water in the soil, 0 to 100 %.
 * @example await ctx.report('tomatoes', { 'soilMoisture.soilMoisture': 38 });
 */
export const soilMoisture = row('soilMoisture');
/**
 * Distance to what is measured, m.
 * @example await ctx.report('cistern', { 'distance.distance': 1.25 });
 */
export const distance = row('distance');
/**
 * Wind, m/s.
 * @example await ctx.report('roof', { 'windSpeed.windSpeed': 7.2 });
 */
export const windSpeed = row('windSpeed');
/**
 * Rain, mm.
 * @example await ctx.report('roof', { 'rain.rain': 0.4 });
 */
export const rain = row('rain');
/**
 * What is left of a filter, from 0 to 1: `filter.life`.
 * @example await ctx.report('purifier', { 'filter.life': 0.35 });
 */
export const filter = row('filter');
/**
 * Events of a camera: person, vehicle, package, doorbell.
 * @example await ctx.event('front-door', 'camera.doorbell');
 */
export const camera = row('camera');
/**
 * Electric power in W (above 0: taken), voltage, current, frequency, factor.
 * @example power({ properties: ['power'], limits: { power: [0, 3680] } })
 */
export const power = row('power');
/**
 * Energy taken and given, kWh, growing.
 * @example energy({ properties: ['imported'], commands: [] })
 */
export const energy = row('energy');
/**
 * Gas or water that has flowed, m³, growing.
 * @example await ctx.report('water-meter', { 'volume.consumed': 412.034 });
 */
export const volume = row('volume');
/**
 * A battery of the home: charge from 0 to 1, and whether it charges.
 * @example await ctx.report('cellar-battery', { 'storage.charge': 0.8 });
 */
export const storage = row('storage');
/**
 * The device’s own battery: level from 0 to 1, `low`, voltage, type.
 * @example battery({ properties: ['level', 'low'] })
 */
export const battery = row('battery');
/**
 * The radio link: quality from 0 to 1, signal in dBm.
 * @example await ctx.report('plug', { 'link.quality': 0.7, 'link.rssi': -61 });
 */
export const link = row('link');
