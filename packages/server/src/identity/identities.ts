// Who is calling: one place that knows sessions and tokens, and tells the sockets when an identity ends or changes.

import type { Hub, Scheduler } from '@lintel/hub';
import { HubError, invariant } from '@lintel/model';
import type { Role, SignedIn, User } from '@lintel/protocol';
import { LEAST_ROLES, type Identity } from '../authorize.ts';
import { Attempts } from './attempts.ts';
import { Guests } from './guests.ts';
import { Redeeming } from './redeeming.ts';
import { remembering } from './remembering.ts';
import { isApiToken, isToken, type RandomBytes } from './secrets.ts';
import { endSessions, Sessions, type Client } from './sessions.ts';
import { Standings, toSettle } from './standings.ts';
import { Tokens, type NewToken } from './tokens.ts';
import { foldName, Users, type NewUser, type UserChange, type Verified } from './users.ts';

export interface IdentityListener {
  /** All identities that `matches` picks have ended. */
  ended(matches: (identity: Identity) => boolean): void;
  /** The user has another name, or a higher role. */
  changed(user: User): void;
}

export class Identities {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly guests: Guests;
  readonly #claimed: () => boolean;
  readonly #attempts: Attempts;
  readonly #redeeming: Redeeming;
  readonly #standings: Standings;
  #listener: IdentityListener | null = null;

  constructor(hub: Hub, clock: Scheduler, random: RandomBytes) {
    const now = (): number => clock.now();
    const store = remembering(hub.store);
    this.users = new Users(store, now, random);
    this.sessions = new Sessions(store, now, random, () => hub.home()?.timeZone ?? 'UTC');
    this.tokens = new Tokens(store, now, random);
    this.guests = new Guests(store, now, random);
    this.#standings = new Standings(hub, this.users);
    this.#claimed = () => hub.claimed();
    this.#attempts = new Attempts(now);
    this.#redeeming = new Redeeming(now, this.#attempts);
  }

  listen(listener: IdentityListener): void {
    this.#listener = listener;
  }

  /** The identity behind the text of a bearer header, a cookie or a hello; null when there is none. */
  async find(token: string): Promise<Identity | null> {
    if (!isToken(token) || !this.#claimed()) return null;
    return isApiToken(token) ? this.tokens.find(token) : this.sessions.find(token);
  }

  /** @throws HubError UNAUTHENTICATED with one text for every cause, TOO_MANY_ATTEMPTS */
  async signIn(name: string, password: string, client: Client): Promise<SignedIn> {
    const account = foldName(name);
    this.#attempts.begin(account, client.address);
    const verified = await this.#attempts.oneOfFew(client.address, () => this.users.verify(name, password));
    const signedIn = verified === null || !this.#claimed() ? null : await this.#open(verified, client);
    if (signedIn === null) throw new HubError('UNAUTHENTICATED', 'The name or the password is wrong.');
    this.#attempts.succeeded(account, client.address);
    return signedIn;
  }

  /** Signs a guest in. @throws HubError UNAUTHENTICATED with one text for every cause, TOO_MANY_ATTEMPTS */
  async redeem(code: string, client: Client): Promise<SignedIn> {
    const user = await this.#redeeming.try(client.address, () => this.guests.redeem(code));
    const token = user === null ? null : await this.sessions.create(user, null, client);
    if (user === null || token === null)
      throw new HubError('UNAUTHENTICATED', 'This code is wrong, or its time is over.');
    return { token, user };
  }

  /** Makes the owner of an unclaimed hub and signs them in; the hub is not claimed by it yet. */
  async createOwner(name: string, password: string, client: Client): Promise<SignedIn> {
    const signedIn = await this.#open(await this.users.createFirst(name, password), client);
    invariant(signedIn !== null, 'the owner just made is there');
    return signedIn;
  }

  async #open({ user, hash }: Verified, client: Client): Promise<SignedIn | null> {
    const token = await this.sessions.create(user, hash, client);
    return token === null ? null : { token, user };
  }

  createUser(wanted: NewUser): Promise<User> {
    return this.users.create(wanted);
  }

  /** As {@link changeUser}, by the person, who proves with the password that it is no one else at an open screen. */
  async changeOwn(by: Identity, password: string, change: UserChange, client: Client): Promise<User> {
    const account = foldName(by.user.name);
    this.#attempts.begin(account, client.address);
    const verified = await this.users.verify(by.user.name, password);
    if (verified?.user.id !== by.user.id)
      throw new HubError('FORBIDDEN', 'The current password is wrong.', { pointer: '/currentPassword' });
    this.#attempts.succeeded(account, client.address);
    return this.changeUser(by.user.id, change, by);
  }

  /** A new password ends the person's other sessions; a lower role cuts the sockets, which may come back with less. */
  async changeUser(id: string, change: UserChange, by: Identity): Promise<User> {
    const before = await this.users.get(id);
    const kept = by.kind === 'session' && by.user.id === id ? by.id : null;
    const newPassword = change.password !== undefined;
    const beside = [...(newPassword ? [endSessions(id, kept)] : []), toSettle(before)];
    const user = await this.users.change(id, change, beside);
    const lowered = rank(user.role) < rank(before.role);
    if (lowered) this.#ended((identity) => identity.user.id === id);
    else if (newPassword) this.#ended((one) => one.user.id === id && one.kind === 'session' && one.id !== kept);
    this.#listener?.changed(user);
    await this.#standings.settle();
    return user;
  }

  async removeUser(id: string): Promise<void> {
    await this.users.remove(id, [toSettle(await this.users.get(id))]);
    this.#ended((identity) => identity.user.id === id);
    await this.#standings.settle();
  }

  /** What a crash came before: to be done before anyone is let in. */
  settle(): Promise<void> {
    return this.#standings.settle();
  }

  async removeGuest(id: string): Promise<void> {
    await this.guests.remove(id);
    this.#ended((identity) => identity.user.id === id);
  }

  async removeSession(user: string, id: string): Promise<void> {
    await this.sessions.remove(user, id);
    this.#ended((identity) => identity.kind === 'session' && identity.id === id);
  }

  createToken(maker: Identity, wanted: NewToken): Promise<{ id: string; token: string }> {
    return this.tokens.create(maker, wanted);
  }

  async removeToken(user: string, id: string): Promise<void> {
    const gone = await this.tokens.remove(user, id);
    this.#ended((identity) => identity.kind === 'token' && gone.includes(identity.id));
  }

  #ended(matches: (identity: Identity) => boolean): void {
    this.#listener?.ended(matches);
  }
}

const rank = (role: Role): number => LEAST_ROLES.indexOf(role);
