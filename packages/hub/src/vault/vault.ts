// Secrets at rest: AES-256-GCM under the key in the data folder. A copied database alone tells nothing.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HubError } from '@lintel/model';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_FILE = 'hub.key';

export interface Vault {
  /** `purpose` is bound to the secret: one cannot stand in for another. */
  seal(plain: string, purpose: string): Uint8Array;
  open(sealed: Uint8Array, purpose: string): string;
}

export const hasKey = (folder: string): boolean => existsSync(join(folder, KEY_FILE));

/** Reads the key, or makes one in an empty folder. @throws HubError STORAGE_FAILED when the key file is damaged */
export function openVault(folder: string): Vault {
  const file = join(folder, KEY_FILE);
  if (!existsSync(file)) writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx', flush: true });
  const key = readFileSync(file);
  if (key.length !== KEY_BYTES) throw new HubError('STORAGE_FAILED', `${file} is damaged: restore it from a backup`);
  return {
    seal: (plain, purpose) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed, purpose) => {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(purpose));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
