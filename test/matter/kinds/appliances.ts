// Machines that run a program, vacuums and media.

import { DishwasherModeServer } from '@matter/main/behaviors/dishwasher-mode';
import { LaundryWasherModeServer } from '@matter/main/behaviors/laundry-washer-mode';
import { LevelControlServer } from '@matter/main/behaviors/level-control';
import { OvenCavityOperationalStateServer } from '@matter/main/behaviors/oven-cavity-operational-state';
import { OvenModeServer } from '@matter/main/behaviors/oven-mode';
import { RefrigeratorAlarmServer } from '@matter/main/behaviors/refrigerator-alarm';
import { RefrigeratorAndTemperatureControlledCabinetModeServer } from '@matter/main/behaviors/refrigerator-and-temperature-controlled-cabinet-mode';
import { RvcCleanModeServer } from '@matter/main/behaviors/rvc-clean-mode';
import { RvcRunModeServer } from '@matter/main/behaviors/rvc-run-mode';
import { ServiceAreaServer } from '@matter/main/behaviors/service-area';
import { BasicVideoPlayerDevice } from '@matter/main/devices/basic-video-player';
import { DishwasherDevice } from '@matter/main/devices/dishwasher';
import { LaundryDryerDevice } from '@matter/main/devices/laundry-dryer';
import { LaundryWasherDevice } from '@matter/main/devices/laundry-washer';
import { OvenDevice } from '@matter/main/devices/oven';
import { RefrigeratorDevice } from '@matter/main/devices/refrigerator';
import { RoboticVacuumCleanerDevice } from '@matter/main/devices/robotic-vacuum-cleaner';
import { SpeakerDevice } from '@matter/main/devices/speaker';
import { TemperatureControlledCabinetDevice } from '@matter/main/devices/temperature-controlled-cabinet';

import { Inputs, Keys, Machine, Player, Setpoint, Vacuum } from '../behaviors.ts';
import { single, type Kind } from '../kind.ts';

const OPERATIONAL_STATES = [0, 1, 2, 3].map((operationalStateId) => ({ operationalStateId }));
const program = (phases: readonly string[]) => ({
  phaseList: phases,
  currentPhase: 0,
  countdownTime: null,
  operationalStateList: OPERATIONAL_STATES,
  operationalState: 0,
  operationalError: { errorStateId: 0 },
});
const mode = (label: string, number: number, ...tags: number[]) => ({
  label,
  mode: number,
  modeTags: tags.map((value) => ({ value })),
});
const setpoint = (temperatureSetpoint: number, minTemperature: number, maxTemperature: number) => ({
  temperatureSetpoint,
  minTemperature,
  maxTemperature,
});

const input = (index: number, name: string) => ({ index, inputType: 4, name, description: '' });

export const APPLIANCES: Readonly<Record<string, Kind>> = {
  washer: single('Washer', LaundryWasherDevice.with(Machine, LaundryWasherModeServer), {
    operationalState: program(['Soak', 'Wash', 'Spin']),
    laundryWasherMode: { supportedModes: [mode('Normal', 0, 16_384), mode('Delicate', 1, 16_385)], currentMode: 0 },
  }),
  dryer: single('Dryer', LaundryDryerDevice.with(Machine), { operationalState: program(['Dry', 'Cool']) }),
  dishwasher: single('Dishwasher', DishwasherDevice.with(Machine, DishwasherModeServer), {
    operationalState: program(['Rinse', 'Wash', 'Dry']),
    dishwasherMode: { supportedModes: [mode('Normal', 0, 16_384), mode('Eco', 1, 4)], currentMode: 0 },
  }),
  oven: {
    product: 'Oven',
    parts: [
      {
        id: 'main',
        type: OvenDevice,
        parts: [
          {
            id: 'cavity',
            type: TemperatureControlledCabinetDevice.with(Setpoint, OvenModeServer, OvenCavityOperationalStateServer),
            state: {
              temperatureControl: setpoint(18_000, 3000, 30_000),
              ovenMode: { supportedModes: [mode('Bake', 0, 16_384), mode('Grill', 1, 16_386)], currentMode: 0 },
              ovenCavityOperationalState: program([]),
            },
          },
        ],
      },
    ],
  },
  refrigerator: {
    product: 'Refrigerator',
    parts: [
      {
        id: 'main',
        type: RefrigeratorDevice.with(RefrigeratorAlarmServer),
        state: { refrigeratorAlarm: { mask: { doorOpen: true }, supported: { doorOpen: true }, state: {} } },
        parts: [
          {
            id: 'fridge',
            type: TemperatureControlledCabinetDevice.with(
              Setpoint,
              RefrigeratorAndTemperatureControlledCabinetModeServer,
            ),
            state: {
              temperatureControl: setpoint(500, 200, 900),
              refrigeratorAndTemperatureControlledCabinetMode: {
                supportedModes: [mode('Normal', 0, 0), mode('Rapid cool', 1, 16_384)],
                currentMode: 0,
              },
            },
          },
        ],
      },
    ],
  },
  vacuum: single(
    'Vacuum',
    RoboticVacuumCleanerDevice.with(RvcRunModeServer, RvcCleanModeServer, Vacuum, ServiceAreaServer.with('Maps')),
    {
      rvcRunMode: {
        supportedModes: [mode('Idle', 0, 16_384), mode('Clean', 1, 16_385), mode('Map', 2, 16_386)],
        currentMode: 0,
      },
      rvcCleanMode: { supportedModes: [mode('Vacuum', 0, 16_385), mode('Mop', 1, 16_386)], currentMode: 0 },
      rvcOperationalState: {
        phaseList: null,
        currentPhase: null,
        operationalStateList: [0, 1, 2, 3, 64, 65, 66].map((operationalStateId) => ({ operationalStateId })),
        operationalState: 66,
        operationalError: { errorStateId: 0 },
      },
      serviceArea: {
        supportedMaps: [],
        supportedAreas: [
          {
            areaId: 1,
            mapId: null,
            areaInfo: { locationInfo: { locationName: 'Kitchen', floorNumber: 0, areaType: null }, landmarkInfo: null },
          },
          {
            areaId: 2,
            mapId: null,
            areaInfo: { locationInfo: { locationName: 'Hall', floorNumber: 0, areaType: null }, landmarkInfo: null },
          },
        ],
        selectedAreas: [],
        currentArea: null,
      },
    },
  ),
  player: {
    product: 'Video player',
    parts: [
      {
        id: 'main',
        type: BasicVideoPlayerDevice.with(Player, Keys, Inputs),
        state: {
          onOff: { onOff: true },
          mediaPlayback: {
            currentState: 2,
            startTime: null,
            duration: 5_400_000,
            sampledPosition: null,
            playbackSpeed: 1,
            seekRangeStart: 0,
            seekRangeEnd: 5_400_000,
          },
          mediaInput: { inputList: [input(1, 'Console'), input(4, 'Aerial')], currentInput: 1 },
        },
      },
      { id: 'speaker', type: SpeakerDevice.with(LevelControlServer), state: { levelControl: { currentLevel: 127 } } },
    ],
  },
  speaker: single('Speaker', SpeakerDevice.with(LevelControlServer), { levelControl: { currentLevel: 127 } }),
};
