// What happens to a device from outside: a sensor notices something, a person presses a button.

import { Writer } from './bytes.ts';
import { sendDataPoint } from './clusters/tuya.ts';
import type { Destination, VirtualDevice, VirtualEndpoint } from './device.ts';
import type { GestureModel } from './model.ts';
import { GENERAL, TYPE, writeValue, type AttributeValue } from './zcl.ts';

const ZONE_STATUS_CHANGED = 0x00;

/** Sets values by `"cluster.attribute"` and reports them at once, whatever reporting was configured. */
export function notice(
  device: VirtualDevice,
  values: Readonly<Record<string, AttributeValue>>,
  endpoint?: number,
): void {
  const touched = new Map<string, { endpoint: VirtualEndpoint; attributes: string[] }>();
  for (const [path, value] of Object.entries(values)) {
    const found = findEndpoint(device, path, endpoint);
    const [cluster = '', attribute = ''] = path.split('.');
    found.clusterNamed(cluster)!.values.set(attribute, value);
    const key = `${found.id}/${cluster}`;
    const entry = touched.get(key) ?? { endpoint: found, attributes: [] };
    entry.attributes.push(attribute);
    touched.set(key, entry);
  }
  for (const [key, { endpoint: found, attributes }] of touched) tell(device, found, key.split('/')[1]!, attributes);
}

function findEndpoint(device: VirtualDevice, path: string, endpoint?: number): VirtualEndpoint {
  for (const each of device.endpoints.values()) {
    if ((endpoint === undefined || each.id === endpoint) && each.get(path) !== undefined) return each;
  }
  throw new Error(`${device.model.key} has no ${path}${endpoint === undefined ? '' : ` on endpoint ${endpoint}`}`);
}

function tell(device: VirtualDevice, endpoint: VirtualEndpoint, name: string, attributes: readonly string[]): void {
  const cluster = endpoint.clusterNamed(name)!;
  if (name === 'ssIasZone' && attributes.includes('zoneStatus')) return tellZone(device, endpoint);
  if (name === 'manuSpecificTuya') {
    for (const attribute of attributes) sendDataPoint(endpoint, Number(attribute.slice(2)));
    return;
  }
  device.sendReport(endpoint, cluster, attributes);
}

function tellZone(device: VirtualDevice, endpoint: VirtualEndpoint): void {
  const [status, zone] = [endpoint.get('ssIasZone.zoneStatus'), endpoint.get('ssIasZone.zoneId')];
  const payload = new Writer()
    .u16(Number(status))
    .u8(0, Number(zone ?? 0xff))
    .u16(0)
    .build();
  const header = { specific: true, fromServer: true, disableDefaultResponse: true, manufacturer: null };
  device.send(endpoint.id, 0x0500, { ieee: null, endpoint: 1 }, { ...header, command: ZONE_STATUS_CHANGED }, payload);
}

/** Makes one of the model's gestures, such as a press of its button "on". */
export function gesture(device: VirtualDevice, name: string): void {
  const model = device.model.gestures?.[name];
  if (model === undefined) {
    const known = Object.keys(device.model.gestures ?? {}).join(', ') || 'none';
    throw new Error(`${device.model.key} has no gesture ${name}; it has: ${known}`);
  }
  const to: Destination[] = device.audience(model.endpoint, model.cluster);
  for (const each of to) send(device, model, each);
}

function send(device: VirtualDevice, model: GestureModel, to: Destination): void {
  const header = {
    specific: model.attribute === undefined,
    fromServer: model.attribute !== undefined || model.fromServer === true,
    disableDefaultResponse: true,
    manufacturer: model.manufacturer ?? null,
    command: model.attribute === undefined ? model.command : GENERAL.report,
  };
  device.send(model.endpoint, model.cluster, to, header, payloadOf(model));
}

function payloadOf({ attribute, payload }: GestureModel): Buffer {
  if (attribute === undefined) return Buffer.from(payload ?? []);
  const writer = new Writer().u16(attribute.id).u8(TYPE[attribute.type]);
  writeValue(writer, attribute.type, attribute.value);
  return writer.build();
}
