// What many devices have beside their purpose: buttons, showing which one it is, the radio link, firmware.

import { button, generic, identify, link, update, type ButtonAction } from '@lintel/sdk';

import {
  fieldsOf,
  invoke,
  numberOf,
  type ClusterMapping,
  type ClusterView,
  type Fields,
  type HubEvent,
} from './types.ts';

const PRESSES: readonly ButtonAction[] = ['single', 'double', 'triple', 'quadruple'];
const pressesOf = (count: number): ButtonAction => PRESSES[count - 1] ?? 'many';

function actionsOf({ features, attributes }: ClusterView): ButtonAction[] {
  const { momentarySwitchMultiPress: multi, momentarySwitchLongPress: long } = features;
  const most = numberOf(attributes['multiPressMax']) ?? 2;
  return [
    ...(multi === true ? PRESSES.slice(0, most) : (['single'] as const)),
    ...(multi === true && most > PRESSES.length ? (['many'] as const) : []),
    ...(long === true ? (['hold', 'release'] as const) : []),
  ];
}

const pressed = (action: ButtonAction): HubEvent => ({ event: 'button.pressed', data: { action } });

const switchMapping: ClusterMapping = {
  cluster: 'switch',
  capabilities: (view) =>
    view.features['momentarySwitch'] === true
      ? [button({ buttons: [String(view.endpoint.number)], actions: actionsOf(view) })]
      : [generic({ switchPosition: { type: 'number', label: 'Position', min: 0 } })],
  values: ({ attributes, features }) =>
    features['momentarySwitch'] === true ? {} : { 'generic.switchPosition': numberOf(attributes['currentPosition']) },
  events: {
    // Each press is told once, by the last that the switch says of it.
    initialPress: (_payload, { features }) =>
      features['momentarySwitchRelease'] === true ||
      features['actionSwitch'] === true ||
      features['momentarySwitchMultiPress'] === true
        ? null
        : pressed('single'),
    shortRelease: (_payload, { features }) =>
      features['momentarySwitchMultiPress'] === true ? null : pressed('single'),
    multiPressComplete(payload) {
      const count = numberOf(payload['totalNumberOfPressesCounted']) ?? 0;
      return count > 0 ? pressed(pressesOf(count)) : null;
    },
    longPress: () => pressed('hold'),
    longRelease: () => pressed('release'),
  },
};

const IDENTIFY_SECONDS = 10;

const identifyMapping: ClusterMapping = {
  cluster: 'identify',
  capabilities: () => [identify()],
  commands: { 'identify.identify': () => invoke('identify', 'identify', { identifyTime: IDENTIFY_SECONDS }) },
};

const wifiLink: ClusterMapping = {
  cluster: 'wiFiNetworkDiagnostics',
  capabilities: () => [link({ properties: ['rssi'] })],
  values: ({ attributes }) => ({ 'link.rssi': numberOf(attributes['rssi']) }),
};

/** As its parent or best neighbour hears it. */
function threadSignal(attributes: Fields): number | null {
  const table = attributes['neighborTable'];
  const heard = Array.isArray(table) ? table.map((each) => numberOf(fieldsOf(each)['averageRssi'])) : [];
  const known = heard.filter((each) => each !== null);
  return known.length === 0 ? null : Math.max(...known);
}

const threadLink: ClusterMapping = {
  cluster: 'threadNetworkDiagnostics',
  capabilities: () => [link({ properties: ['rssi'] })],
  values: ({ attributes }) => ({ 'link.rssi': threadSignal(attributes) }),
};

const UPDATE_STATES: Readonly<Record<number, string>> = {
  0: 'idle',
  1: 'idle',
  2: 'idle',
  3: 'idle',
  4: 'downloading',
  5: 'installing',
  6: 'installing',
  7: 'installing',
};

const firmware: ClusterMapping = {
  cluster: 'otaSoftwareUpdateRequestor',
  capabilities: () => [update({ properties: ['installed', 'available', 'state', 'progress'] })],
  values: ({ attributes, endpoint }) => {
    const progress = numberOf(attributes['updateStateProgress']);
    const { softwareVersionString } = fieldsOf(endpoint.clusters['basicInformation']);
    return {
      'update.installed': typeof softwareVersionString === 'string' ? softwareVersionString : null,
      'update.state': UPDATE_STATES[numberOf(attributes['updateState']) ?? 0] ?? 'idle',
      'update.progress': progress === null ? null : progress / 100,
    };
  },
};

export const GENERAL: readonly ClusterMapping[] = [switchMapping, identifyMapping, wifiLink, threadLink, firmware];
