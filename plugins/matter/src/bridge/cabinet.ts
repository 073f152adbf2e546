// A cabinet of an oven or a refrigerator as ecosystems command it. The machine's own report moves the state.

import { TemperatureControlServer } from '@matter/main/behaviors/temperature-control';
import { TemperatureControlledCabinetRequirements } from '@matter/main/devices/temperature-controlled-cabinet';
import type { TemperatureControl } from '@matter/main/clusters/temperature-control';
import { Status, StatusResponseError } from '@matter/main/types';

import { byOf, requestsOf } from './asking.ts';
import { completion, isThrough, run } from './machine.ts';

const HUNDREDTHS = 100;
/** The home has no word of its own yet for what a cabinet is to be held at. */
export const TARGET = 'targetTemperature';

export class BridgedTemperature extends TemperatureControlServer.with('TemperatureNumber') {
  override setTemperature({ targetTemperature }: TemperatureControl.SetTemperatureRequest): void {
    const { minTemperature, maxTemperature } = this.state;
    if (targetTemperature === undefined || targetTemperature < minTemperature || targetTemperature > maxTemperature) {
      throw new StatusResponseError('the cabinet cannot be held at this temperature', Status.ConstraintError);
    }
    void requestsOf(this)?.set({ [`generic.${TARGET}`]: targetTemperature / HUNDREDTHS }, byOf(this));
  }
}

export class BridgedCavity extends TemperatureControlledCabinetRequirements.OvenCavityOperationalStateServer {
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
}
