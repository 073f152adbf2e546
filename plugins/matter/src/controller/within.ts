// Work that has an end, whether or not it comes to one.

import { PluginError } from '@lintel/sdk';

/** Whichever comes first: what the work comes to, or a failure when the limit aborts. */
export function within<T>(work: Promise<T>, limit: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(new PluginError('TIMEOUT', 'the device did not confirm in time'));
    limit.addEventListener('abort', onAbort, { once: true });
    const release = (): void => limit.removeEventListener('abort', onAbort);
    work.then(
      (value) => (release(), resolve(value)),
      (error: unknown) => (release(), reject(error)),
    );
  });
}
