// What a plugin's process says, checked. Nothing here believes anything: ids must be the plugin's own, values must fit what
// the device was described as, texts are bounded. What does not fit is dropped and named in the plugin's log.

import type { Values } from '@lintel/model';
import { PAIRING_STEPS, PluginError } from '@lintel/sdk';
import type { DeviceShare, PairingStep } from '@lintel/sdk';
import {
  checkValues,
  HEALTH_STATES,
  isObject,
  isShallow,
  LOG_LEVELS,
  optional,
  present,
  readEventName,
  readFlag,
  readKey,
  readLocalId,
  readExplanation,
  readName,
  readObject,
  readOneOf,
  readText,
  refuse,
} from '@lintel/sdk/host';
import type { JsonObject, WireError } from '@lintel/sdk/host';
import type { Outcome, OutcomeStatus } from '@lintel/model';

import type { PluginDevices } from './devices.ts';

const EVENT_DATA_CHARACTERS_MAX = 16_384;
const STATUSES = ['done', 'failed', 'timeout', 'offline', 'superseded'] as const satisfies readonly OutcomeStatus[];

const readEndpointId = (raw: unknown, pointer: string): string => readText(raw, pointer, 32);

export interface ReadReport {
  readonly device: string;
  readonly values: Values;
  readonly endpoint: string | undefined;
}

export function readReport(raw: JsonObject, devices: PluginDevices): ReadReport {
  const shape = devices.shape(raw['device']);
  const endpoint = optional(raw['endpoint'], readEndpointId, '/endpoint');
  return { device: raw['device'] as string, values: checkValues(shape, raw['values'], endpoint), endpoint };
}

function readData(raw: unknown): JsonObject {
  const data = raw === undefined ? {} : readObject(raw, '/data');
  if (!isShallow(data, 16)) refuse('nested too deeply', '/data');
  if (JSON.stringify(data).length > EVENT_DATA_CHARACTERS_MAX) refuse('too large', '/data');
  return data;
}

export interface ReadEvent {
  readonly device: string;
  readonly event: string;
  readonly data: JsonObject;
  readonly endpoint: string | undefined;
}

export function readEvent(raw: JsonObject, devices: PluginDevices): ReadEvent {
  const event = readEventName(raw['event']);
  if (!devices.hasEvent(raw['device'], event)) refuse(`the device does not describe the event ${event}`, '/event');
  const endpoint = optional(raw['endpoint'], readEndpointId, '/endpoint');
  return { device: raw['device'] as string, event, data: readData(raw['data']), endpoint };
}

export function readOnline(raw: JsonObject, devices: PluginDevices): { device: string; online: boolean } {
  devices.shape(raw['device']);
  return { device: raw['device'] as string, online: readFlag(raw['online'], '/online') };
}

export function readStale(raw: JsonObject, devices: PluginDevices): string {
  devices.shape(raw['device']);
  return raw['device'] as string;
}

export function readShare(raw: unknown): DeviceShare {
  const { qr, manual, until } = readObject(raw, '');
  const text = (value: unknown, name: string): string => readText(value, `/${name}`, 512);
  return { qr: text(qr, 'qr'), manual: text(manual, 'manual'), until: text(until, 'until') };
}

export function readPresence(raw: JsonObject): { source: string; presence: 'home' | 'away' } {
  return { source: readKey(raw['source']), presence: readOneOf(raw['presence'], ['home', 'away'], '/presence') };
}

function readFault(raw: unknown, pointer: string): { code: string; detail: string } {
  const given = readObject(raw, pointer);
  return {
    code: readText(given['code'], `${pointer}/code`, 64),
    detail: readExplanation(given['detail'], `${pointer}/detail`),
  };
}

export function readOutcome(raw: unknown): Outcome {
  const given = readObject(raw, '/outcome');
  const status = readOneOf(given['status'], STATUSES, '/outcome/status');
  return given['error'] === undefined ? { status } : { status, error: readFault(given['error'], '/outcome/error') };
}

export function readStep(raw: unknown): PairingStep {
  const given = readObject(raw, '/step');
  return present({
    address: readName(given['address'], '/step/address'),
    step: readOneOf(given['step'], PAIRING_STEPS, '/step/step'),
    device: optional(given['device'], readLocalId, '/step/device'),
    message: optional(given['message'], readExplanation, '/step/message'),
    error: optional(given['error'], readFault, '/step/error'),
  });
}

export function readWireError(raw: unknown): WireError {
  const given = readObject(raw, '/error');
  return present({
    code: readText(given['code'], '/error/code', 64),
    detail: readExplanation(given['detail'], '/error/detail'),
    pointer: optional(given['pointer'], readName, '/error/pointer'),
  });
}

export const readHealth = (raw: JsonObject) => ({
  state: readOneOf(raw['state'], HEALTH_STATES, '/state'),
  message: optional(raw['message'], readExplanation, '/message') ?? null,
});

export const readLog = (raw: JsonObject) => ({
  level: readOneOf(raw['level'], LOG_LEVELS, '/level'),
  text: readText(raw['text'], '/text'),
});

export function readMessage(raw: unknown): JsonObject & { readonly type: string } {
  if (!isObject(raw) || typeof raw['type'] !== 'string') throw new PluginError('BAD_VALUE', 'not a message');
  return raw as JsonObject & { readonly type: string };
}

export function readNumberOf(raw: JsonObject, name: string): number {
  const value = raw[name];
  return typeof value === 'number' ? value : refuse('expected a number', `/${name}`);
}
