// What the API answers, for its description. The shapes are those of @lintel/model and @lintel/protocol.

import { DEVICE_KINDS, ORIGIN_KINDS } from '@lintel/model';
import { z } from 'zod';
import { roles, value } from './fields.ts';

const strings = z.array(z.string());
const textOrNull = z.string().nullable();
const numberOrNull = z.number().nullable();
const anything = z.record(z.string(), z.unknown());

export const user = z.object({ id: z.string(), name: z.string(), role: roles }).meta({ id: 'User' });
/** The caller's own; `may` is there where a grant narrows it. */
export const me = user.extend({ may: z.array(z.string()).optional() }).meta({ id: 'Me' });
export const signedIn = z.object({ token: z.string(), user }).meta({ id: 'SignedIn' });

export const origin = z
  .object({ kind: z.enum(ORIGIN_KINDS), id: z.string().optional(), name: z.string().optional() })
  .meta({ id: 'Origin' });

const property = z.object({
  name: z.string(),
  type: z.enum(['boolean', 'number', 'string']),
  unit: textOrNull,
  min: numberOrNull,
  max: numberOrNull,
  values: strings.nullable(),
  settable: z.boolean(),
  label: z.string().optional(),
});
const capability = z.object({
  name: z.string(),
  properties: z.array(property),
  commands: strings,
  events: z
    .array(z.object({ event: z.string(), button: z.string().optional(), actions: strings.optional() }))
    .optional(),
});
const endpoint = z.object({
  id: z.string(),
  name: textOrNull,
  kind: z.enum(DEVICE_KINDS).nullable(),
  room: textOrNull,
  capabilities: z.array(capability),
});
const propertyState = z.object({
  value,
  changedAt: textOrNull,
  reportedAt: textOrNull,
  origin: origin.nullable(),
});
export const device = z
  .object({
    id: z.string(),
    name: z.string(),
    room: textOrNull,
    plugin: z.string(),
    kind: z.enum(DEVICE_KINDS),
    manufacturer: textOrNull,
    model: textOrNull,
    firmware: textOrNull,
    address: textOrNull,
    online: z.boolean(),
    stale: z.boolean(),
    lastSeen: textOrNull,
    settings: anything,
    endpoints: z.array(endpoint),
    properties: z.record(z.string(), propertyState),
  })
  .meta({ id: 'Device' });

export const home = z
  .object({
    name: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    timeZone: z.string(),
    units: z.enum(['metric', 'imperial']),
    language: z.string(),
    mode: z.string(),
    confirm: strings,
    holidays: strings,
  })
  .meta({ id: 'Home' });
export const room = z
  .object({ id: z.string(), name: z.string(), floor: textOrNull.optional(), icon: textOrNull.optional() })
  .meta({ id: 'Room' });
export const group = z.object({ id: z.string(), name: z.string(), devices: strings }).meta({ id: 'Group' });
export const scene = z
  .object({
    id: z.string(),
    name: z.string(),
    targets: z.array(z.object({ device: z.string(), values: z.record(z.string(), value) })),
    transition: z.string().optional(),
  })
  .meta({ id: 'Scene' });

const status = z.enum(['done', 'failed', 'timeout', 'offline', 'superseded']);
export const outcome = z
  .object({
    id: z.string(),
    status,
    error: z.object({ code: z.string(), detail: z.string() }).optional(),
    devices: z.record(z.string(), status).optional(),
  })
  .meta({ id: 'Outcome' });

export const rule = z
  .looseObject({
    id: z.string(),
    name: z.string().optional(),
    enabled: z.boolean().optional(),
    triggers: z.array(anything),
    conditions: z.array(anything).optional(),
    actions: z.array(anything),
    author: z.string().optional(),
    version: z.number().optional(),
  })
  .meta({ id: 'Rule' });
export const trace = z
  .looseObject({
    run: z.number(),
    at: z.string(),
    trigger: textOrNull,
    outcome: z.string(),
    pointer: z.string().optional(),
    cause: z.number(),
    commands: z.array(z.object({ sequence: z.number(), at: z.string(), text: z.string() })),
    omitted: z.int().optional(),
  })
  .meta({ id: 'Trace' });
