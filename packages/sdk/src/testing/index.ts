export { FakeClock, fakeClock, settle } from './clock.ts';
export * from './fake-hub.ts';
