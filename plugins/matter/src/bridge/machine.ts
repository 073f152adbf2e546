// Machines that run for a while, vacuums among them, as ecosystems command them. The machine's own report moves the state.

import { ServiceAreaServer } from '@matter/main/behaviors/service-area';
import { RvcRunModeServer } from '@matter/main/behaviors/rvc-run-mode';
import type { ModeBase } from '@matter/main/clusters/mode-base';
import { OperationalState } from '@matter/main/clusters/operational-state';
import type { ServiceArea } from '@matter/main/clusters/service-area';
import { CooktopRequirements } from '@matter/main/devices/cooktop';
import { DishwasherRequirements } from '@matter/main/devices/dishwasher';
import { RoboticVacuumCleanerRequirements } from '@matter/main/devices/robotic-vacuum-cleaner';

import { cut } from './about.ts';
import { ask, refusalOf, type Acting } from './asking.ts';

const { NoError, CommandInvalidInState } = OperationalState.ErrorState;
const TEXT_BYTES_MAX = 64;

export async function run(acting: Acting, command: string, args?: Readonly<Record<string, unknown>>) {
  const refusal = await refusalOf(acting, command, args);
  if (refusal === null) return { commandResponseState: { errorStateId: NoError } };
  const errorStateDetails = cut(refusal, TEXT_BYTES_MAX);
  return { commandResponseState: { errorStateId: CommandInvalidInState, errorStateDetails } };
}

/** Running, paused and (for a vacuum) on its way back: not through yet. An error may be seen to. */
const UNDER_WAY = new Set([1, 2, 3, 0x40]);
export const isThrough = (now: number, before: number): boolean => UNDER_WAY.has(before) && !UNDER_WAY.has(now);
export const completion = { completionErrorCode: NoError, totalOperationalTime: null, pausedTime: null };

export class BridgedMachine extends DishwasherRequirements.OperationalStateServer {
  override async initialize(): Promise<void> {
    await super.initialize();
    this.reactTo(this.events.operationalState$Changed, this.#told);
  }
  #told(now: number, before: number): void {
    if (isThrough(now, before)) this.events.operationCompletion.emit(completion, this.context);
  }
  override start() {
    return run(this, 'appliance.start');
  }
  override stop() {
    return run(this, 'appliance.stop');
  }
  override pause() {
    return run(this, 'appliance.pause');
  }
  override resume() {
    return run(this, 'appliance.resume');
  }
}

/** For a cooktop without a switch of its own: off is stopped, and nobody lights it from afar. */
export class BridgedCooktop extends CooktopRequirements.OnOffServer {
  override off() {
    return ask(this, 'appliance.stop');
  }
}

/** The areas of a vacuum, and which of them it is to clean. matter.js starts no service area without the feature for maps. */
export class BridgedAreas extends ServiceAreaServer.with('Maps') {
  /** As they are called at home. */
  get selectedNames(): string[] {
    const { selectedAreas, supportedAreas } = this.state;
    const selected = supportedAreas.filter(({ areaId }) => selectedAreas.includes(areaId));
    return selected.map(({ areaInfo }) => areaInfo.locationInfo?.locationName ?? '');
  }
  override initialize() {
    this.reactTo(this.events.supportedAreas$Changed, this.#forgetGone);
    return super.initialize();
  }
  #forgetGone(areas: readonly ServiceArea.Area[]): void {
    this.state.selectedAreas = this.state.selectedAreas.filter((id) => areas.some(({ areaId }) => areaId === id));
  }
}

function startOf(acting: Acting & Pick<RvcRunModeServer, 'agent'>): Promise<string | null> {
  const areas = acting.agent.has(BridgedAreas) ? acting.agent.get(BridgedAreas).selectedNames : [];
  return refusalOf(acting, 'vacuum.start', areas.length === 0 ? undefined : { areas });
}

/** A vacuum's run modes by number. */
export const IDLE = 0;
export const CLEANING = 1;

export class BridgedRun extends RvcRunModeServer {
  override async changeToMode({ newMode }: ModeBase.ChangeToModeRequest): Promise<ModeBase.ChangeToModeResponse> {
    if (newMode !== IDLE && newMode !== CLEANING) return { status: 1, statusText: 'there is no such mode' };
    const refusal = await (newMode === IDLE ? refusalOf(this, 'vacuum.dock') : startOf(this));
    return refusal === null ? { status: 0, statusText: '' } : { status: 2, statusText: cut(refusal, TEXT_BYTES_MAX) };
  }
}

export class BridgedVacuum extends RoboticVacuumCleanerRequirements.RvcOperationalStateServer {
  override async initialize(): Promise<void> {
    await super.initialize();
    this.reactTo(this.events.operationalState$Changed, this.#told);
  }
  #told(now: number, before: number): void {
    if (isThrough(now, before)) this.events.operationCompletion.emit(completion, this.context);
  }
  override pause() {
    return run(this, 'vacuum.pause');
  }
  override resume() {
    return run(this, 'vacuum.start');
  }
  override goHome() {
    return run(this, 'vacuum.dock');
  }
}
