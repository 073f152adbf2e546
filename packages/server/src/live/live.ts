// All sockets of GET /api/live: one subscription to the home feeds them, and each change is put into words once.

import { isDeepStrictEqual } from 'node:util';
import type { Change, Hub, Scheduler } from '@lintel/hub';
import { HubError } from '@lintel/model';
import type { User } from '@lintel/protocol';
import type { WebSocket } from 'ws';
import { NOTHING, type Identity } from '../authorize.ts';
import type { Commander } from '../commands.ts';
import type { Identities } from '../identity/identities.ts';
import {
  LIVE_COMMANDS_AT_ONCE_MAX,
  LIVE_HELLO_MS,
  LIVE_PING_MS,
  LIVE_SOCKETS_MAX,
  LIVE_STRANGERS_MAX,
  LIVE_TOUCH_MS,
} from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import { asHubError, describeError } from '../problems.ts';
import type { Log } from '../services.ts';
import { Client, GOING_AWAY, POLICY, PROTOCOL } from './client.ts';
import { changeFrame } from './frames.ts';
import { readMessage, type Message } from './messages.ts';
import { Snapshots } from './snapshots.ts';

export interface LiveParts {
  readonly hub: Hub;
  readonly clock: Scheduler;
  readonly log: Log;
  readonly identities: Identities;
  readonly commander: Commander;
  readonly metrics: Metrics;
}

/** How a socket opened: who it is, nobody yet, or somebody whose header proves nothing. */
export type Opening = Identity | 'stranger' | 'refused';

export class Live {
  readonly #parts: LiveParts;
  readonly #clients = new Set<Client>();
  readonly #snapshots: Snapshots;
  readonly #unsubscribe: () => void;
  #cancelPing: () => void;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#snapshots = new Snapshots(parts.hub, parts.clock);
    this.#unsubscribe = parts.hub.live.subscribe((change) => this.#tell(change));
    parts.identities.listen({ ended: (matches) => this.#end(matches), changed: (user) => this.#refresh(user) });
    this.#cancelPing = parts.clock.after(LIVE_PING_MS, () => this.#ping());
  }

  get size(): number {
    return this.#clients.size;
  }

  /** @throws HubError NOT_READY when there are too many sockets already */
  requireRoom(): void {
    const strangers = [...this.#clients].filter(({ identity }) => identity === null).length;
    if (this.#clients.size >= LIVE_SOCKETS_MAX || strangers >= LIVE_STRANGERS_MAX)
      throw new HubError('NOT_READY', 'Too many pages are open at once. Close some.', { retryAfterSeconds: 5 });
  }

  /** The snapshot frame as bytes of JSON, to be answered over HTTP and joined by its number. */
  snapshot(identity: Identity): Buffer {
    const { head, tail } = this.#snapshots.snapshot(identity);
    return Buffer.concat([head, tail]);
  }

  /** @param since the number of a snapshot that the caller has already */
  open(socket: WebSocket, opening: Opening, since: number | null = null): void {
    const client = new Client(socket, this.#parts.clock, this.#snapshots);
    this.#clients.add(client);
    socket.on('pong', () => (client.alive = true));
    socket.on('message', (data: Buffer, isBinary: boolean) => this.#hear(client, socket, data, isBinary));
    // What is wrong with a frame is told in the close that follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      client.ended();
      this.#clients.delete(client);
    });
    if (opening === 'refused') client.close(POLICY, 'no valid identity');
    else if (opening === 'stranger') this.#awaitHello(client, socket);
    else this.#join(client, socket, opening, since);
  }

  close(): void {
    this.#unsubscribe();
    this.#cancelPing();
    for (const client of this.#clients) client.close(GOING_AWAY, 'the hub stops');
  }

  terminate(): void {
    for (const client of this.#clients) client.terminate();
  }

  #tell(change: Change): void {
    this.#parts.metrics.changes += 1;
    let made: Buffer | null = null;
    const frame = (): Buffer => (made ??= changeFrame(change));
    this.#snapshots.record(change, frame);
    for (const client of this.#clients) client.take(change, frame);
  }

  #awaitHello(client: Client, socket: WebSocket): void {
    const cancel = this.#parts.clock.after(LIVE_HELLO_MS, () => {
      if (client.identity === null) client.close(POLICY, 'no identity in time');
    });
    socket.once('close', cancel);
  }

  #join(client: Client, socket: WebSocket, identity: Identity, since: number | null): void {
    const { clock } = this.#parts;
    if (identity.expiresAt !== null)
      socket.once(
        'close',
        clock.after(identity.expiresAt - clock.now(), () => client.close(POLICY, 'expired')),
      );
    client.join(identity, since);
    this.#follow(client, socket, identity);
  }

  /** What a guest may see comes and goes with the hours. */
  #follow(client: Client, socket: WebSocket, { id, changesAt }: Identity): void {
    if (changesAt === null) return;
    const { clock, identities, log } = this.#parts;
    const ask = (): void => {
      socket.off('close', cancel);
      identities.sessions.byId(id).then(
        (identity) => {
          if (client.isClosed) return;
          if (identity === null) return client.close(POLICY, 'signed out');
          if (isDeepStrictEqual(identity.grant, client.identity?.grant)) client.rename(identity);
          else client.rejoin(identity);
          this.#follow(client, socket, identity);
        },
        (error: unknown) => log.error(`a guest's hours: ${String(error)}`),
      );
    };
    const cancel = clock.after(Math.max(0, changesAt - clock.now()), ask);
    socket.once('close', cancel);
  }

