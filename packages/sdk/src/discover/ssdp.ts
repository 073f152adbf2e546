// SSDP, which UPnP devices answer: a question and answers shaped like HTTP headers in datagrams.

import type { Discovered } from '../plugin.ts';

export const SSDP_ADDRESS = '239.255.255.250';
export const SSDP_PORT = 1900;
const ANSWER_WITHIN_SECONDS = 2;

/** The question for everything that answers to `target`, such as `urn:schemas-upnp-org:device:basic:1`. */
export const writeSearch = (target: string): Uint8Array =>
  new TextEncoder().encode(
    [
      'M-SEARCH * HTTP/1.1',
      `HOST: ${SSDP_ADDRESS}:${SSDP_PORT}`,
      'MAN: "ssdp:discover"',
      `MX: ${ANSWER_WITHIN_SECONDS}`,
      `ST: ${target.replaceAll(/[\r\n]/g, '')}`,
      '',
      '',
    ].join('\r\n'),
  );

function headersOf(text: string): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>;
  for (const line of text.split('\r\n').slice(1)) {
    const at = line.indexOf(':');
    if (at > 0) headers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
  }
  return headers;
}

/** What an answer tells; null for anything else. */
export function readAnswer(packet: Uint8Array, from: string): Discovered | null {
  const text = new TextDecoder().decode(packet);
  if (!/^(?:HTTP\/1\.1 200|NOTIFY )/.test(text)) return null;
  const headers = headersOf(text);
  const location = URL.canParse(headers['location'] ?? '') ? new URL(headers['location']!) : null;
  const port = Number(location?.port || 80);
  return { address: from, port, name: headers['usn'] ?? headers['server'] ?? '', detail: { ...headers } };
}
