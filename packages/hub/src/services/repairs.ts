// What needs a hand in the home, worked out from how it is now: what is wrong, since when, and what to do about it.

import { HubError, type Device, type Origin } from '@lintel/model';
import { clockTrouble, type HomeClock } from '../home-clock.ts';
import { authorRepairs, isAuthorRepair } from '../state/authors.ts';
import { runawayRepairs } from '../state/offences.ts';
import type { Parts } from '../state/parts.ts';
import type { ChangeBody, PluginView, Repair } from '../interface.ts';

/** A device that was not heard for so long is not merely switched off for a while. */
const AWAY_MS = 24 * 3_600_000;

export interface RepairSources {
  readonly plugins: { list(): readonly PluginView[]; restart(id: string, by: Origin): Promise<unknown> };
  readonly devices: { list(): readonly Device[] };
  readonly machine: Pick<Parts, 'offences' | 'registry'>;
  readonly automations: {
    enable(id: string, enabled: boolean, by: Origin): Promise<unknown>;
    adopt(id: string, author: string, by: Origin): Promise<unknown>;
  };
  readonly clock: HomeClock;
  readonly believeClock: (by: Origin) => Promise<void>;
}

export function repairService({ plugins, devices, machine, automations, clock, believeClock }: RepairSources) {
  const list = (): readonly Repair[] => [
    ...ofClock(clock),
    ...runawayRepairs(machine),
    ...authorRepairs(machine),
    ...plugins.list().flatMap(ofPlugin),
    ...devices.list().flatMap((device) => [...ofBattery(device), ...ofAbsence(device, clock.now())]),
  ];
  return {
    list,
    fix: async (id: string, by: Origin): Promise<void> => {
      const repair = list().find((each) => each.id === id);
      if (repair === undefined) throw new HubError('NOT_FOUND', 'There is no such repair; it may be done already.');
      if (id === CLOCK) return believeClock(by);
      if (repair.automation !== undefined && isAuthorRepair(repair))
        return void (await automations.adopt(repair.automation, by.id ?? '', by));
      if (repair.automation !== undefined) return void (await automations.enable(repair.automation, true, by));
      if (repair.fix === undefined || repair.plugin === undefined)
        throw new HubError('UNSUPPORTED', `The hub cannot do this by itself. ${repair.step}`);
      await plugins.restart(repair.plugin, by);
    },
  };
}

const CLOCK = 'clock';

/** A machine whose clock stands before what the home has seen. */
function ofClock(clock: HomeClock): Repair[] {
  const diagnosis = clockTrouble(clock);
  if (diagnosis === null) return [];
  return [
    {
      id: CLOCK,
      severity: 'warning',
      since: new Date(clock.since ?? clock.now()).toISOString(),
      diagnosis,
      step: 'Set the clock of the machine, or let it reach a time server. If the clock is right, use it as it is.',
      fix: 'Use this clock',
    },
  ];
}

/** A plugin that ended too often, or could not start; one that waits for its radio mends itself. */
export function ofPlugin({ id, name, status, health }: PluginView): Repair[] {
  if (status !== 'quarantined' && status !== 'failed') return [];
  const [severity, what] =
    status === 'failed' ? (['warning', 'does not run'] as const) : (['error', 'was stopped'] as const);
  return [
    {
      id: `plugin-${id}`,
      plugin: id,
      severity,
      since: health.since,
      diagnosis: `${name} ${what}${health.message === null ? '' : `: ${health.message}`}`,
      step: 'Check its settings, then restart it.',
      fix: 'Restart',
    },
  ];
}

function ofBattery({ id, name, properties }: Device): Repair[] {
  const low = properties['battery.low'];
  if (low?.value !== true) return [];
  const part = properties['battery.type']?.value;
  return [
    {
      id: `battery-${id}`,
      device: id,
      severity: 'warning',
      since: low.changedAt,
      diagnosis: `The battery of ${name} is low.`,
      step: 'Put in a new one.',
      ...(typeof part === 'string' && { part }),
    },
  ];
}

function ofAbsence({ id, name, online, lastSeen }: Device, now: number): Repair[] {
  if (online || lastSeen === null || now - Date.parse(lastSeen) < AWAY_MS) return [];
  return [
    {
      id: `away-${id}`,
      device: id,
      severity: 'warning',
      since: lastSeen,
      diagnosis: `${name} was not heard for more than a day.`,
      step: 'Check its power and whether it is in reach, or remove it from the home.',
    },
  ];
}

/** What the live page is told of a plugin's repair, as it comes and goes. */
export function repairTeller(): (view: PluginView) => ChangeBody[] {
  const told = new Map<string, string>();
  return (view) => {
    const [repair] = ofPlugin(view);
    const before = told.get(view.id);
    if (repair !== undefined) told.set(view.id, repair.id);
    else told.delete(view.id);
    if (repair !== undefined) return [{ topic: 'repair', id: repair.id, value: repair }];
    return before === undefined ? [] : [{ topic: 'repair', id: before, value: null }];
  };
}
