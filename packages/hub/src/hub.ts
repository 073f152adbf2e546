// Puts a hub together: what its disk kept, the loop, the plugins, and what people may ask of it.

import { localIdOf, type DeviceId } from '@lintel/model';
import { queryActivity } from './activity/query.ts';
import { createBackups } from './backup/backups.ts';
import { beginBoot, type Boot } from './boots.ts';
import { carrierOf, knownDevices } from './carrier.ts';
import type { Scheduler } from './clock.ts';
import { createOutbox, type Outbox } from './dispatch/outbox.ts';
import { historyService } from './history/query.ts';
import { createImager } from './images/imager.ts';
import { healthOf } from './health.ts';
import { createHomeClock, type HomeClock } from './home-clock.ts';
import type { Health, Hub, Snapshot } from './interface.ts';
import { createKernel, SYSTEM, type Kernel } from './kernel.ts';
import { createBus } from './live/bus.ts';
import { newId, type RandomBytes } from './new-id.ts';
import { createPluginHost } from './plugins/host.ts';
import { Listing } from './plugins/listing.ts';
import type { PluginHost, PluginLogLine } from './plugins/types.ts';
import { createRehearsals } from './rehearsal/client.ts';
import { automationRuns } from './services/automation-runs.ts';
import { authorService } from './services/authors.ts';
import { automationService } from './services/automations.ts';
import { commandService, type CommandService } from './services/commands.ts';
import { deviceService } from './services/devices.ts';
import { groupService } from './services/groups.ts';
import { homeService } from './services/home.ts';
import { notificationService } from './services/notifications.ts';
import { pairingService } from './services/pairing.ts';
import { pendingService } from './services/pending.ts';
import { peopleService } from './services/people.ts';
import { pluginPackages } from './services/plugin-packages.ts';
import { openPluginSettings } from './services/plugin-settings.ts';
import { pluginService } from './services/plugins.ts';
import { ruleCheckService } from './services/rule-check.ts';
import { ruleImportService } from './services/rule-import.ts';
import { rehearsalService } from './services/rehearsals.ts';
import { ruleVersions } from './services/rule-versions.ts';
import { repairService, repairTeller } from './services/repairs.ts';
import { roomService } from './services/rooms.ts';
import { sceneService } from './services/scenes.ts';
import { scheduleService } from './services/schedules.ts';
import { variableService } from './services/variables.ts';
import { webhookService } from './services/webhooks.ts';
import { whyService } from './services/why.ts';
import { createHomePort } from './share/share.ts';
import { createTimeZonePort } from './share/time-zone.ts';
import { createSink } from './sink.ts';
import { openStorage, type Storage } from './storage.ts';
import { createTroubles, type Troubles } from './troubles.ts';
import { pluginStore } from './vault/plugin-store.ts';

export interface HubOptions {
  /** The data folder; made where there is none. */
  readonly data: string;
  readonly version: string;
  readonly scheduler: Scheduler;
  readonly random: RandomBytes;
  /** Folders whose sub-folders are plugins. */
  readonly pluginFolders: readonly string[];
  /** Default true; people may opt out. */
  readonly checksRevocations?: boolean;
  readonly log: HubLog;
}

export interface HubLog {
  info(text: string): void;
  warn(text: string, error?: unknown): void;
  plugin(line: PluginLogLine): void;
}

/** @throws HubError STORAGE_FAILED when the folder cannot be used, is in use, or is damaged beyond what the journal can mend */
export async function createHub(given: HubOptions): Promise<Hub> {
  const scheduler = createHomeClock(given.scheduler);
  const options = { ...given, scheduler };
  const { log } = options;
  const troubles = createTroubles(scheduler.now, (error) => log.warn('survived a fault', error));
  const seed = Buffer.from(options.random(4)).readUInt32LE();
  const storage = await openStorage({ data: options.data, scheduler, seed, onTrouble: troubles.survived });
  if (storage.losses.length > 0) log.warn(storage.losses.join('; '));
  troubles.lost(storage.losses);
  const boot = beginBoot(options.data, scheduler);
  const running = await run(options, storage, troubles, boot);
  return { ...running, store: storage.store };
}

type Options = HubOptions & { readonly scheduler: HomeClock };

interface Moving {
  readonly kernel: Kernel;
  readonly outbox: Outbox;
  readonly host: PluginHost;
  readonly plugins: ReturnType<typeof pluginService> & ReturnType<typeof pluginPackages>;
  readonly commands: CommandService;
}

