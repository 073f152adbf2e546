// A person's command: checked, journaled, sent, and answered with what the devices made of it.

import type { DeviceCommand, Origin, Outcome, Target } from '@lintel/model';
import { resolveTarget, settleToggle } from '../dispatch/core-commands.ts';
import type { Outbox } from '../dispatch/outbox.ts';
import { notFound, reach, requireReached, split } from '../dispatch/resolve.ts';
import type { CommandAnswer, CommandRequest } from '../interface.ts';
import type { Delivery } from '../journal/records.ts';
import type { Kernel } from '../kernel.ts';
import { checkAgainstTable, checkForDevice, lastingOf, parseCommandBody } from './command-body.ts';

export interface CommandService {
  command(request: CommandRequest, by: Origin): Promise<CommandAnswer>;
  /** Sends deliveries that were resolved already, such as a scene's. */
  send(
    on: unknown,
    command: DeviceCommand,
    deliveries: readonly Delivery[],
    by: Origin,
    revertAfter?: number,
  ): Promise<CommandAnswer>;
}

export function commandService(kernel: Kernel, outbox: Outbox): CommandService {
  const { machine } = kernel;

  const forDevice = (ref: string, body: unknown): readonly Delivery[] => {
    const reached = requireReached(machine.registry, ref);
    const command = parseCommandBody(body);
    checkForDevice(reached.record, reached.endpoint, command);
    return split(reached, settleToggle(machine, [reached], command)).deliveries;
  };

  const forMany = (target: Target, body: unknown): readonly Delivery[] => {
    const command = parseCommandBody(body);
    if ('set' in command) checkAgainstTable(command.set);
    return resolveTarget(machine, target, command);
  };

  const resolve = ({ on, body }: CommandRequest): readonly Delivery[] => {
    if ('device' in on) return forDevice(on.device, body);
    if ('room' in on) {
      if (machine.registry.get('rooms', on.room) === null) throw notFound('room', on.room);
      return forMany(roomTarget(machine, on.room, body), body);
    }
    if (machine.registry.get('groups', on.group) === null) throw notFound('group', on.group);
    return forMany({ group: on.group }, body);
  };

  const send: CommandService['send'] = async (on, command, deliveries, by, revertAfter) => {
    const { sequence } = kernel.submit({ kind: 'command', body: { on, command } }, by);
    const id = `p${sequence}`;
    const [outcomes] = await Promise.all([
      outbox.send(id, deliveries, by, sequence, revertAfter),
      kernel.journal.synced(sequence, true),
    ]);
    return answer(id, on, outcomes);
  };

  return {
    send,
    command: (request, by) => {
      const deliveries = resolve(request);
      return send(request.on, parseCommandBody(request.body), deliveries, by, lastingOf(request.body));
    },
  };
}

/** A room reaches its lights; a command that lights do not have reaches whatever there has it. */
function roomTarget({ registry }: Kernel['machine'], room: string, body: unknown): Target {
  const lights = reach(registry, { room });
  const command = parseCommandBody(body);
  if (lights.some((each) => split(each, command).deliveries.length > 0)) return { room };
  return {
    devices: registry
      .list('devices')
      .filter((each) => each.room === room)
      .map(({ id }) => id),
  };
}

function answer(id: string, on: unknown, outcomes: ReadonlyMap<string, Outcome>): CommandAnswer {
  const all = [...outcomes.values()];
  const failed = all.find(({ status }) => status !== 'done');
  if (typeof on === 'object' && on !== null && 'device' in on) return { id, status: 'done', ...all[0] };
  const devices = Object.fromEntries([...outcomes].map(([device, { status }]) => [device, status]));
  return { id, status: 'done', ...failed, devices };
}
