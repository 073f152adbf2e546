// One child process: the socket to it, its output, its end.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

import { invariant } from '@lintel/model';
import { Channel } from '@lintel/sdk/host';

import type { Scheduler } from '../clock.ts';
import { endGroup } from './groups.ts';
import { OUTPUT_BYTES_PER_TURN, OUTPUT_TURN_MS } from './limits.ts';
import type { Launch } from './sandbox.ts';

const CHANNEL_DESCRIPTOR = 3;
const LINE_CHARACTERS_MAX = 4_096;
/** Between the end of the socket and the end of the process. */
const EXIT_GRACE_MS = 250;
/** What Node says of things on their way out: its own, and those of the SDK that stand in `util.deprecate`. */
const DEPRECATION = /^\(node:\d+\) (?:\[\w+\] )?DeprecationWarning: |^\(Use `[^`]* --trace-deprecation /;

export interface ChildEvents {
  message(raw: unknown): void;
  /** A line the process wrote by itself. */
  output(level: 'info' | 'error' | 'deprecation', text: string): void;
  /** Called once, when the process is gone. `fault` is what it did wrong on the wire, if anything. */
  ended(why: { readonly fault: string | null; readonly code: number | null; readonly signal: string | null }): void;
}

export class Child {
  readonly channel: Channel;
  readonly pid: number;
  readonly ports: Launch['ports'];
  readonly #process: ChildProcess;
  readonly #scheduler: Scheduler;
  #fault: string | null = null;
  #hasEnded = false;
  #cancelKill = (): void => undefined;

  constructor(launch: Launch, cwd: string, scheduler: Scheduler, events: ChildEvents) {
    this.#scheduler = scheduler;
    this.ports = launch.ports;
    const stdio = ['ignore', 'pipe', 'pipe', 'pipe'] as const;
    this.#process = spawn(launch.command, launch.args, { stdio: [...stdio], env: {}, cwd, detached: true });
    this.pid = this.#process.pid ?? -1;
    const socket = this.#process.stdio[CHANNEL_DESCRIPTOR] as Socket | undefined;
    invariant(socket, 'a spawned child has its socket');
    this.channel = new Channel(socket, {
      message: (raw) => events.message(raw),
      closed: (fault) => this.#end(fault),
    });
    readLines(this.#process.stdout!, scheduler, (text) => events.output('info', text));
    readLines(this.#process.stderr!, scheduler, (text) =>
      events.output(DEPRECATION.test(text) ? 'deprecation' : 'error', text),
    );
    const onEnd = (code: number | null, signal: string | null): void => {
      if (this.#hasEnded) return;
      this.#hasEnded = true;
      this.#cancelKill();
      endGroup(this.pid);
      this.channel.close(null);
      events.ended({ fault: this.#fault, code, signal });
    };
    this.#process.on('exit', onEnd);
    this.#process.on('error', (error) => {
      this.#fault = error.message;
      onEnd(null, null);
    });
  }

  kill(): void {
    if (!this.#hasEnded) endGroup(this.pid);
  }

  /** A process without its socket can be told nothing more. One that ended by itself may still say with what code. */
  #end(fault: string | null): void {
    if (this.#hasEnded) return;
    this.#fault ??= fault;
    if (fault === null) this.#cancelKill = this.#scheduler.after(EXIT_GRACE_MS, () => this.kill());
    else this.kill();
  }
}

/** Splits output into lines of bounded length, and reads no faster than a person's log deserves. */
function readLines(stream: Readable, scheduler: Scheduler, line: (text: string) => void): void {
  let held = '';
  let budget = OUTPUT_BYTES_PER_TURN;
  let refill: (() => void) | null = null;
  const resume = (): void => {
    refill = null;
    budget = OUTPUT_BYTES_PER_TURN;
    stream.resume();
  };
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (held + text).split('\n');
    held = (lines.pop() ?? '').slice(0, LINE_CHARACTERS_MAX);
    for (const each of lines) if (each !== '') line(each.slice(0, LINE_CHARACTERS_MAX));
    budget -= text.length;
    if (budget > 0 || refill !== null) return;
    stream.pause();
    refill = scheduler.after(OUTPUT_TURN_MS, resume);
  });
  stream.on('error', () => undefined);
  stream.on('close', () => {
    refill?.();
    if (held !== '') line(held);
  });
}
