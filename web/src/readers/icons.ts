// The picture of each kind of device. Only these paths of @mdi/js end up in the page.

import {
  mdiAirPurifier,
  mdiAlarmBell,
  mdiAirHumidifier,
  mdiBatteryHigh,
  mdiBellRing,
  mdiBlinds,
  mdiCctv,
  mdiDevices,
  mdiDoorOpen,
  mdiEvStation,
  mdiFan,
  mdiGestureTapButton,
  mdiHeatPump,
  mdiLightbulb,
  mdiLightSwitch,
  mdiLock,
  mdiMeterElectric,
  mdiMotionSensor,
  mdiPipeValve,
  mdiPowerSocketEu,
  mdiRobotVacuum,
  mdiRouterWireless,
  mdiSmokeDetectorVariant,
  mdiSolarPower,
  mdiSpeaker,
  mdiThermometer,
  mdiThermostat,
  mdiWashingMachine,
  mdiWaterAlert,
  mdiWeatherPartlyCloudy,
  mdiBullhorn,
} from '@mdi/js';
import type { Device, DeviceKind } from '@lintel/model';
import { has } from './devices.ts';

const BY_KIND: Readonly<Partial<Record<DeviceKind, string>>> = {
  light: mdiLightbulb,
  switch: mdiLightSwitch,
  plug: mdiPowerSocketEu,
  button: mdiGestureTapButton,
  thermostat: mdiThermostat,
  lock: mdiLock,
  cover: mdiBlinds,
  fan: mdiFan,
  valve: mdiPipeValve,
  alarm: mdiAlarmBell,
  siren: mdiBullhorn,
  media: mdiSpeaker,
  appliance: mdiWashingMachine,
  vacuum: mdiRobotVacuum,
  camera: mdiCctv,
  doorbell: mdiBellRing,
  meter: mdiMeterElectric,
  solar: mdiSolarPower,
  storage: mdiBatteryHigh,
  evse: mdiEvStation,
  heatPump: mdiHeatPump,
  airPurifier: mdiAirPurifier,
  humidifier: mdiAirHumidifier,
  weather: mdiWeatherPartlyCloudy,
  bridge: mdiRouterWireless,
};

const BY_SENSE: readonly [string, string][] = [
  ['occupancy', mdiMotionSensor],
  ['contact', mdiDoorOpen],
  ['waterLeak', mdiWaterAlert],
  ['smoke', mdiSmokeDetectorVariant],
  ['carbonMonoxide', mdiSmokeDetectorVariant],
  ['temperature', mdiThermometer],
];

/** The path of the device's picture, for a 24 × 24 view box. */
export function deviceIcon(device: Device): string {
  const own = BY_KIND[device.kind];
  if (own !== undefined) return own;
  return BY_SENSE.find(([capability]) => has(device, capability))?.[1] ?? mdiDevices;
}
