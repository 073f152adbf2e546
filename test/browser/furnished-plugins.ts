// Plugins of the furnished home: one that runs, with every kind of setting, and one that is off.

import type { PluginView } from '@lintel/protocol';

const permissions = { network: false, hosts: [], serial: false, addons: false };
const sandbox = { strength: 'partial', layers: ['process', 'permission'], open: ['network', 'signals'] } as const;
const health = {
  state: 'running',
  message: null,
  since: null,
  restarts: 0,
  lastError: null,
  memory: 18_400_000,
  cpu: 0.01,
};

/** Stands apart: a test that needs it adds it. */
export const MATTER: PluginView = {
  id: 'matter',
  name: 'Matter',
  version: '0.1.0',
  enabled: true,
  status: 'running',
  sandbox,
  permissions: { ...permissions, network: true },
  settingsSchema: {
    type: 'object',
    properties: {
      bridge: {
        type: 'object',
        title: 'Bridge',
        properties: {
          devices: { type: 'array', title: 'Devices', items: { type: 'string', format: 'device' } },
          rooms: { type: 'array', title: 'Rooms', items: { type: 'string', format: 'room' } },
        },
      },
    },
  },
  settings: { bridge: { enabled: true } },
  grants: ['Uses your network and the internet.'],
  source: null,
  previousVersion: null,
  listing: { state: 'included', reason: null },
  health,
  pairing: { maximumSeconds: 900, takes: ['code'] },
};

export const PLUGINS: readonly PluginView[] = [
  {
    id: 'virtual',
    name: 'Virtual home',
    version: '0.1.0',
    enabled: true,
    status: 'running',
    sandbox,
    permissions,
    grants: ['Keeps settings, secrets and files of its own, and nothing else.'],
    source: null,
    previousVersion: null,
    listing: { state: 'included', reason: null },
    settingsSchema: {
      type: 'object',
      properties: {
        lamps: {
          type: 'integer',
          title: 'Lamps',
          description: 'How many lamps of a plain kind.',
          minimum: 0,
          maximum: 500,
          default: 0,
        },
        updatesPerSecond: { type: 'number', title: 'Updates per second', minimum: 0, maximum: 1000 },
        chatty: { type: 'boolean', title: 'Chatty', default: false },
        secret: { type: 'string', title: 'Secret', writeOnly: true },
        devices: {
          type: 'array',
          title: 'Devices',
          items: {
            type: 'object',
            title: 'Device',
            required: ['id', 'kind', 'name'],
            properties: {
              id: { type: 'string', title: 'Id', minLength: 1, maxLength: 96 },
              kind: { type: 'string', title: 'Kind', enum: ['light', 'motion', 'plug'] },
              name: { type: 'string', title: 'Name' },
            },
          },
        },
      },
    },
    settings: {
      lamps: 2,
      updatesPerSecond: 0,
      chatty: false,
      secret: '•••',
      devices: [{ id: 'extra', kind: 'light', name: 'Extra' }],
    },
    health,
    pairing: { maximumSeconds: 900, takes: [] },
  },
  {
    id: 'zigbee',
    name: 'Zigbee',
    version: '0.1.0',
    enabled: false,
    status: 'disabled',
    sandbox: { strength: 'none', layers: [], open: ['files', 'network'] },
    permissions: { ...permissions, serial: true, network: true },
    grants: ['Uses your network and the internet.', 'Uses the serial port or USB stick that its settings name.'],
    source: null,
    previousVersion: null,
    listing: { state: 'included', reason: null },
    settingsSchema: {
      type: 'object',
      required: ['port'],
      properties: {
        port: {
          type: 'string',
          title: 'Port',
          description: 'Such as /dev/serial/by-id/… or tcp://host:port',
          minLength: 1,
        },
        adapter: { type: 'string', title: 'Adapter', enum: ['auto', 'zstack', 'ember', 'deconz'], default: 'auto' },
        channel: { type: 'integer', title: 'Channel', minimum: 11, maximum: 26, default: 11 },
      },
    },
    settings: {},
    health: { ...health, state: 'disabled', memory: null, cpu: null },
    pairing: { maximumSeconds: 254, takes: ['installCode'] },
  },
];
