// What devices do when they are told to: the few clusters whose commands matter.js leaves to the maker of the device.

import { FanControlServer } from '@matter/main/behaviors/fan-control';
import { KeypadInputServer } from '@matter/main/behaviors/keypad-input';
import { MediaPlaybackServer } from '@matter/main/behaviors/media-playback';
import { OperationalStateServer } from '@matter/main/behaviors/operational-state';
import { RvcOperationalStateServer } from '@matter/main/behaviors/rvc-operational-state';
import { TemperatureControlServer } from '@matter/main/behaviors/temperature-control';
import { ValveConfigurationAndControlServer } from '@matter/main/behaviors/valve-configuration-and-control';
import { KeypadInput } from '@matter/main/clusters/keypad-input';
import { MediaPlayback } from '@matter/main/clusters/media-playback';
import { OperationalState } from '@matter/main/clusters/operational-state';
import { RvcOperationalState } from '@matter/main/clusters/rvc-operational-state';
import type { TemperatureControl } from '@matter/main/clusters/temperature-control';
import { ValveConfigurationAndControl } from '@matter/main/clusters/valve-configuration-and-control';

const { OperationalStateEnum } = OperationalState;
const answered = { commandResponseState: { errorStateId: OperationalState.ErrorState.NoError } };

/** Any machine that runs a program: washer, dryer, dishwasher, microwave oven. */
export class Machine extends OperationalStateServer {
  #become(state: OperationalState.OperationalStateEnum) {
    this.state.operationalState = state;
    return answered;
  }
  override start = () => this.#become(OperationalStateEnum.Running);
  override stop = () => this.#become(OperationalStateEnum.Stopped);
  override pause = () => this.#become(OperationalStateEnum.Paused);
  override resume = () => this.#become(OperationalStateEnum.Running);
}

const { OperationalState: Rvc } = RvcOperationalState;

export class Vacuum extends RvcOperationalStateServer {
  override pause() {
    this.state.operationalState = Rvc.Paused;
    return answered;
  }
  override resume() {
    this.state.operationalState = Rvc.Running;
    return answered;
  }
  override goHome() {
    this.state.operationalState = Rvc.SeekingCharger;
    return answered;
  }
}

/** An oven or a refrigerator that is set to a temperature. */
export class Setpoint extends TemperatureControlServer.with('TemperatureNumber') {
  override setTemperature({ targetTemperature }: TemperatureControl.SetTemperatureRequest) {
    if (targetTemperature !== undefined) this.state.temperatureSetpoint = targetTemperature;
  }
}

const { ValveState } = ValveConfigurationAndControl;

export class Valve extends ValveConfigurationAndControlServer {
  override open({ openDuration }: ValveConfigurationAndControl.OpenRequest) {
    this.state.openDuration = openDuration ?? this.state.defaultOpenDuration;
    this.state.targetState = null;
    this.state.currentState = ValveState.Open;
  }
  override close() {
    this.state.openDuration = null;
    this.state.targetState = null;
    this.state.currentState = ValveState.Closed;
  }
}

const { PlaybackState } = MediaPlayback;
const played = { status: MediaPlayback.Status.Success };

export class Player extends MediaPlaybackServer {
  #become(state: MediaPlayback.PlaybackState) {
    this.state.currentState = state;
    return played;
  }
  override play = () => this.#become(PlaybackState.Playing);
  override pause = () => this.#become(PlaybackState.Paused);
  override stop = () => this.#become(PlaybackState.NotPlaying);
  override next = () => played;
  override previous = () => played;
}

export class Keys extends KeypadInputServer {
  override sendKey() {
    return { status: KeypadInput.Status.Success };
  }
}

const FanModes = FanControlServer.with('MultiSpeed', 'Auto', 'Step');

/** Mode, percentage and speed of a fan follow one another. */
export class Fan extends FanModes {
  override initialize() {
    this.reactTo(this.events.percentSetting$Changed, this.#followPercent);
    this.reactTo(this.events.fanMode$Changed, this.#followMode);
  }
  #followPercent(percent: number | null) {
    if (percent === null) return;
    this.state.percentCurrent = percent;
    this.state.speedSetting = this.state.speedCurrent = Math.ceil((percent / 100) * this.state.speedMax);
    if (percent === 0) this.state.fanMode = 0;
    else if (this.state.fanMode === 0) this.state.fanMode = 3;
  }
  #followMode(mode: number) {
    if (mode === 0) this.state.percentSetting = 0;
    else if (this.state.percentSetting === 0) this.state.percentSetting = 50;
  }
  override step() {}
}
