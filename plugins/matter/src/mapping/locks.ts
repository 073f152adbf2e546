// Door locks. Codes go to the lock and come back from nowhere: no attribute, event or log of ours holds one.

import { contact, lock } from '@lintel/sdk';

import { offsetAt } from './local-time.ts';
import { clamp, invoke, listOf, MappingError, named, numberOf } from './types.ts';
import type { Action, ClusterMapping, ClusterView, Fields, HubEvent, Plan, Question } from './types.ts';

const STATES = ['unknown', 'locked', 'unlocked', 'unlatched'];
const PIN = 1;
const DOOR_CLOSED = 1;
const OPERATED_BY: Readonly<Record<number, string>> = {
  1: 'manual',
  2: 'remote',
  3: 'code',
  4: 'auto',
  5: 'manual',
  6: 'auto',
  7: 'remote',
  8: 'key',
  9: 'key',
  10: 'key',
};
const JAMMED_ALARM = 0;
const ADD = 0;
const MODIFY = 2;
const UNRESTRICTED = 0;
const DATES_ONLY = 1;
const WEEKDAYS_ONLY = 2;
const SCHEDULE_RESTRICTED = 8;
/** Of the year 2000, and 32 bits later. */
const FIRST_SECOND = 946_684_800;
const LAST_SECOND = FIRST_SECOND + 0xffff_fffe;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const hasCodes = ({ features }: ClusterView): boolean =>
  features['pinCredential'] === true && features['user'] === true;
const hasLatch = ({ features }: ClusterView): boolean => features['unbolting'] === true;

const sensesDoor = ({ features }: ClusterView): boolean => features['doorPositionSensor'] === true;

/** Open, forced open and ajar are open; jammed says nothing of it. */
function isDoorOpen({ attributes }: ClusterView): boolean | null {
  const state = attributes['doorState'];
  if (state === DOOR_CLOSED) return false;
  return state === 0 || state === 3 || state === 5 ? true : null;
}

const pinOf = (args: Fields): Fields => (typeof args['code'] === 'string' ? { pinCode: encode(args['code']) } : {});
const encode = (code: string): Uint8Array => new TextEncoder().encode(code);

function slotOf(args: Fields): number {
  const slot = numberOf(args['slot']);
  if (slot === null || !Number.isInteger(slot) || slot < 1)
    throw new MappingError('BAD_VALUE', 'expected the slot as a whole number from 1');
  return slot;
}

/** A code's user need not have the number of its slot: the lock is asked whose it is. */
const whose = (slot: number, next: Question['next']): Question => ({
  ask: {
    cluster: 'doorLock',
    invoke: 'getCredentialStatus',
    args: { credential: { credentialType: PIN, credentialIndex: slot } },
  },
  next,
});

/** A user of the slot's own number where that is free; else the lock gives the code to a new one. */
const withUser = (slot: number, next: (userIndex: number | null, before: readonly Action[]) => Plan): Question => ({
  ask: { cluster: 'doorLock', invoke: 'getUser', args: { userIndex: slot } },
  next: ({ userStatus }) => {
    if (userStatus !== null) return next(null, []);
    const nobody = { userName: null, userUniqueId: null, userStatus: null, userType: null, credentialRule: null };
    const args = { operationType: ADD, userIndex: slot, ...nobody };
    return next(slot, [{ cluster: 'doorLock', invoke: 'setUser', args }]);
  },
});

/** Another code for a slot that has one leaves its user as he is. */
function setCode(args: Fields, { attributes }: ClusterView): Question {
  const [slot, code] = [slotOf(args), args['code']];
  const [least, most] = [numberOf(attributes['minPinCodeLength']) ?? 4, numberOf(attributes['maxPinCodeLength']) ?? 8];
  if (typeof code !== 'string' || !/^\d+$/.test(code) || code.length < least || code.length > most)
    throw new MappingError('BAD_VALUE', `expected a code of ${least} to ${most} digits`);
  const credential = { credentialType: PIN, credentialIndex: slot };
  const rest = { credential, credentialData: encode(code), userStatus: null, userType: null };
  const set = (operationType: number, userIndex: unknown): Action => ({
    cluster: 'doorLock',
    invoke: 'setCredential',
    args: { operationType, userIndex, ...rest },
  });
  return whose(slot, ({ credentialExists, userIndex }) =>
    credentialExists === true
      ? { actions: [set(MODIFY, userIndex)] }
      : withUser(slot, (user, before) => ({ actions: [...before, set(ADD, user)] })),
  );
}

/**
 * What a clock on the wall shows then, as seconds since 1970, within what a lock can count from 2000 on (Matter application
 * clusters §5.2: local time, with the offset of the day that the value stands for). Throws for what is no time.
 */
function lockTime(value: unknown, timeZone: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  const at = Date.parse(String(value));
  if (Number.isNaN(at)) throw new MappingError('BAD_VALUE', 'expected a time such as 2027-01-31T12:00:00Z');
  return clamp(Math.floor((at + offsetAt(timeZone, at)) / 1000), FIRST_SECOND, LAST_SECOND);
}

