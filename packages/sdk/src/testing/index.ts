export { FakeClock, fakeClock, settle } from './clock.ts';
export { testPlugin } from './conformance.ts';
export type { CheckResult, ConformanceReport } from './conformance.ts';
export * from './fake-hub.ts';
export type { FakeHubOptions } from './fake-hub-options.ts';
export { QUALITY_LEVELS } from '../quality.ts';
export type { QualityLevel } from '../quality.ts';
export type { TestPluginOptions } from './quality.ts';
export type { EventRecord, ReportRecord } from './records.ts';
