// What clients may say on the socket.

import { HubError } from '@lintel/model';
import { TOPICS } from '@lintel/protocol';
import { z } from 'zod';
import { commandFields, refineCommand, type CommandBody, type CommandTarget } from '../commands.ts';
import { parseJson } from '../json.ts';
import { deviceRef, thingId } from '../schemas/fields.ts';
import { validate } from '../validate.ts';

const messageId = z.string().min(1).max(100);
const hello = z.strictObject({ type: z.literal('hello'), token: z.string().max(200) });
const subscribe = z.strictObject({ type: z.literal('subscribe'), topics: z.array(z.enum(TOPICS)).max(TOPICS.length) });
const command = z
  .strictObject({
    type: z.literal('command'),
    id: messageId,
    device: deviceRef.optional(),
    room: thingId.optional(),
    group: thingId.optional(),
    ...commandFields,
  })
  .superRefine((body, context) => {
    refineCommand(body, context);
    if ([body.device, body.room, body.group].filter((each) => each !== undefined).length !== 1)
      context.addIssue({ code: 'custom', path: [], message: 'give one of "device", "room" and "group"' });
  });

export type Message =
  | z.output<typeof hello>
  | z.output<typeof subscribe>
  | { readonly type: 'command'; readonly id: string; readonly on: CommandTarget; readonly body: CommandBody }
  /** Said well enough to be answered, but wrong. */
  | { readonly type: 'refused'; readonly id: string; readonly error: HubError };

/** @throws HubError for what is no message at all */
export function readMessage(text: string): Message {
  const raw = parseJson(text);
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined;
  if (type === 'hello') return validate(hello, raw);
  if (type === 'subscribe') return validate(subscribe, raw);
  const id = messageId.safeParse((raw as { id?: unknown } | null)?.id);
  if (!id.success) throw new HubError('BAD_REQUEST', 'This is no message the hub knows.');
  return type === 'command' ? readCommand(id.data, raw) : refused(id.data, unknownType());
}

const unknownType = (): HubError =>
  new HubError('BAD_VALUE', 'type: one of hello, subscribe and command', { pointer: '/type' });

const refused = (id: string, error: HubError): Message => ({ type: 'refused', id, error });

function readCommand(id: string, raw: unknown): Message {
  try {
    const { type: _, id: __, device, room, group, ...body } = validate(command, raw);
    const on = device !== undefined ? { device } : room !== undefined ? { room } : { group: group! };
    return { type: 'command', id, on, body };
  } catch (error) {
    if (error instanceof HubError) return refused(id, error);
    throw error;
  }
}
