// An alarm system. Matter has no device type of its own for it: it is shown as what is set to one of several modes.

import { ModeSelectDevice } from '@matter/main/devices/mode-select';

import { ALARM_MODES, BridgedAlarm } from '../behaviors.ts';
import { telling, type Source, type Twin } from '../facet.ts';

const LABELS = ['Disarmed', 'Home', 'Away', 'Night', 'Alarm'];
const supportedModes = ALARM_MODES.map((_, mode) => ({ label: LABELS[mode]!, mode, semanticTags: [] }));

/** While it is being armed it is still disarmed; while it waits for a code it is still armed. */
const MODE_OF: Readonly<Record<string, number>> = {
  disarmed: 0,
  arming: 0,
  armedHome: 1,
  armedAway: 2,
  pending: 2,
  armedNight: 3,
  triggered: 4,
};

const alarmFacet = telling([BridgedAlarm], (values) => ({
  modeSelect: {
    description: 'Alarm',
    standardNamespace: null,
    supportedModes,
    currentMode: MODE_OF[String(values['alarm.state'])] ?? 0,
  },
}));

export function alarmTwins(source: Source): Twin[] {
  if (!source.has('alarm')) return [];
  return [{ name: 'alarm', endpoint: source.endpoint.id, type: ModeSelectDevice, facets: [alarmFacet] }];
}
