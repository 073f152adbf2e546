// The JSON text frames of GET /api/live. The hub sends one snapshot, then one change a frame, in order.

import type {
  Device,
  DeviceCommand,
  Group,
  Home,
  Origin,
  OutcomeStatus,
  Room,
  Rule,
  Scene,
  Value,
} from '@lintel/model';
import type { ErrorView, Pairing, PluginView, User } from './views.ts';

export const TOPICS = [
  'property',
  'event',
  'device',
  'room',
  'group',
  'scene',
  'automation',
  'run',
  'plugin',
  'pairing',
  'home',
  'repair',
  'notification',
  'person',
  'variable',
  'schedule',
] as const;
export type Topic = (typeof TOPICS)[number];

/** The first frame, and again after `resync`: all that the caller may see, at `sequence`. */
export interface SnapshotFrame {
  readonly type: 'snapshot';
  readonly sequence: number;
  readonly home: Home;
  readonly rooms: readonly Room[];
  readonly devices: readonly Device[];
  readonly groups: readonly Group[];
  readonly scenes: readonly Scene[];
  readonly automations: readonly Rule[];
  readonly plugins: readonly PluginView[];
  /** Those that look for devices now. */
  readonly pairings: readonly Pairing[];
  /** Whose socket this is; absent on sockets of tokens. */
  readonly user?: User;
}

interface ChangeBase {
  readonly type: 'change';
  /** Counts changes and only grows. */
  readonly sequence: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The journal number of what caused the change, or null. */
  readonly cause?: number | null;
}

export interface PropertyChange extends ChangeBase {
  readonly topic: 'property';
  readonly device: string;
  /** A key of `Device.properties`: `"onOff.on"`, `"onOff.on@2"`. */
  readonly property: string;
  readonly value: Value;
  readonly origin: Origin | null;
}

export interface EventChange extends ChangeBase {
  readonly topic: 'event';
  readonly device: string;
  readonly event: string;
  readonly action?: string;
  readonly button?: string | number;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** A thing that was added, changed or (null) removed; the member is named as the topic. */
export interface DeviceChange extends ChangeBase {
  readonly topic: 'device';
  readonly id: string;
  readonly device: Device | null;
}
export interface RoomChange extends ChangeBase {
  readonly topic: 'room';
  readonly id: string;
  readonly room: Room | null;
}
export interface GroupChange extends ChangeBase {
  readonly topic: 'group';
  readonly id: string;
  readonly group: Group | null;
}
export interface SceneChange extends ChangeBase {
  readonly topic: 'scene';
  readonly id: string;
  readonly scene: Scene | null;
}
export interface AutomationChange extends ChangeBase {
  readonly topic: 'automation';
  readonly id: string;
  readonly automation: Rule | null;
}
export interface PluginChange extends ChangeBase {
  readonly topic: 'plugin';
  readonly id: string;
  readonly plugin: PluginView | null;
}
export interface PairingChange extends ChangeBase {
  readonly topic: 'pairing';
  /** The plugin's id. */
  readonly plugin: string;
  readonly pairing: Pairing;
}
export interface HomeChange extends ChangeBase {
  readonly topic: 'home';
  readonly home: Home;
}

export const RUN_STATUSES = ['started', 'waiting', 'finished', 'stopped', 'cancelled', 'dropped', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export interface RunChange extends ChangeBase {
  readonly topic: 'run';
  readonly automation: string;
  readonly run: string | number;
  readonly status: RunStatus;
}
export interface RepairChange extends ChangeBase {
  readonly topic: 'repair';
  readonly id: string;
  readonly repair: Readonly<Record<string, unknown>> | null;
}
export interface NotificationChange extends ChangeBase {
  readonly topic: 'notification';
  readonly id: string;
  readonly notification: Readonly<Record<string, unknown>> | null;
}

export interface PersonChange extends ChangeBase {
  readonly topic: 'person';
  readonly id: string;
  readonly person: Readonly<Record<string, unknown>> | null;
}
export interface VariableChange extends ChangeBase {
  readonly topic: 'variable';
  readonly id: string;
  readonly variable: Readonly<Record<string, unknown>> | null;
}
export interface ScheduleChange extends ChangeBase {
  readonly topic: 'schedule';
  readonly id: string;
  readonly schedule: Readonly<Record<string, unknown>> | null;
}

export type ChangeFrame =
  | PropertyChange
  | EventChange
  | DeviceChange
  | RoomChange
  | GroupChange
  | SceneChange
  | AutomationChange
  | RunChange
  | PluginChange
  | PairingChange
  | HomeChange
  | RepairChange
  | NotificationChange
  | PersonChange
  | VariableChange
  | ScheduleChange;

/** The answer to a `command`, by the id its sender chose. */
export interface ResultFrame {
  readonly type: 'result';
  readonly id: string;
  readonly ok: boolean;
  readonly status: OutcomeStatus;
  readonly error?: ErrorView;
  /** By device, for rooms and groups. */
  readonly devices?: Readonly<Record<string, OutcomeStatus>>;
}

/** The client fell behind; a new snapshot follows. */
export interface ResyncFrame {
  readonly type: 'resync';
}

/** The first frame instead of a snapshot, for a client that asked with `?since=`: the changes after it follow. */
export interface JoinedFrame {
  readonly type: 'joined';
  readonly sequence: number;
}

export type ServerFrame = SnapshotFrame | JoinedFrame | ChangeFrame | ResultFrame | ResyncFrame;

/** Within 5 s of opening, where neither cookie nor bearer header spoke. */
export interface HelloFrame {
  readonly type: 'hello';
  readonly token: string;
}

export type CommandTarget = { readonly device: string } | { readonly room: string } | { readonly group: string };

export type CommandRequest = CommandTarget &
  (DeviceCommand & {
    /** The proof of a person's confirmation, after 428. */
    readonly confirm?: string;
    /** Goes back after this duration. */
    readonly for?: string;
  });

export type CommandFrame = CommandRequest & {
  readonly type: 'command';
  /** Chosen by the client, unique on its socket. */
  readonly id: string;
};

/** Only these topics from now on. */
export interface SubscribeFrame {
  readonly type: 'subscribe';
  readonly topics: readonly Topic[];
}

export type ClientFrame = HelloFrame | CommandFrame | SubscribeFrame;
