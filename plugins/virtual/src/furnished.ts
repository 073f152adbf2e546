// The home one gets without settings: every kind of device, where people have them.

import type { VirtualKind } from './kinds.ts';

export interface Furnishing {
  readonly id: string;
  readonly kind: VirtualKind;
  readonly name: string;
  readonly room?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly model?: string | undefined;
}

type Row = readonly [id: string, kind: VirtualKind, name: string];

const ROOMS: Readonly<Record<string, readonly Row[]>> = {
  Hall: [
    ['hall-motion', 'motion', 'Hall motion'],
    ['hall-lamp', 'light', 'Hall lamp'],
    ['front-door', 'lock', 'Front door'],
    ['front-door-contact', 'contact', 'Front door contact'],
    ['doorbell', 'doorbell', 'Doorbell'],
    ['alarm', 'alarm', 'House alarm'],
  ],
  'Living room': [
    ['living-ceiling', 'light', 'Ceiling lamp'],
    ['living-floor-lamp', 'light', 'Floor lamp'],
    ['living-blind', 'cover', 'Window blind'],
    ['living-speaker', 'media', 'Speaker'],
    ['living-climate', 'temperature', 'Living room climate'],
    ['living-fan', 'fan', 'Ceiling fan'],
    ['living-remote', 'button', 'Remote'],
    ['vacuum', 'vacuum', 'Robot vacuum'],
  ],
  Kitchen: [
    ['kitchen-lamp', 'light', 'Worktop lamp'],
    ['kitchen-plug', 'plug', 'Kettle plug'],
    ['dishwasher', 'appliance', 'Dishwasher'],
    ['water-valve', 'valve', 'Water valve'],
    ['kitchen-window', 'contact', 'Kitchen window'],
  ],
  Bedroom: [
    ['bedroom-lamp', 'light', 'Bedside lamp'],
    ['bedroom-thermostat', 'thermostat', 'Bedroom radiator'],
    ['bedroom-blind', 'cover', 'Bedroom blind'],
    ['bedroom-humidifier', 'humidifier', 'Humidifier'],
    ['bedroom-purifier', 'airPurifier', 'Air purifier'],
  ],
  Bathroom: [
    ['bathroom-light', 'switch', 'Mirror light'],
    ['bathroom-sensor', 'sensor', 'Bathroom sensor'],
  ],
  Garage: [
    ['garage-door', 'garage', 'Garage door'],
    ['wallbox', 'evse', 'Car charger'],
    ['garage-siren', 'siren', 'Siren'],
  ],
  Utility: [
    ['meter', 'meter', 'Electricity meter'],
    ['solar', 'solar', 'Solar panels'],
    ['home-battery', 'storage', 'Home battery'],
    ['heat-pump', 'heatPump', 'Heat pump'],
    ['bridge', 'bridge', 'Network bridge'],
  ],
  Garden: [
    ['weather', 'weather', 'Weather station'],
    ['garden-camera', 'camera', 'Garden camera'],
    ['fountain', 'other', 'Fountain'],
  ],
};

export const FURNISHED: readonly Furnishing[] = Object.entries(ROOMS).flatMap(([room, rows]) =>
  rows.map(([id, kind, name]) => ({ id, kind, name, room })),
);
