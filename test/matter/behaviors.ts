// What devices do when they are told to: the few clusters whose commands matter.js leaves to the maker of the device.

import { ClosureControlServer } from '@matter/main/behaviors/closure-control';
import { ClosureDimensionServer } from '@matter/main/behaviors/closure-dimension';
import { FanControlServer } from '@matter/main/behaviors/fan-control';
import { KeypadInputServer } from '@matter/main/behaviors/keypad-input';
import { MediaInputServer } from '@matter/main/behaviors/media-input';
import { MediaPlaybackServer } from '@matter/main/behaviors/media-playback';
import { OperationalStateServer } from '@matter/main/behaviors/operational-state';
import { RvcOperationalStateServer } from '@matter/main/behaviors/rvc-operational-state';
import { TemperatureControlServer } from '@matter/main/behaviors/temperature-control';
import { TimeSynchronizationServer } from '@matter/main/behaviors/time-synchronization';
import { ValveConfigurationAndControlServer } from '@matter/main/behaviors/valve-configuration-and-control';
import { WindowCoveringServer, type WindowCoveringBaseServer } from '@matter/main/behaviors/window-covering';
import { ClosureControl } from '@matter/main/clusters/closure-control';
import type { ClosureDimension } from '@matter/main/clusters/closure-dimension';
import { KeypadInput } from '@matter/main/clusters/keypad-input';
import type { MediaInput } from '@matter/main/clusters/media-input';
import { MediaPlayback } from '@matter/main/clusters/media-playback';
import { OperationalState } from '@matter/main/clusters/operational-state';
import { RvcOperationalState } from '@matter/main/clusters/rvc-operational-state';
import type { TemperatureControl } from '@matter/main/clusters/temperature-control';
import type { TimeSynchronization } from '@matter/main/clusters/time-synchronization';
import { ValveConfigurationAndControl } from '@matter/main/clusters/valve-configuration-and-control';

const { OperationalStateEnum } = OperationalState;
const answered = { commandResponseState: { errorStateId: OperationalState.ErrorState.NoError } };

/** A clock that goes by what it is told. */
export class WallClock extends TimeSynchronizationServer.with('TimeZone') {
  override setUtcTime({ utcTime, granularity }: TimeSynchronization.SetUtcTimeRequest) {
    this.state.utcTime = utcTime;
    this.state.granularity = granularity;
  }
  override setTimeZone({ timeZone }: TimeSynchronization.SetTimeZoneRequest) {
    this.state.timeZone = timeZone;
    return { dstOffsetRequired: true };
  }
  override setDstOffset({ dstOffset }: TimeSynchronization.SetDstOffsetRequest) {
    this.state.dstOffset = dstOffset;
  }
}

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

export class Player extends MediaPlaybackServer.with('AdvancedSeek') {
  #become(state: MediaPlayback.PlaybackState) {
    this.state.currentState = state;
    return played;
  }
  override play = () => this.#become(PlaybackState.Playing);
  override pause = () => this.#become(PlaybackState.Paused);
  override stop = () => this.#become(PlaybackState.NotPlaying);
  override next = () => played;
  override previous = () => played;
  override seek({ position }: MediaPlayback.SeekRequest) {
    const { duration } = this.state;
    if (duration !== null && position > duration) return { status: MediaPlayback.Status.SeekOutOfRange };
    this.state.sampledPosition = { updatedAt: Date.now() * 1000, position };
    return played;
  }
}

export class Inputs extends MediaInputServer {
  override selectInput({ index }: MediaInput.SelectInputRequest) {
    this.state.currentInput = index;
  }
  override showInputStatus() {}
  override hideInputStatus() {}
}

const GatePositions = ClosureControlServer.with('Positioning', 'Calibration');
const TRAVEL_MS = 300;

/** A garage door or a gate, which takes a moment. */
export class Gate extends GatePositions {
  override moveTo({ position }: ClosureControl.MoveToRequest) {
    if (position === undefined) return;
    this.state.overallTargetState = { position };
    this.state.mainState = ClosureControl.MainState.Moving;
    const isClosed = position === ClosureControl.TargetPosition.MoveToFullyClosed;
    const { FullyClosed, FullyOpened } = ClosureControl.CurrentPosition;
    setTimeout(this.callback(this.#arrive), TRAVEL_MS, isClosed ? FullyClosed : FullyOpened);
  }
  #arrive(position: ClosureControl.CurrentPosition) {
    this.state.overallCurrentState = { position, secureState: position === ClosureControl.CurrentPosition.FullyClosed };
    this.state.mainState = ClosureControl.MainState.Stopped;
  }
  override stop() {
    this.state.mainState = ClosureControl.MainState.Stopped;
  }
  override calibrate() {
    this.state.mainState = ClosureControl.MainState.Calibrating;
  }
}

/** What a gate moves: it is where it is told to be at once. */
export class Panel extends ClosureDimensionServer.with('Positioning', 'Translation') {
  override setTarget({ position }: ClosureDimension.SetTargetRequest) {
    if (position === undefined) return;
    this.state.targetState = { position };
    this.state.currentState = { position };
  }
  override step() {}
}

/** A blind that finds its ends with its next movement, once it is told to. */
export class Blind extends WindowCoveringServer.with('Lift', 'PositionAwareLift', 'Tilt', 'PositionAwareTilt') {
  declare protected internal: WindowCoveringBaseServer.Internal;
  override async initialize() {
    this.internal.supportsCalibration = true;
    await super.initialize();
  }
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