function weekdaysOf(value: unknown): Fields {
  const days = Array.isArray(value) ? value.map(String) : [];
  const known = days.map((day) =>
    WEEKDAYS.find((each) => day.length > 2 && each.startsWith(day.slice(0, 3).toLowerCase())),
  );
  if (known.includes(undefined)) throw new MappingError('BAD_VALUE', 'expected weekdays such as "mon"');
  return Object.fromEntries(known.map((day) => [day!, true]));
}

const hasDates = (args: Fields): boolean => args['from'] !== undefined || args['until'] !== undefined;
const hasDays = (args: Fields): boolean => args['weekdays'] !== undefined;

/** What the lock holds a user to (Matter application clusters §5.2.6.18): dates, weekdays, or both of them. */
function userTypeOf(args: Fields): number {
  if (hasDates(args) && hasDays(args)) return SCHEDULE_RESTRICTED;
  return hasDays(args) ? WEEKDAYS_ONLY : hasDates(args) ? DATES_ONLY : UNRESTRICTED;
}

function schedules(userIndex: number, args: Fields, { features }: ClusterView, timeZone: string): Plan['actions'] {
  const [year, week] = [hasDates(args), hasDays(args)];
  if (year && features['yearDayAccessSchedules'] !== true)
    throw new MappingError('UNSUPPORTED', 'this lock keeps no dates for its users');
  if (week && features['weekDayAccessSchedules'] !== true)
    throw new MappingError('UNSUPPORTED', 'this lock keeps no weekdays for its users');
  const span = {
    localStartTime: lockTime(args['from'], timeZone, FIRST_SECOND),
    localEndTime: lockTime(args['until'], timeZone, LAST_SECOND),
  };
  const day = { daysMask: weekdaysOf(args['weekdays']), startHour: 0, startMinute: 0, endHour: 23, endMinute: 59 };
  return [
    ...(year
      ? [{ cluster: 'doorLock', invoke: 'setYearDaySchedule', args: { yearDayIndex: 1, userIndex, ...span } }]
      : []),
    ...(week
      ? [{ cluster: 'doorLock', invoke: 'setWeekDaySchedule', args: { weekDayIndex: 1, userIndex, ...day } }]
      : []),
  ];
}

function setUser(args: Fields, view: ClusterView, timeZone: string): Question {
  const slot = slotOf(args);
  const userName = typeof args['user'] === 'string' ? args['user'].slice(0, 10) : null;
  const rest = { userName, userUniqueId: null, userStatus: null, userType: userTypeOf(args), credentialRule: null };
  schedules(slot, args, view, timeZone);
  return whose(slot, (answer) => {
    const userIndex = numberOf(answer['userIndex']);
    if (userIndex === null)
      throw new MappingError('BAD_VALUE', `slot ${slot} has no code yet: set one, then say whose it is`);
    const user = { cluster: 'doorLock', invoke: 'setUser', args: { operationType: MODIFY, userIndex, ...rest } };
    return { actions: [user, ...schedules(userIndex, args, view, timeZone)] };
  });
}

function operated(payload: Fields): HubEvent {
  const pin = listOf(payload['credentials']).find(({ credentialType }) => credentialType === PIN);
  const slot = numberOf(pin?.['credentialIndex']);
  const user = numberOf(payload['userIndex']);
  const by = slot === null ? (named(OPERATED_BY, payload['operationSource']) ?? 'manual') : 'code';
  return { event: 'lock.operated', data: { by, ...(slot !== null && { slot }), ...(user !== null && { user }) } };
}

export const LOCKS: readonly ClusterMapping[] = [
  {
    cluster: 'doorLock',
    capabilities: (view) => [
      lock({
        commands: [
          'lock',
          'unlock',
          ...(hasLatch(view) ? ['unlatch'] : []),
          ...(hasCodes(view) ? ['setCode', 'clearCode', 'setUser'] : []),
        ],
      }),
      ...(sensesDoor(view) ? [contact()] : []),
    ],
    values: (view) => {
      const state = view.attributes['lockState'];
      return {
        'lock.state': state === null || state === undefined ? 'unknown' : named(STATES, state),
        ...(sensesDoor(view) && { 'contact.open': isDoorOpen(view) }),
      };
    },
    commands: {
      'lock.lock': (args) => invoke('doorLock', 'lockDoor', pinOf(args)),
      // A lock with a latch opens the door with unlockDoor; only the bolt is drawn here.
      'lock.unlock': (args, view) => invoke('doorLock', hasLatch(view) ? 'unboltDoor' : 'unlockDoor', pinOf(args)),
      'lock.unlatch': (args) => invoke('doorLock', 'unlockDoor', pinOf(args)),
      'lock.setCode': setCode,
      'lock.clearCode': (args) =>
        invoke('doorLock', 'clearCredential', { credential: { credentialType: PIN, credentialIndex: slotOf(args) } }),
      'lock.setUser': setUser,
    },
    events: {
      lockOperation: operated,
      doorLockAlarm: (payload) =>
        payload['alarmCode'] === JAMMED_ALARM ? { values: { 'lock.state': 'jammed' } } : null,
    },
  },
];
