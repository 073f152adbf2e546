// Doors, blinds and their locks.

import { DoorLockServer } from '@matter/main/behaviors/door-lock';
import { WindowCoveringServer } from '@matter/main/behaviors/window-covering';
import { ClosureDevice } from '@matter/main/devices/closure';
import { ClosurePanelDevice } from '@matter/main/devices/closure-panel';
import { DoorLockDevice } from '@matter/main/devices/door-lock';
import { WindowCoveringDevice } from '@matter/main/devices/window-covering';

import { Blind, Gate, Panel, WallClock } from '../behaviors.ts';
import { single, type Kind } from '../kind.ts';

const Shade = WindowCoveringServer.with('Lift', 'PositionAwareLift');
const Codes = DoorLockServer.with(
  'PinCredential',
  'User',
  'CredentialOverTheAirAccess',
  'WeekDayAccessSchedules',
  'YearDayAccessSchedules',
);
const Plain = DoorLockServer.with();
const Latch = DoorLockServer.with('Unbolting');

const lock = {
  lockState: 1,
  lockType: 0,
  actuatorEnabled: true,
  operatingMode: 0,
  supportedOperatingModes: {
    normal: false,
    vacation: true,
    privacy: true,
    noRemoteLockUnlock: false,
    passage: true,
    alwaysSet: 2047,
  },
};
const lift = { currentPositionLiftPercent100ths: 0, targetPositionLiftPercent100ths: 0 };
const tilt = { currentPositionTiltPercent100ths: 0, targetPositionTiltPercent100ths: 0 };

const clock = {
  utcTime: null,
  granularity: 0,
  timeZone: [{ offset: 0, validAt: 946_684_800_000_000n }],
  dstOffset: [],
  localTime: null,
  timeZoneDatabase: 2,
  timeZoneListMaxSize: 1,
  dstOffsetListMaxSize: 2,
};

export const ACCESS: Readonly<Record<string, Kind>> = {
  lock: single('Lock', DoorLockDevice.with(Plain), { doorLock: lock }),
  'code-lock': {
    ...single('Lock with codes', DoorLockDevice.with(Codes), {
      doorLock: {
        ...lock,
        numberOfPinUsersSupported: 10,
        numberOfTotalUsersSupported: 10,
        numberOfCredentialsSupportedPerUser: 5,
        credentialRulesSupport: { single: true },
        maxPinCodeLength: 8,
        minPinCodeLength: 4,
        wrongCodeEntryLimit: 5,
        userCodeTemporaryDisableTime: 60,
        requirePinForRemoteOperation: false,
        numberOfWeekDaySchedulesSupportedPerUser: 2,
        numberOfYearDaySchedulesSupportedPerUser: 2,
      },
    }),
    root: { with: [WallClock], state: { timeSynchronization: clock } },
  },
  'latch-lock': single('Lock with a latch', DoorLockDevice.with(Latch), { doorLock: lock }),
  gate: {
    product: 'Gate',
    parts: [
      {
        id: 'main',
        type: ClosureDevice.with(Gate),
        state: {
          closureControl: {
            mainState: 0,
            currentErrorList: [],
            overallCurrentState: { position: 0, secureState: true },
            overallTargetState: null,
            countdownTime: null,
          },
        },
        parts: [
          {
            id: 'wing',
            type: ClosurePanelDevice.with(Panel),
            state: {
              closureDimension: {
                currentState: { position: 10_000 },
                targetState: null,
                resolution: 100,
                stepValue: 1000,
                translationDirection: 4,
              },
            },
          },
        ],
      },
    ],
  },
  /** 0 is open, 10,000 is closed. */
  shade: single('Shade', WindowCoveringDevice.with(Shade), {
    windowCovering: { type: 0, endProductType: 0, configStatus: { operational: true }, ...lift },
  }),
  blind: single('Venetian blind', WindowCoveringDevice.with(Blind), {
    windowCovering: { type: 8, endProductType: 6, configStatus: { operational: true }, ...lift, ...tilt },
  }),
};
