// The hub's public face.

export { noteFault } from './boots.ts';
export { systemScheduler, type Scheduler } from './clock.ts';
export { rehearse, type Rehearsal } from './backup/rehearse.ts';
export { tryBackup, writeBackup, type Backups, type BackupView } from './backup/backups.ts';
export { lockFolder } from './lock.ts';
export { createHub, type HubLog, type HubOptions } from './hub.ts';
export * from './interface.ts';
export { openStore, type Store } from './store/store.ts';
export type { Row, SqlValue, Statement } from './store/messages.ts';
