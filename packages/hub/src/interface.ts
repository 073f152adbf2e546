// The hub as its server sees it. Everything that changes the home goes through here into the journal; a promise resolves once
// the change is durable. Inputs are already authorized; they are validated here, and refused with a HubError.

import type {
  Device,
  DeviceCommand,
  Group,
  Home,
  Notification,
  Origin,
  OutcomeStatus,
  Room,
  Rule,
  Scene,
  Value,
  Values,
} from '@lintel/model';
import type { DeviceShare } from '@lintel/sdk';
import type { Backups } from './backup/backups.ts';
import type { Store } from './store/store.ts';
import type {
  ActivityEntry,
  CatalogueItem,
  BacktestAnswer,
  CheckAnswer,
  ForecastEntry,
  HistoryAnswer,
  HistoryQuery,
  ImportAnswer,
  NotificationReader,
  Pairing,
  PendingView,
  PersonView,
  PluginLogEntry,
  PluginView,
  Repair,
  RunDetail,
  RunTrace,
  ScheduleView,
  VariableView,
  WhyAnswer,
  WhyQuery,
} from './views.ts';

export type * from './views.ts';

export interface Health {
  readonly status: 'starting' | 'ok' | 'degraded' | 'safe-mode';
  readonly version: string;
  /** Sentences for people, empty when all is well. */
  readonly reasons: readonly string[];
}

/** Topics of `/api/live` with what each carries beside `sequence` and `at`. */
export type ChangeBody =
  | {
      readonly topic: 'property';
      readonly device: string;
      readonly property: string;
      readonly value: Value;
      readonly origin: Origin;
      readonly cause: number;
    }
  | {
      readonly topic: 'event';
      readonly device: string | null;
      readonly event: string;
      readonly action?: string;
      readonly button?: string;
      readonly detail?: unknown;
    }
  /** `value` is the whole thing as GET shows it, or null when it is gone. */
  | {
      readonly topic:
        | 'device'
        | 'room'
        | 'group'
        | 'scene'
        | 'automation'
        | 'plugin'
        | 'repair'
        | 'notification'
        | 'person'
        | 'variable'
        | 'schedule';
      readonly id: string;
      readonly value: unknown;
    }
  | { readonly topic: 'home'; readonly value: Home }
  | { readonly topic: 'pairing'; readonly value: Pairing }
  | { readonly topic: 'run'; readonly automation: string; readonly value: RunTrace };

export type Change = ChangeBody & {
  /** Counts changes from 1; only grows. */
  readonly sequence: number;
  /** ISO 8601 UTC. */
  readonly at: string;
};

export interface Live {
  /** The number of the newest change. */
  readonly sequence: number;
  /** Called in order, in the tick of the change; the answer unsubscribes. */
  subscribe(listener: (change: Change) => void): () => void;
}

/** Everything the first frame of `/api/live` shows, as of `live.sequence`. */
export interface Snapshot {
  readonly home: Home | null;
  readonly rooms: readonly Room[];
  readonly devices: readonly Device[];
  readonly groups: readonly Group[];
  readonly scenes: readonly Scene[];
  readonly automations: readonly Rule[];
  readonly plugins: readonly PluginView[];
  /** Those that look for devices now. */
  readonly pairings: readonly Pairing[];
}

export interface Collection<T extends { readonly id: string }> {
  list(): readonly T[];
  /** Throws NOT_FOUND. */
  get(id: string): T;
  /** `id` is made (a ULID) when left out; ID_TAKEN when it is there already. */
  create(body: unknown, by: Origin): Promise<T>;
  /** Merges the fields given. */
  change(id: string, body: unknown, by: Origin): Promise<T>;
  remove(id: string, by: Origin): Promise<void>;
}

export interface CommandRequest {
  /** A device or endpoint (`id/2`), a room or a group. */
  readonly on: { readonly device: string } | { readonly room: string } | { readonly group: string };
  /** The body of the route: `{set, endpoint?, transition?}` or `{command, args?, endpoint?}`; durations as strings. */
  readonly body: unknown;
}

