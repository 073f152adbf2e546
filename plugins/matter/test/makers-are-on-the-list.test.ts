// The list of certified makers, with an internet that comes and goes.

import { Environment, Logger, LogLevel, StorageService } from '@matter/main';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { HubStorageDriver } from '../src/node/storage.ts';
import { closeAttestation, prepareAttestation } from '../src/pairing/attestation.ts';

const test = suite('the list of certified makers');
const NO_MAKERS = { approvedRootCertificates: { schemaVersion: 0, certs: [] } };
const { fetch } = globalThis;

let asked = 0;
let internet: () => Promise<Response>;
let environment: Environment;

const away = (): Promise<Response> => Promise.reject(new Error('no route'));

test.before.each(() => {
  asked = 0;
  environment = new Environment('makers', Environment.default);
  const storage = new StorageService(environment);
  const kept = new Map<string, unknown>();
  const store = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: unknown) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
  };
  storage.registerDriver({
    id: HubStorageDriver.id,
    create: ({ namespace }) => HubStorageDriver.open(store, namespace),
  });
  storage.defaultDriver = HubStorageDriver.id;
  globalThis.fetch = () => {
    asked += 1;
    return internet();
  };
});
test.after.each(() => closeAttestation(environment));
Logger.level = LogLevel.WARN;
test.after(() => void (globalThis.fetch = fetch));

test('is asked for again at the next pairing where it could not be fetched', async () => {
  internet = away;
  await prepareAttestation(environment);
  assert.is(asked, 1);
  internet = async () => Response.json(NO_MAKERS);
  await prepareAttestation(environment);
  assert.is(asked, 2);
});

test('leaves nothing open when the hub stops', async () => {
  internet = async () => Response.json(NO_MAKERS);
  const open = process.getActiveResourcesInfo().length;
  await prepareAttestation(environment);
  closeAttestation(environment);
  assert.is(process.getActiveResourcesInfo().length, open);
});

test('is not waited for by a hub that stops while it is fetched', async () => {
  const answered = Promise.withResolvers<Response>();
  internet = () => answered.promise;
  const preparing = prepareAttestation(environment);
  while (asked === 0) await new Promise((resolve) => setImmediate(resolve));
  const open = process.getActiveResourcesInfo().length;
  closeAttestation(environment);
  answered.resolve(Response.json(NO_MAKERS));
  await preparing;
  assert.is(process.getActiveResourcesInfo().length, open);
});

test.run();