/** The loop, the outbox and the plugins need one another; they are tied together here. */
async function tie(options: Options, storage: Storage, troubles: Troubles, boot: Boot): Promise<Moving> {
  const { scheduler, random } = options;
  const { machine, journal, projector, history, store, vault } = storage;
  const bus = createBus(scheduler.now() * 1000, troubles.survived);
  const late = {} as { outbox: Outbox; host: PluginHost; plugins?: ReturnType<typeof pluginService> };
  const kernel = createKernel({
    machine,
    journal,
    bus,
    scheduler,
    projector,
    history,
    newId: () => newId(scheduler.now(), random),
    outbox: () => late.outbox,
    onTrouble: troubles.survived,
  });
  const synced = (sequence: number): Promise<void> => journal.synced(sequence, true);
  const outbox = createOutbox({
    parts: machine,
    scheduler,
    carrier: carrierOf(() => late.host),
    submit: kernel.submit,
    synced,
  });
  late.outbox = outbox;
  const onStatus = (plugin: string): void => {
    late.plugins?.statusChanged(plugin);
    outbox.pump();
  };
  const commands = commandService(kernel, outbox);
  const checksRevocations = options.checksRevocations ?? true;
  const listing = new Listing({ data: options.data, checksRevocations, warn: options.log.warn });
  const host = createPluginHost({
    scheduler,
    random: () => Buffer.from(random(4)).readUInt32LE() / 2 ** 32,
    folders: options.pluginFolders,
    data: storage.folders.plugins,
    firmware: storage.folders.firmware,
    sink: createSink({ kernel, onStatus, onTrouble: troubles.survived }),
    store: pluginStore(store, 'store', vault),
    secrets: pluginStore(store, 'secret', vault),
    known: (plugin) => knownDevices(machine.registry, plugin),
    home: createHomePort(kernel, commands),
    timeZone: createTimeZonePort(kernel),
    log: options.log.plugin,
    listing,
    isSafe: boot.isSafe,
  });
  late.host = host;
  const settings = await openPluginSettings(store, vault);
  const repairsOf = repairTeller();
  const plugins = pluginService({
    host,
    settings,
    onChange: (view) =>
      bus.publish([{ topic: 'plugin', id: view.id, value: view }, ...repairsOf(view)], scheduler.now()),
  });
  late.plugins = plugins;
  const packages = pluginPackages({ kernel, host, settings, listing, viewOf: plugins.get });
  return { kernel, outbox, host, plugins: { ...plugins, ...packages }, commands };
}

async function run(options: Options, storage: Storage, troubles: Troubles, boot: Boot): Promise<Omit<Hub, 'store'>> {
  const { kernel, outbox, host, plugins, commands } = await tie(options, storage, troubles, boot);
  const { machine, projector, store } = storage;
  const imager = createImager({
    kernel,
    projector,
    history: storage.history,
    folder: storage.folders.images,
    from: storage.imageSequence,
    onTrouble: troubles.survived,
  });
  kernel.submit({ kind: 'start', body: { version: options.version } }, SYSTEM);
  if (storage.amends.length > 0) kernel.submit({ kind: 'edit', body: { edits: storage.amends } }, SYSTEM);
  kernel.begin();
  plugins.startEnabled();
  boot.up();

  const parts = servicesOf(storage, { kernel, host, plugins, commands });
  const { home, ...services } = parts;
  let isSafe = boot.isSafe;
  const sources = { version: options.version, clock: options.scheduler, troubles };
  const health = (): Health => healthOf(sources, isSafe);
  const leaveSafeMode = async (): Promise<Health> => {
    if (isSafe) plugins.leaveSafeMode();
    isSafe = false;
    boot.forgive();
    return health();
  };
  const close = async (): Promise<void> => {
    outbox.close();
    await host.close();
    imager.close();
    await imager.write().catch(troubles.survived);
    kernel.close();
    await storage.close();
    boot.ended();
  };
  const activity: Hub['activity'] = async (query) => {
    await projector.flush();
    return queryActivity(store, query);
  };
  return {
    live: kernel.bus,
    health,
    leaveSafeMode,
    snapshot: () => snapshotOf(parts),
    claimed: () => home.home() !== null,
    ...home,
    ...services,
    activity,
    repairs: repairService({
      plugins,
      devices: services.devices,
      machine,
      automations: services.automations,
      clock: options.scheduler,
      believeClock: kernel.believeClock,
    }),
    backups: createBackups({ ...options, settle: () => imager.write() }),
    close,
  };
}

function servicesOf(
  { store, projector, history, folders }: Storage,
  { kernel, host, plugins, commands }: Omit<Moving, 'outbox'>,
) {
  const versionsOf = (rule: string) => ruleVersions(store, projector, rule);
  const local = (id: string): string => localIdOf(id as DeviceId);
  const rehearse = createRehearsals(kernel.scheduler);
  return {
    home: homeService(kernel),
    rooms: roomService(kernel),
    groups: groupService(kernel),
    scenes: sceneService(kernel, commands),
    people: peopleService(kernel),
    variables: variableService(kernel),
    schedules: scheduleService(kernel),
    notifications: notificationService(kernel),
    webhook: webhookService(kernel),
    pending: pendingService(kernel),
    why: whyService(kernel, history, versionsOf),
    devices: deviceService(kernel, {
      remove: ({ plugin, id }) => host.removeDevice(plugin, local(id)),
      share: ({ plugin, id }) => host.shareDevice(plugin, local(id)),
      settings: ({ plugin, id, settings }) => host.deviceSettings(plugin, local(id), settings),
    }),
    automations: {
      ...automationService(kernel, versionsOf),
      ...automationRuns(kernel),
      ...rehearsalService({ kernel, history, folder: folders.data, rehearse }),
      ...ruleCheckService(kernel, rehearse),
      ...ruleImportService(kernel, rehearse),
    },
    authors: authorService(kernel),
    plugins: { ...plugins, ...pairingService(kernel, host) },
    command: commands.command,
    history: historyService(kernel.machine.registry, history, kernel.scheduler.now),
  };
}

const snapshotOf = ({ home, ...services }: ReturnType<typeof servicesOf>): Snapshot => ({
  home: home.home(),
  rooms: services.rooms.list(),
  devices: services.devices.list(),
  groups: services.groups.list(),
  scenes: services.scenes.list(),
  automations: services.automations.list(),
  plugins: services.plugins.list(),
  pairings: services.plugins.openPairings(),
});
