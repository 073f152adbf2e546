// What a device shows at the moment it joins. Rules arm on the first value they know: a motion sensor whose first word
// were "motion" would start nothing.

import type { Events, Models } from 'zigbee-herdsman';

import { kindOfFailure } from './errors.ts';

/** Attributes that sensors, locks and blinds are asked for; what converters can ask themselves comes on top. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  msOccupancySensing: ['occupancy'],
  msTemperatureMeasurement: ['measuredValue'],
  msRelativeHumidity: ['measuredValue'],
  msPressureMeasurement: ['measuredValue'],
  msIlluminanceMeasurement: ['measuredValue'],
  genOnOff: ['onOff'],
  genPowerCfg: ['batteryPercentageRemaining'],
  ssIasZone: ['zoneStatus'],
  closuresDoorLock: ['lockState'],
  closuresWindowCovering: ['currentPositionLiftPercentage'],
  hvacThermostat: ['localTemp', 'occupiedHeatingSetpoint', 'systemMode', 'runningState'],
};

/** Milliseconds that one answer is waited for: a device that just joined is awake. */
const ANSWER_MS = 2_000;

/**
 * Asks the device for what it shows; the answers arrive as messages. The state of an alarm zone, which is otherwise told
 * as an event, is handed to `say` as that event. The first question without an answer ends it.
 */
export async function lookAt(
  radio: Models.Device,
  say: (event: Events.MessagePayload) => void,
  except: readonly string[] = [],
): Promise<void> {
  for (const endpoint of radio.endpoints) {
    for (const [cluster, attributes] of Object.entries(ASKED)) {
      if (except.includes(cluster) || !endpoint.supportsInputCluster(cluster)) continue;
      const answered = await ask(endpoint, cluster, attributes, say);
      if (!answered) return;
    }
  }
}

async function ask(
  endpoint: Models.Endpoint,
  cluster: string,
  attributes: readonly string[],
  say: (event: Events.MessagePayload) => void,
): Promise<boolean> {
  try {
    const options = { timeout: ANSWER_MS, disableRecovery: true, sendPolicy: 'immediate' } as const;
    const answer: unknown = await endpoint.read(cluster as string, [...attributes] as never[], options);
    const zone = (answer as { zoneStatus?: unknown } | undefined)?.zoneStatus;
    if (typeof zone === 'number') say(zoneEvent(endpoint, zone));
    return true;
  } catch (error) {
    return kindOfFailure(error) === 'refused';
  }
}

const zoneEvent = (endpoint: Models.Endpoint, zone: number): Events.MessagePayload => ({
  type: 'commandStatusChangeNotification',
  device: endpoint.getDevice(),
  endpoint,
  linkquality: endpoint.getDevice().linkquality ?? 0,
  groupID: 0,
  cluster: 'ssIasZone',
  data: { zonestatus: zone, extendedstatus: 0, zoneID: 0, delay: 0 },
  meta: { rawData: Buffer.alloc(0) },
});
