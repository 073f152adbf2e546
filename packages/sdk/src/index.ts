export * from './capabilities.ts';
export * from './color-space.ts';
export * from './define.ts';
export * from './device.ts';
export type { HomeAccess, HomeChange, HomeDevice, HomeEvent } from './home.ts';
export * from './lane.ts';
export type { CapabilityOptions } from './narrow.ts';
export * from './pairing.ts';
export { outcomeOf } from './perform.ts';
export * from './plugin.ts';
export * from './report.ts';
export * from './retry.ts';
export * from './sensors.ts';
export { z } from './settings.ts';
export * from './steps.ts';
export { SDK_API } from './wire.ts';
export type {
  CapabilityDescription,
  CapabilityName,
  DeviceCommand,
  DeviceKind,
  EndpointDescription,
  EventDescription,
  Outcome,
  OutcomeStatus,
  PropertyDescription,
  Value,
  Values,
} from '@lintel/model';
