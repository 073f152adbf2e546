// Lamps, plugs and the wall switches beside them.

import { ColorControlServer } from '@matter/main/behaviors/color-control';
import { SwitchServer } from '@matter/main/behaviors/switch';
import { ColorTemperatureLightDevice } from '@matter/main/devices/color-temperature-light';
import { DimmableLightDevice } from '@matter/main/devices/dimmable-light';
import { DimmablePlugInUnitDevice } from '@matter/main/devices/dimmable-plug-in-unit';
import { ExtendedColorLightDevice } from '@matter/main/devices/extended-color-light';
import { GenericSwitchDevice } from '@matter/main/devices/generic-switch';
import { OnOffLightDevice } from '@matter/main/devices/on-off-light';
import { OnOffPlugInUnitDevice } from '@matter/main/devices/on-off-plug-in-unit';
import { ElectricalSensorEndpoint } from '@matter/main/endpoints/electrical-sensor';

import { FirmwareOfItsOwn } from '../firmware.ts';
import { single, type Kind } from '../kind.ts';
import { ImportMeter, importing } from './meters.ts';

const LEVEL = { currentLevel: 254, minLevel: 1, maxLevel: 254, onLevel: null };
/** 153 mired is 6,536 K, 454 mired 2,203 K. */
const WHITES = {
  colorTempPhysicalMinMireds: 153,
  colorTempPhysicalMaxMireds: 454,
  coupleColorTempToLevelMinMireds: 153,
  startUpColorTemperatureMireds: null,
  colorTemperatureMireds: 250,
};
const FullColor = ColorControlServer.with('HueSaturation', 'Xy', 'ColorTemperature');
const Whites = ColorControlServer.with('ColorTemperature');
const Buttons = SwitchServer.with(
  'MomentarySwitch',
  'MomentarySwitchRelease',
  'MomentarySwitchLongPress',
  'MomentarySwitchMultiPress',
);

const button = { multiPressMax: 3, numberOfPositions: 2, currentPosition: 0 };

export const LIGHTS: Readonly<Record<string, Kind>> = {
  'on-off-light': single('On/off lamp', OnOffLightDevice),
  'dimmable-light': single('Dimmable lamp', DimmableLightDevice, { levelControl: LEVEL }),
  'white-light': single('White lamp', ColorTemperatureLightDevice.with(Whites), {
    levelControl: LEVEL,
    colorControl: { ...WHITES, colorMode: 2 },
  }),
  'color-light': single('Colour lamp', ExtendedColorLightDevice.with(FullColor), {
    levelControl: { ...LEVEL, managedTransitionTimeHandling: true },
    colorControl: { ...WHITES, colorMode: 2 },
  }),
  'updatable-light': {
    ...single('Updatable lamp', OnOffLightDevice),
    root: { with: [FirmwareOfItsOwn], state: {} },
  },
  plug: single('Plug', OnOffPlugInUnitDevice),
  'dimmable-plug': single('Dimmable plug', DimmablePlugInUnitDevice, { levelControl: LEVEL }),
  'metering-plug': {
    product: 'Metering plug',
    parts: [
      { id: 'main', type: OnOffPlugInUnitDevice },
      { id: 'meter', type: ElectricalSensorEndpoint.with(...ImportMeter), state: importing(0) },
    ],
  },
  button: single('Button', GenericSwitchDevice.with(Buttons), { switch: button }),
  'two-buttons': {
    product: 'Two buttons',
    parts: [
      { id: 'left', type: GenericSwitchDevice.with(Buttons), state: { switch: button } },
      { id: 'right', type: GenericSwitchDevice.with(Buttons), state: { switch: button } },
    ],
  },
  'latching-switch': single('Latching switch', GenericSwitchDevice.with(SwitchServer.with('LatchingSwitch')), {
    switch: { numberOfPositions: 2, currentPosition: 0 },
  }),
};
