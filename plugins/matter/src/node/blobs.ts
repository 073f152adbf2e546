// Firmware that is being installed, held in memory until the device has it: it was read from the disk and can be again.

import { MemoryBlobStorageDriver, type StorageService } from '@matter/main';

const ID = 'memory';

export function keepImagesInMemory(storage: StorageService): void {
  storage.registerBlobDriver({ id: ID, create: () => new MemoryBlobStorageDriver() });
  storage.defaultBlobDriver = ID;
}
