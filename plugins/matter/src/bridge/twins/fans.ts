// Fans, air purifiers, which are fans with a filter, and extractor hoods.

import { FanControlServer } from '@matter/main/behaviors/fan-control';
import { HepaFilterMonitoringServer } from '@matter/main/behaviors/hepa-filter-monitoring';
import { AirPurifierDevice } from '@matter/main/devices/air-purifier';
import { ExtractorHoodDevice } from '@matter/main/devices/extractor-hood';
import { FanDevice } from '@matter/main/devices/fan';
import type { EndpointType } from '@matter/main';

import type { Values } from '@lintel/sdk';

import { numberOr, telling, within, type Facet, type Source, type State, type Twin } from '../facet.ts';
import { machineCalled } from './called.ts';

const OFF = 0;
const AUTO = 5;
/** Off, low, medium, high, on: the share of full speed that each stands for. */
const SPEEDS = [0, 0.33, 0.66, 1, 1];
const LOW_TO_HIGH = 0;
const LOW_TO_HIGH_AND_AUTO = 2;
const DIRECTIONS = ['forward', 'reverse'];

const modeOf = (percent: number): number => (percent === 0 ? OFF : percent <= 33 ? 1 : percent <= 66 ? 2 : 3);

/** Reads what a fan can do once, and says it both ways. */
class Fan {
  readonly #source: Source;
  readonly #hasAuto: boolean;
  readonly #turns: boolean;

  constructor(source: Source, canTurn: boolean) {
    const has = (property: string, value: string): boolean =>
      source.property('fan', property)?.values?.includes(value) === true;
    this.#source = source;
    this.#hasAuto = has('mode', 'auto');
    this.#turns = canTurn && DIRECTIONS.every((direction) => has('direction', direction));
  }

  get features(): ('Auto' | 'AirflowDirection')[] {
    return [...(this.#hasAuto ? (['Auto'] as const) : []), ...(this.#turns ? (['AirflowDirection'] as const) : [])];
  }

  get watched(): string[] {
    const names = ['fanMode', 'percentSetting', ...(this.#turns ? ['airflowDirection'] : [])];
    return names.map((name) => `fanControl.${name}`);
  }

  toMatter(values: Values): State {
    const isOff = values['onOff.on'] === false;
    const percent = isOff ? 0 : within(Math.round(numberOr(values['fan.speed'], 0) * 100), 0, 100);
    const isAuto = this.#hasAuto && percent > 0 && values['fan.mode'] === 'auto';
    return {
      fanControl: {
        fanModeSequence: this.#hasAuto ? LOW_TO_HIGH_AND_AUTO : LOW_TO_HIGH,
        fanMode: isAuto ? AUTO : modeOf(percent),
        percentSetting: isAuto ? null : percent,
        percentCurrent: percent,
        ...(this.#turns && { airflowDirection: Math.max(0, DIRECTIONS.indexOf(String(values['fan.direction']))) }),
      },
    };
  }

  toHome({ fanControl = {} }: State, changed: ReadonlySet<string>): Values {
    const turned = changed.has('fanControl.airflowDirection') && this.#turns;
    const direction = DIRECTIONS[numberOr(fanControl['airflowDirection'], 0)]!;
    return { ...this.#driven(fanControl, changed), ...(turned && { 'fan.direction': direction }) };
  }

  #driven(fanControl: State[string] & object, changed: ReadonlySet<string>): Values {
    const { percentSetting, fanMode } = fanControl;
    if (changed.has('fanControl.percentSetting')) {
      return typeof percentSetting === 'number' ? this.#blowing(percentSetting / 100) : {};
    }
    if (!changed.has('fanControl.fanMode')) return {};
    if (fanMode === AUTO && this.#hasAuto) return { ...this.#switched(true), 'fan.mode': 'auto' };
    const speed = SPEEDS[numberOr(fanMode, -1)];
    return speed === undefined ? {} : this.#blowing(speed);
  }

  /** Where there is a switch, off is off, and the speed is what it will have when it is on again. */
  #blowing(speed: number): Values {
    if (speed === 0 && this.#source.has('onOff')) return this.#switched(false);
    return { ...this.#switched(true), 'fan.speed': speed };
  }

  #switched(on: boolean): Values {
    return this.#source.has('onOff') ? { 'onOff.on': on } : {};
  }
}

function fanFacet(source: Source, canTurn: boolean): Facet {
  const fan = new Fan(source, canTurn);
  return {
    behaviors: [FanControlServer.with(...fan.features)],
    watched: fan.watched,
    toMatter: (values) => fan.toMatter(values),
    toHome: (state, changed) => fan.toHome(state, changed),
  };
}

const DOWN = 1;
const FILTER_LOW = 10;

const filterFacet = telling([HepaFilterMonitoringServer.with('Condition', 'Warning')], (values) => {
  const condition = within(Math.round(numberOr(values['filter.life'], 1) * 100), 0, 100);
  const changeIndication = condition === 0 ? 2 : condition <= FILTER_LOW ? 1 : 0;
  return { hepaFilterMonitoring: { condition, degradationDirection: DOWN, changeIndication } };
});

/** A hood blows one way (Device Library Specification, Extractor Hood). */
function typeOf(source: Source): EndpointType {
  if (source.kind === 'airPurifier') return AirPurifierDevice;
  return machineCalled(source) === 'hood' ? ExtractorHoodDevice : FanDevice;
}

export function fanTwins(source: Source): Twin[] {
  if (source.property('fan', 'speed') === undefined) return [];
  const type = typeOf(source);
  const filters = type === AirPurifierDevice && source.has('filter') ? [filterFacet] : [];
  const facets = [fanFacet(source, type !== ExtractorHoodDevice), ...filters];
  return [{ name: 'fan', endpoint: source.endpoint.id, type, facets }];
}
