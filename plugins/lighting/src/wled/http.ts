// One question to a lamp over HTTP, and its answer as JSON: small, in time, from a connection of its own, since the firmware
// keeps none open.

import { request, type IncomingMessage } from 'node:http';

import { PluginError, type Clock } from '@lintel/sdk';

import { ANSWER_BYTES_MAX, BUSY_ATTEMPTS, BUSY_MS } from '../limits.ts';
import { inWords, type Address } from '../settings.ts';

const OFFLINE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'it cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ENOTFOUND: 'no device has this name',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNRESET: 'it hung up',
  ETIMEDOUT: 'it does not answer',
};

/** A fault of the connection in words that say what to check. */
function explain(error: unknown, address: Address): PluginError {
  if (error instanceof PluginError) return error;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const why = OFFLINE[code] ?? `the connection failed (${code || String(error).slice(0, 100)})`;
  return new PluginError(
    'DEVICE_OFFLINE',
    `The lamp at ${inWords(address)} does not answer: ${why}. Check that it has power and is on your network.`,
  );
}

/** The firmware has one place to read or write a message in, and it was taken: nothing was done. */
class Busy extends PluginError {}

/** Asks again, a moment later, where the lamp was busy with someone else. */
export async function untilFree<T>(attempt: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Busy) || number >= BUSY_ATTEMPTS) throw error;
    }
    await clock.sleep(BUSY_MS, signal);
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_BYTES_MAX) throw new PluginError('DEVICE_REFUSED', 'it answered far more than a lamp has to say');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, address: Address): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PluginError('DEVICE_REFUSED', `What answers at ${inWords(address)} does not speak WLED's JSON.`);
  }
}

function send(address: Address, path: string, body: string | null, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body ?? '') };
  return new Promise((resolve, reject) => {
    const asked = request({
      ...address,
      path,
      method: body === null ? 'GET' : 'POST',
      agent: false,
      signal,
      ...(body !== null && { headers }),
    });
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end(body ?? undefined);
  });
}

/**
 * Asks by GET, or tells by POST. Rejects with `signal`'s reason, `DEVICE_OFFLINE` where no one answers, `DEVICE_REFUSED` where
 * the answer is none.
 */
export async function ask(address: Address, path: string, signal: AbortSignal, told?: unknown): Promise<unknown> {
  try {
    const response = await send(address, path, told === undefined ? null : JSON.stringify(told), signal);
    const text = await readAll(response);
    if (response.statusCode === 200) return parse(text, address);
    const Refusal = response.statusCode === 503 ? Busy : PluginError;
    throw new Refusal('DEVICE_REFUSED', `The lamp at ${inWords(address)} refused: HTTP ${response.statusCode}.`);
  } catch (error) {
    signal.throwIfAborted();
    throw explain(error, address);
  }
}
