// What the hub needs of the SDK to hold the other end of the wire.

export { Channel } from './channel.ts';
export type { ChannelEvents } from './channel.ts';
export { Calls } from './child/calls.ts';
export type { DescribeAnswer, DescribeRequest, SettingsFault } from './child/describe.ts';
export type { HomeChange, HomeDevice } from './home.ts';
export * from './json.ts';
export * from './limits.ts';
export { QUALITY_FILE, QUALITY_LEVELS, readQuality } from './quality.ts';
export type { QualityLevel } from './quality.ts';
export * from './shape.ts';
export * from './wire.ts';
