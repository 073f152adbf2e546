// From a journal record back to what began it, one sentence a record.

import { describeCommand, describeValue } from '../activity/describe.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { Kernel } from '../kernel.ts';
import type { WhyLink } from '../views.ts';

const LINKS_MAX = 20;

/** A record and what led to it, as far back as the journal is kept. */
export function chainFrom({ journal, machine }: Kernel, sequence: number): WhyLink[] {
  const nameOf = (device: string): string => machine.registry.get('devices', device)?.name ?? device;
  const links: WhyLink[] = [];
  for (let next = sequence; next > 0 && links.length < LINKS_MAX;) {
    const record = journal.find(next);
    if (record === null) break;
    const { at, kind, origin } = record;
    links.push({ sequence: next, at: new Date(at).toISOString(), kind, origin, text: textOf(record, nameOf) });
    next = record.cause < next ? record.cause : 0;
  }
  return links;
}

function textOf(record: JournalRecord, nameOf: (device: string) => string): string {
  switch (record.kind) {
    case 'start':
      return 'Lintel started';
    case 'tick':
      return 'its time had come';
    case 'clock':
      return record.body.lost ? 'the time of day was lost' : 'the clock was set';
    case 'report': {
      const values = Object.entries(record.body.values).map(([key, value]) => describeValue(key, value));
      return `${nameOf(record.body.device)}: ${values.join(', ')}`;
    }
    case 'event': {
      const { device, event, data } = record.body;
      const detail = [data['button'], data['action']].filter((each) => each !== undefined).join(' ');
      return `${device === null ? '' : `${nameOf(device)}: `}${event}${detail === '' ? '' : `: ${detail}`}`;
    }
    case 'online':
      return `${nameOf(record.body.device)} ${record.body.online ? 'is back' : 'cannot be reached'}`;
    case 'stale':
      return `${nameOf(record.body.device)} has not answered lately`;
    case 'edit':
      return 'the home was edited';
    case 'run':
      return 'run by hand';
    case 'command':
      return describeCommand(record.body.command);
    case 'sent':
      return record.body.deliveries
        .map(({ device, command }) => `${nameOf(device)}: ${describeCommand(command)}`)
        .join('; ');
    case 'outcome':
      return `${nameOf(record.body.device)}: ${record.body.status}`;
    case 'presence':
      return `${record.body.source}: ${record.body.presence}`;
    case 'webhook':
      return `the webhook ${record.body.webhook} was called`;
    case 'cancel':
      return `${record.body.pending} was called off`;
  }
}
