// Machines that run programs, and what food is cooked on.

import { DishwasherModeServer } from '@matter/main/behaviors/dishwasher-mode';
import { LaundryWasherModeServer } from '@matter/main/behaviors/laundry-washer-mode';
import { CooktopDevice } from '@matter/main/devices/cooktop';
import { DishwasherDevice } from '@matter/main/devices/dishwasher';
import { LaundryDryerDevice } from '@matter/main/devices/laundry-dryer';
import { LaundryWasherDevice } from '@matter/main/devices/laundry-washer';
import type { EndpointType } from '@matter/main';

import { telling, type Facet, type Source, type Twin } from '../facet.ts';
import { BridgedCooktop, BridgedMachine } from '../machine.ts';
import { choosing, type Choosing } from '../modes.ts';
import { cabinetTwins } from './cabinets.ts';
import { machineCalled } from './called.ts';
import { switching } from './lights.ts';
import { operationOf } from './running.ts';

const running = telling([BridgedMachine], (values) => ({ operationalState: operationOf(values) }));

const NORMAL = 0x4000;
const normalFirst = (index: number): number[] => (index === 0 ? [NORMAL] : []);
const program = { capability: 'appliance', property: 'program', tagsAt: normalFirst };
const washing = { ...program, behavior: LaundryWasherModeServer, cluster: 'laundryWasherMode' };
const dishwashing = { ...program, behavior: DishwasherModeServer, cluster: 'dishwasherMode' };

const TYPES: Readonly<Record<string, readonly [EndpointType, Choosing]>> = {
  dishwasher: [DishwasherDevice, dishwashing],
  dryer: [LaundryDryerDevice, washing],
  washer: [LaundryWasherDevice, washing],
};

const HOT = new Set(['running', 'paused']);
/** It can be put out from afar, and never lit (Device Library Specification, Cooktop). */
const hot = telling([BridgedCooktop], (values) => ({ onOff: { onOff: HOT.has(String(values['appliance.state'])) } }));

function cooktopTwins(source: Source): Twin[] {
  const facet: Facet = source.has('onOff') ? switching('onOff') : hot;
  return [{ name: 'machine', endpoint: source.endpoint.id, type: CooktopDevice, facets: [facet] }];
}

export function machineTwins(source: Source): Twin[] {
  const runs = source.property('appliance', 'state') !== undefined;
  if (source.has('vacuum') || !(runs || source.kind === 'appliance')) return [];
  const called = machineCalled(source);
  if (called === 'oven' || called === 'refrigerator') return cabinetTwins(source, called);
  if (called === 'cooktop' && (runs || source.has('onOff'))) return cooktopTwins(source);
  if (!runs) return [];
  const [type, programs] = TYPES[called ?? ''] ?? TYPES['dishwasher']!;
  return [{ name: 'machine', endpoint: source.endpoint.id, type, facets: [running, ...choosing(source, programs)] }];
}
