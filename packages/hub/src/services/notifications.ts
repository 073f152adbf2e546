// What the home tells its people, and what they answer.

import { HubError, type Notification, type Origin } from '@lintel/model';
import type { NotificationReader } from '../interface.ts';
import type { Kernel } from '../kernel.ts';
import { notificationEdits } from '../state/actions.ts';

export function notificationService(kernel: Kernel) {
  const { registry } = kernel.machine;

  /** A notification without addressees is everyone's; one for a person is for the person's account too. */
  const isFor = ({ to }: Notification, { user, everything }: NotificationReader): boolean => {
    if (to === undefined || everything) return true;
    const people = registry.list('people').filter((person) => person.user === user);
    return [user, ...people.map(({ id }) => id)].some((id) => to.includes(id));
  };
  const get = (id: string, reader: NotificationReader): Notification => {
    const found = registry.get('notifications', id);
    if (found === null || !isFor(found, reader))
      throw new HubError('NOT_FOUND', `there is no notification ${JSON.stringify(id.slice(0, 64))}`);
    return found;
  };
  const act = async (id: string, action: string, reader: NotificationReader, by: Origin): Promise<Notification> => {
    const notification = get(id, reader);
    if (!notification.actions.some((each) => each.id === action))
      throw new HubError('NOT_FOUND', `this notification has no action ${JSON.stringify(action.slice(0, 64))}`);
    const data = {
      action,
      notification: id,
      ...(notification.tag !== undefined && { tag: notification.tag }),
      ...(by.id !== undefined && { user: by.id }),
    };
    kernel.submit({ kind: 'event', body: { device: null, event: 'notification.action', data } }, by);
    const answered = { action, at: new Date(kernel.scheduler.now()).toISOString(), by };
    const value: Notification = { ...notification, answered };
    await kernel.commit([{ collection: 'notifications', id, value }], by);
    return value;
  };
  const test = async (by: Origin): Promise<Notification> => {
    const notification: Notification = {
      id: kernel.newId(),
      at: new Date(kernel.scheduler.now()).toISOString(),
      text: 'This is a test: notifications reach you.',
      actions: [],
      critical: false,
      tag: 'test',
    };
    await kernel.commit(notificationEdits(kernel.machine, notification), by);
    return notification;
  };
  const remove = async (id: string, reader: NotificationReader, by: Origin): Promise<void> => {
    get(id, reader);
    await kernel.commit([{ collection: 'notifications', id, value: null }], by);
  };
  return {
    /** Newest first. */
    list: (reader: NotificationReader): readonly Notification[] =>
      registry
        .list('notifications')
        .filter((each) => isFor(each, reader))
        .toReversed(),
    act,
    test,
    remove,
  };
}