export const whyLink = z.object({
  sequence: z.number(),
  at: z.string(),
  kind: z.string(),
  origin,
  text: z.string(),
});
export const runDetail = trace
  .extend({
    waits: z.array(z.object({ pointer: z.string(), kind: z.string(), until: textOrNull })),
    causes: z.array(whyLink),
  })
  .meta({ id: 'RunDetail' });
export const ruleVersion = z
  .object({ version: z.number(), at: z.string(), by: origin, rule })
  .meta({ id: 'RuleVersion' });

export const plugin = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    version: z.string(),
    enabled: z.boolean(),
    status: z.enum(['disabled', 'starting', 'running', 'reconnecting', 'failed', 'quarantined']),
    sandbox: z.object({ strength: z.enum(['full', 'partial', 'none']), layers: strings, open: strings }),
    permissions: anything,
    grants: strings,
    source: textOrNull,
    previousVersion: textOrNull,
    listing: z.object({ state: z.enum(['included', 'listed', 'unlisted', 'revoked']), reason: textOrNull }),
    quality: z.enum(['bronze', 'silver', 'gold']).nullable(),
    settingsSchema: z.unknown(),
    settings: anything,
    health: z.looseObject({
      state: z.string(),
      message: textOrNull,
      since: textOrNull,
      restarts: z.number(),
      lastError: textOrNull,
      memory: numberOrNull,
      cpu: numberOrNull,
    }),
  })
  .meta({ id: 'Plugin' });
export const catalogueItem = z
  .object({ source: z.string(), id: z.string(), name: z.string(), description: z.string() })
  .meta({ id: 'CatalogueItem' });
export const pluginLogEntry = z
  .object({
    number: z.number(),
    at: z.string(),
    level: z.enum(['info', 'warn', 'error', 'deprecation']),
    text: z.string(),
  })
  .meta({ id: 'PluginLogEntry' });
const pairingEntry = z.object({
  address: z.string(),
  device: z.string().optional(),
  step: z.enum(['found', 'joined', 'interviewing', 'recognised', 'commissioning', 'ready', 'failed', 'refused']),
  message: z.string().optional(),
  error: z.object({ code: z.string(), detail: z.string() }).optional(),
});
export const pairing = z
  .looseObject({
    id: z.string(),
    plugin: z.string(),
    until: z.string(),
    open: z.boolean(),
    devices: z.array(pairingEntry),
  })
  .meta({ id: 'Pairing' });

export const activity = z
  .looseObject({
    at: z.string(),
    sequence: z.number(),
    origin,
    text: z.string(),
    device: z.string().optional(),
    automation: z.string().optional(),
  })
  .meta({ id: 'Activity' });

export const session = z
  .object({
    id: z.string(),
    user: z.string(),
    createdAt: z.string(),
    lastUsed: textOrNull,
    current: z.boolean(),
    agent: textOrNull,
  })
  .meta({ id: 'Session' });
export const token = z
  .object({
    id: z.string(),
    name: z.string(),
    capabilities: strings.nullable(),
    rooms: strings.nullable(),
    createdAt: z.string(),
    lastUsed: textOrNull,
    expiresAt: textOrNull,
  })
  .meta({ id: 'Token' });

export const guest = z
  .object({
    id: z.string(),
    name: z.string(),
    rooms: strings,
    commands: strings,
    from: z.string(),
    until: z.string(),
    weekdays: strings.nullable(),
    after: textOrNull,
    before: textOrNull,
    createdAt: z.string(),
  })
  .meta({ id: 'Guest' });

export const auditEntry = z
  .object({
    number: z.number(),
    at: z.string(),
    user: z.object({ id: z.string(), name: z.string() }).nullable(),
    address: textOrNull,
    action: z.string(),
    status: z.number(),
  })
  .meta({ id: 'AuditEntry' });

export const backup = z.object({ id: z.string(), at: z.string(), bytes: z.number() }).meta({ id: 'Backup' });

export const repair = z
  .object({
    id: z.string(),
    device: z.string().optional(),
    plugin: z.string().optional(),
    automation: z.string().optional(),
    severity: z.enum(['error', 'warning']),
    since: textOrNull,
    diagnosis: z.string(),
    step: z.string(),
    part: z.string().optional(),
    fix: z.string().optional(),
  })
  .meta({ id: 'Repair' });

export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.union([z.number(), z.string()]),
    code: z.string(),
    detail: z.string(),
    pointer: z.string().optional(),
  })
  .meta({ id: 'Problem' });
