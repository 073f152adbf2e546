// Clusters whose commands say more than the attributes they leave behind: how long a change is to take, or that an alarm is to
// be armed. Those are heard here; everything else is read from the attributes.

import { StatusResponseError } from '@matter/main/types';
import { Status } from '@matter/main/types';
import type { ColorControl } from '@matter/main/clusters/color-control';
import type { LevelControl } from '@matter/main/clusters/level-control';
import { ColorControlServer } from '@matter/main/behaviors/color-control';
import { ModeSelectServer } from '@matter/main/behaviors/mode-select';
import { LevelControlServer } from '@matter/main/behaviors/level-control';
import { MovementDirection, MovementType, WindowCoveringServer } from '@matter/main/behaviors/window-covering';
import { ValveConfigurationAndControlServer } from '@matter/main/behaviors/valve-configuration-and-control';

import { ask, byOf, requestsOf, type Acting } from './asking.ts';

const noteTransition = (acting: Acting, tenths: number | null): void => requestsOf(acting)?.transition(tenths);

export class BridgedLevel extends LevelControlServer {
  override moveToLevelLogic(level: number, tenths: number | null, withOnOff: boolean, options?: LevelControl.Options) {
    noteTransition(this, tenths);
    return super.moveToLevelLogic(level, tenths, withOnOff, options);
  }
}

export class BridgedWhites extends ColorControlServer.with('ColorTemperature') {
  override moveToColorTemperatureLogic(mireds: number, tenths: number) {
    noteTransition(this, tenths);
    return super.moveToColorTemperatureLogic(mireds, tenths);
  }
}

export class BridgedColor extends ColorControlServer.with('HueSaturation', 'Xy', 'ColorTemperature') {
  override moveToHueLogic(hue: number, direction: ColorControl.Direction, tenths: number, isEnhanced: boolean) {
    noteTransition(this, tenths);
    return super.moveToHueLogic(hue, direction, tenths, isEnhanced);
  }
  override moveToSaturationLogic(saturation: number, tenths: number) {
    noteTransition(this, tenths);
    return super.moveToSaturationLogic(saturation, tenths);
  }
  override moveToColorLogic(x: number, y: number, tenths: number) {
    noteTransition(this, tenths);
    return super.moveToColorLogic(x, y, tenths);
  }
  override moveToColorTemperatureLogic(mireds: number, tenths: number) {
    noteTransition(this, tenths);
    return super.moveToColorTemperatureLogic(mireds, tenths);
  }
}

/** How an alarm system is armed, by number. A triggered one is told of, never asked for. */
export const ALARM_MODES = ['disarmed', 'home', 'away', 'night', 'triggered'] as const;

/** The alarm's own report moves the mode. */
export class BridgedAlarm extends ModeSelectServer {
  override changeToMode({ newMode }: { newMode: number }): Promise<void> {
    const mode = ALARM_MODES[newMode];
    if (mode === undefined) throw new StatusResponseError('there is no such mode', Status.InvalidCommand);
    if (mode === 'disarmed') return ask(this, 'alarm.disarm');
    return mode === 'triggered' ? ask(this, 'alarm.trigger') : ask(this, 'alarm.arm', { mode });
  }
}

const HUNDREDTHS = 10_000;
const Shade = WindowCoveringServer.with('Lift', 'PositionAwareLift', 'Tilt', 'PositionAwareTilt');

/** Matter counts how far a cover is closed; the home how far it is open. */
export class BridgedCover extends Shade {
  override handleMovement(
    type: MovementType,
    _reversed: boolean,
    direction: MovementDirection,
    target?: number,
  ): Promise<void> | void {
    const requests = requestsOf(this);
    if (requests === undefined) return;
    const property = type === MovementType.Tilt ? 'cover.tilt' : 'cover.position';
    if (target === undefined) return ask(this, direction === MovementDirection.Open ? 'cover.open' : 'cover.close');
    void requests.set({ [property]: 1 - target / HUNDREDTHS }, byOf(this));
  }
  override handleStopMovement() {
    return ask(this, 'cover.stop');
  }
}

export class BridgedValve extends ValveConfigurationAndControlServer {
  override open(): void {
    void requestsOf(this)?.set({ 'valve.open': true }, byOf(this));
  }
  override close(): void {
    void requestsOf(this)?.set({ 'valve.open': false }, byOf(this));
  }
}