export interface CommandAnswer {
  readonly id: string;
  readonly status: OutcomeStatus;
  readonly error?: { readonly code: string; readonly detail: string };
  /** By device, for rooms and groups. */
  readonly devices?: Readonly<Record<string, OutcomeStatus>>;
}

export interface Hub {
  /** SQLite in a thread of its own: users, tokens and sessions are the server's tables in it. */
  readonly store: Store;
  readonly live: Live;
  health(): Health;
  /** Starts what safe mode held back; the faults before are forgiven. Does nothing when the hub is not in safe mode. */
  leaveSafeMode(by: Origin): Promise<Health>;
  snapshot(): Snapshot;

  /** False until an owner claimed the hub. */
  claimed(): boolean;
  /** Null before the hub is claimed. */
  home(): Home | null;
  /** Creates the home at the claim; refuses unknown fields and bad places with pointers under `pointer`. */
  createHome(body: unknown, by: Origin, pointer?: string): Promise<Home>;
  changeHome(body: unknown, by: Origin): Promise<Home>;

  readonly rooms: Collection<Room>;
  readonly groups: Collection<Group>;
  readonly scenes: Collection<Scene> & {
    capture(body: unknown, by: Origin): Promise<Scene>;
    recall(id: string, body: unknown, by: Origin): Promise<CommandAnswer>;
    /** Puts back what the last recall overwrote; NOTHING_TO_UNDO where there was none. */
    revert(id: string, by: Origin): Promise<CommandAnswer>;
    /** The devices, as the scene names them, that are not what it says. */
    difference(id: string): readonly string[];
  };

  readonly people: Collection<PersonView>;
  /** By name; setting a value tells the rules. */
  readonly variables: Collection<VariableView>;
  readonly schedules: Collection<ScheduleView>;

  readonly notifications: {
    /** Newest first. */
    list(reader: NotificationReader): readonly Notification[];
    /** Tells the rules by the event `notification.action`; NOT_FOUND for what it does not offer. */
    act(id: string, action: string, reader: NotificationReader, by: Origin): Promise<Notification>;
    test(by: Origin): Promise<Notification>;
    remove(id: string, reader: NotificationReader, by: Origin): Promise<void>;
  };
  /** NOT_FOUND where no rule waits for it, TOO_MANY_ATTEMPTS beyond 60 calls a minute. */
  webhook(key: string, data: Values): Promise<void>;

  readonly pending: {
    /** The next first. */
    list(): readonly PendingView[];
    /** A run that is called off ends as `cancelled`. NOT_FOUND for what is not pending. */
    cancel(id: string, by: Origin): Promise<void>;
  };

  readonly devices: {
    list(filter?: { room?: string; kind?: string; plugin?: string }): readonly Device[];
    get(id: string): Device;
    change(id: string, body: unknown, by: Origin): Promise<Device>;
    changeEndpoint(id: string, endpoint: string, body: unknown, by: Origin): Promise<Device>;
    /** Lets another ecosystem in to the device; UNSUPPORTED where it can be in one only. */
    share(id: string): Promise<DeviceShare>;
    /** IN_USE with `dependents` unless forced. */
    remove(id: string, force: boolean, by: Origin): Promise<void>;
  };
  /** Validates, journals, sends and waits for the outcome; world's faults are answers, not errors. */
  command(request: CommandRequest, by: Origin): Promise<CommandAnswer>;

