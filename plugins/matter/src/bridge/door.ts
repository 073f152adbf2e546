// A lock as ecosystems command it and hear of it. The lock's own report moves the state: until then the door is as it was. What
// happens at the door is told as events too, which is what ecosystems notify people by (Application Cluster Specification, Door
// Lock).

import { DoorLockServer } from '@matter/main/behaviors/door-lock';
import type { Endpoint, FabricIndex, NodeId } from '@matter/main';
import { DoorLock } from '@matter/main/clusters/door-lock';

import type { HomeEvent } from '@lintel/sdk';

import { ask } from './asking.ts';

const { AlarmCode, LockOperationType, LockState, OperationError, OperationSource } = DoorLock;

/** How long after a change its cause may still be told: a lock says in one breath what it is and who did it. */
const BREATH_MS = 300;
/** How long what was said, or asked by an ecosystem, may be what a change comes from. */
const SAID_MS = 1000;
const ASKED_MS = 10_000;

/** By the home's word for it. */
const SOURCES: Readonly<Record<string, DoorLock.OperationSource>> = {
  code: OperationSource.Keypad,
  key: OperationSource.Manual,
  manual: OperationSource.Manual,
  remote: OperationSource.Remote,
  auto: OperationSource.Auto,
};

type Operation = DoorLock.LockOperationType;
const OPERATIONS: Readonly<Record<number, Operation>> = {
  [LockState.Locked]: LockOperationType.Lock,
  [LockState.Unlocked]: LockOperationType.Unlock,
  [LockState.Unlatched]: LockOperationType.Unlatch,
};

interface Author {
  readonly operationSource: DoorLock.OperationSource;
  readonly userIndex: null;
  readonly fabricIndex: FabricIndex | null;
  readonly sourceNode: NodeId | null;
}

const author = (operationSource: DoorLock.OperationSource): Author => ({
  operationSource,
  userIndex: null,
  fabricIndex: null,
  sourceNode: null,
});

interface Cause {
  readonly author: Author;
  /** What was asked for; null where only the author is known. */
  readonly operation: Operation | null;
  /** `performance.now()`. */
  readonly until: number;
}

/** The last of each door. */
const causes = new WeakMap<object, Cause>();

function takeCause(door: object, operation: Operation): Author | null {
  const cause = causes.get(door);
  if (cause === undefined || cause.until < performance.now()) return null;
  if (cause.operation !== null && cause.operation !== operation) return null;
  causes.delete(door);
  return cause.author;
}

export class BridgedLock extends DoorLockServer.with() {
  override initialize(): void {
    super.initialize();
    this.reactTo(this.events.lockState$Changed, this.#changed);
  }
  override lockDoor() {
    return this.#ask('lock.lock', LockOperationType.Lock);
  }
  override unlockDoor() {
    return this.#ask('lock.unlock', LockOperationType.Unlock);
  }

  /** The home says who operated the lock. */
  said(by: string): void {
    const operationSource = SOURCES[by] ?? OperationSource.Unspecified;
    const now = performance.now();
    const asked = causes.get(this.endpoint);
    // From afar is from the ecosystem that has just asked for it.
    if (operationSource === OperationSource.Remote && asked?.operation != null && asked.until > now) return;
    const until = now + SAID_MS;
    causes.set(this.endpoint, { author: author(operationSource), operation: null, until });
  }

  tell(lockOperationType: Operation): void {
    const by = takeCause(this.endpoint, lockOperationType) ?? author(OperationSource.Unspecified);
    this.events.lockOperation.emit({ lockOperationType, ...by }, this.context);
  }

  async #ask(command: string, operation: Operation): Promise<void> {
    const { fabric, subject } = this.context as { fabric?: FabricIndex; subject?: { kind: string; id: NodeId } };
    const sourceNode = subject?.kind === 'node' ? subject.id : null;
    const asking: Author = { ...author(OperationSource.Remote), fabricIndex: fabric ?? null, sourceNode };
    causes.set(this.endpoint, { author: asking, operation, until: performance.now() + ASKED_MS });
    try {
      await ask(this, command);
    } catch (error) {
      causes.delete(this.endpoint);
      const failure = { lockOperationType: operation, operationError: OperationError.Unspecified, ...asking };
      this.events.lockOperationError.emit(failure, this.context);
      throw error;
    }
  }

  #changed(now: DoorLock.LockState | null, before: DoorLock.LockState | null): void {
    if (now === LockState.NotFullyLocked) {
      this.events.doorLockAlarm.emit({ alarmCode: AlarmCode.LockJammed }, this.context);
    }
    const operation = now === null ? undefined : OPERATIONS[now];
    // What becomes known was so before, and a latch that springs back was not operated.
    const isSprung = before === LockState.Unlatched && now === LockState.Unlocked;
    if (operation === undefined || before === null || isSprung) return;
    const { endpoint } = this;
    const tell = async (): Promise<void> => endpoint.act((agent) => agent.get(BridgedLock).tell(operation));
    // A door that is taken away meanwhile has nothing to tell any more.
    setTimeout(() => void tell().catch(() => undefined), BREATH_MS).unref();
  }
}

/** What the home tells of a lock besides its state. */
export async function operated(door: Endpoint, { event, data }: HomeEvent): Promise<void> {
  if (event === 'lock.operated') await door.act((agent) => agent.get(BridgedLock).said(String(data['by'])));
}
