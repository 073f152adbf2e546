// What herdsman and its converters say, in the plugin's log: without their chatter, and without keys.

import type { PluginLog } from '@lintel/sdk';

type Say = (message: string | (() => string), namespace: string) => void;

/** What both libraries want of a logger. */
export interface LibraryLogger {
  readonly debug: Say;
  readonly info: Say;
  readonly warning: Say;
  readonly error: Say;
}

/** A network key, an install code or a link key, however it is written. */
const KEYS = /\b(?:[0-9a-f]{2}[ :,-]?){15}[0-9a-f]{2}\b|\[(?:\s*\d{1,3}\s*,){15}\s*\d{1,3}\s*\]/gi;

/** What goes wrong with the wire is told as the plugin's health, once, rather than at every attempt. */
const TRANSPORT = 'zh:adapter:transport';

export const withoutKeys = (text: string): string => text.replaceAll(KEYS, '(hidden)');

/** Debug is dropped unread: it is made on the path of every frame. */
export function libraryLogger(log: PluginLog): LibraryLogger {
  const say =
    (write: (text: string) => void): Say =>
    (message, namespace) =>
      namespace === TRANSPORT
        ? undefined
        : write(withoutKeys(typeof message === 'function' ? message() : String(message)).slice(0, 1000));
  const silent: Say = () => undefined;
  return { debug: silent, info: silent, warning: say(log.warn), error: say(log.error) };
}