  readonly automations: {
    list(): readonly Rule[];
    get(id: string): Rule;
    /** `author` is the person the rule acts for. */
    create(body: unknown, author: string, by: Origin): Promise<Rule>;
    replace(id: string, body: unknown, author: string, by: Origin): Promise<Rule>;
    remove(id: string, by: Origin): Promise<void>;
    enable(id: string, enabled: boolean, by: Origin): Promise<Rule>;
    run(id: string, by: Origin): Promise<{ run: number | null }>;
    /** Newest first; those under way too. */
    runs(id: string): readonly RunTrace[];
    /** NOT_FOUND for a run that is not remembered. */
    runOf(id: string, run: number): RunDetail;
    /** Problems of the saved rules and of `rules` beside or instead of them; saves nothing. BAD_RULE under /rules. */
    check(body: unknown): Promise<CheckAnswer>;
    /** Automations of another hub as rules; saves nothing. BAD_YAML with `line`. */
    import(body: unknown): Promise<ImportAnswer>;
    /** Tries a rule on recorded history; saves nothing. */
    backtest(body: unknown): Promise<BacktestAnswer>;
    /** What will run if nothing happens but time; the next first. */
    forecast(hours?: number): Promise<readonly ForecastEntry[]>;
    versions(id: string): Promise<readonly { version: number; at: string; by: Origin; rule: Rule }[]>;
    restore(id: string, version: number, author: string, by: Origin): Promise<Rule>;
  };

  readonly authors: {
    /**
     * Whether the rules that this person wrote act from now on, or are refused whatever they command since the person is gone or a
     * guest. Resolves once that is durable.
     */
    settle(author: { readonly id: string; readonly name: string }, standing: 'acts' | 'guest' | 'gone'): Promise<void>;
  };

  readonly plugins: {
    list(): readonly PluginView[];
    get(id: string): PluginView;
    /** `{enabled, settings}`: validates, starts (or stops), answers when it runs; BAD_SETTINGS with a pointer under /settings. */
    configure(id: string, body: unknown, by: Origin): Promise<PluginView>;
    /** PLUGIN_NOT_RUNNING for one that is not enabled. */
    restart(id: string, by: Origin): Promise<PluginView>;
    test(id: string, body: unknown): Promise<{ ok: true }>;
    /** `{source}`: brings a plugin, not enabled; ID_TAKEN, BAD_ID and BAD_VALUE with the pointer /source. */
    install(body: unknown, by: Origin): Promise<PluginView>;
    /** Takes a plugin away that people brought, with its devices or without; FORBIDDEN for one that comes with Lintel. */
    remove(id: string, devices: 'keep' | 'remove', by: Origin): Promise<void>;
    /** The newest version; one that does not fit, or cannot be loaded, changes nothing (PLUGIN_FAILED). */
    update(id: string, by: Origin): Promise<PluginView>;
    /** The version before the last update; NOT_FOUND where none is kept. */
    rollBack(id: string, by: Origin): Promise<PluginView>;
    /** The plugin's last lines, oldest first. */
    log(id: string): readonly PluginLogEntry[];
    catalogue(): readonly CatalogueItem[];
    map(id: string): Promise<unknown>;
    request(id: string, name: string, body: unknown): Promise<unknown>;
    startPairing(id: string, body: unknown, by: Origin): Promise<Pairing>;
    pairing(id: string): Pairing | null;
    openPairings(): readonly Pairing[];
    stopPairing(id: string, by: Origin): Promise<void>;
  };

  activity(query: {
    device?: string;
    user?: string;
    from?: string;
    to?: string;
    after?: string;
    limit?: number;
  }): Promise<{ items: readonly ActivityEntry[]; next: string | null }>;

  /** What a property was; NOT_FOUND for a device that never was, UNKNOWN_PROPERTY for what it never had. */
  history(query: HistoryQuery): Promise<HistoryAnswer>;

  /** From a property, or a run, back to what began it. */
  why(query: WhyQuery): Promise<WhyAnswer>;

  readonly repairs: {
    list(): readonly Repair[];
    /** NOT_FOUND for what needs no repair, UNSUPPORTED for what only people can do. */
    fix(id: string, by: Origin): Promise<void>;
  };

  readonly backups: Backups;

  /** Flushes everything; the hub takes no more input. */
  close(): Promise<void>;
}

export type { DeviceCommand, Values };