  #hear(client: Client, socket: WebSocket, data: Buffer, isBinary: boolean): void {
    client.alive = true;
    if (client.isClosed) return;
    const message = isBinary ? null : this.#read(data);
    if (message === null) return client.close(PROTOCOL, 'not a message');
    if (client.identity === null) return this.#greet(client, socket, message);
    if (message.type === 'subscribe') client.subscribe(message.topics);
    else if (message.type === 'refused') client.answer(failure(message.id, message.error));
    else if (message.type === 'command') this.#command(client, socket, message);
  }

  #read(data: Buffer): Message | null {
    try {
      return readMessage(data.toString());
    } catch (error) {
      if (error instanceof HubError) return null;
      this.#parts.log.error(`a message on the socket: ${String(error)}`);
      return null;
    }
  }

  #greet(client: Client, socket: WebSocket, message: Message): void {
    if (message.type !== 'hello') return client.close(POLICY, 'say hello first');
    const found = this.#parts.identities.find(message.token);
    found.then(
      (identity) => {
        if (client.isClosed || client.identity !== null) return;
        if (identity === null) client.close(POLICY, 'no valid identity');
        else this.#join(client, socket, identity, null);
      },
      (error: unknown) => {
        this.#parts.log.error(`hello on the socket: ${String(error)}`);
        client.close(1011, 'the hub failed');
      },
    );
  }

  /** A client with many commands under way is not read from until some are done. */
  #command(client: Client, socket: WebSocket, { id, on, body }: Message & { type: 'command' }): void {
    const { commander, log, metrics } = this.#parts;
    metrics.commands += 1;
    client.commandsAtWork += 1;
    if (client.commandsAtWork >= LIVE_COMMANDS_AT_ONCE_MAX) socket.pause();
    const outcome = commander.send(client.identity!, on, body);
    void outcome
      .then(
        ({ status, error, devices }) => ({ type: 'result', id, ok: status === 'done', status, error, devices }),
        (error: unknown) => failure(id, asHubError(error, 'a command on the socket', log)),
      )
      .then((result) => {
        client.commandsAtWork -= 1;
        if (socket.isPaused) socket.resume();
        client.answer(result);
      });
  }

  #end(matches: (identity: Identity) => boolean): void {
    for (const client of this.#clients)
      if (client.identity !== null && matches(client.identity)) client.close(POLICY, 'signed out');
  }

  /** Another role shows another home. What a token then reaches is looked up anew, as its client comes back. */
  #refresh(user: User): void {
    for (const client of this.#clients) {
      const { identity } = client;
      if (identity === null || identity.user.id !== user.id) continue;
      const { role } = user;
      if (role === identity.user.role) client.rename({ ...identity, user });
      else if (identity.kind === 'token') client.close(POLICY, 'another role');
      else client.rejoin({ ...identity, user, role, grant: role === 'guest' ? NOTHING : null });
    }
  }

  /** Half-open sockets never say that they have ended. */
  #ping(): void {
    this.#cancelPing = this.#parts.clock.after(LIVE_PING_MS, () => this.#ping());
    for (const client of this.#clients) {
      if (!client.ping()) client.terminate();
      else this.#touch(client);
    }
  }

  /** A wall tablet is signed in for as long as its page is open. */
  #touch(client: Client): void {
    const now = this.#parts.clock.now();
    if (client.identity?.kind !== 'session' || now - client.touchedAt < LIVE_TOUCH_MS) return;
    client.touchedAt = now;
    const { identities, log } = this.#parts;
    identities.sessions.touch(client.identity.id).catch((error: unknown) => log.warn(`a session: ${String(error)}`));
  }
}

const failure = (id: string, error: HubError): unknown => ({
  type: 'result',
  id,
  ok: false,
  status: 'failed',
  error: { ...error.extra, ...describeError(error) },
});
