// Puts together what mDNS answers say piece by piece: which instances a service has, where each listens, what it tells.

import type { Discovered } from '../plugin.ts';
import { A, AAAA, PTR, readPacket, SRV, TXT } from './dns.ts';
import type { DnsRecord } from './dns.ts';

const INSTANCES_MAX = 1_000;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function detailOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\n').map((line): [string, string] => {
    const at = line.indexOf('=');
    return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
  });
  return Object.fromEntries(pairs.filter(([key]) => key !== ''));
}

export class Services {
  readonly #service: string;
  readonly #records = new Map<string, DnsRecord>();
  readonly #told = new Map<string, string>();

  /** @param service such as `_hue._tcp.local` */
  constructor(service: string) {
    this.#service = service;
  }

  /** Takes a packet in; answers what is new or has changed by it. `from` stands in where no address is told. */
  take(packet: Uint8Array, from: string): Discovered[] {
    for (const record of readPacket(packet)) {
      if (this.#records.size < INSTANCES_MAX * 4)
        this.#records.set(
          `${record.type} ${record.name} ${record.type === PTR ? record.data : ''}`.toLowerCase(),
          record,
        );
    }
    const instances = [...this.#records.values()].filter(({ type, name }) => type === PTR && same(name, this.#service));
    return instances.flatMap(({ data }) => this.#news(data, from));
  }

  #news(instance: string, from: string): Discovered[] {
    const found = this.#find(instance, from);
    const text = JSON.stringify(found);
    if (found === null || this.#told.get(instance) === text) return [];
    this.#told.set(instance, text);
    return [found];
  }

  #record(type: number, name: string): DnsRecord | undefined {
    return this.#records.get(`${type} ${name} `.toLowerCase());
  }

  #find(instance: string, from: string): Discovered | null {
    const location = this.#record(SRV, instance)?.data.split(' ');
    if (location === undefined) return null;
    const [port, host = ''] = location;
    const address = this.#record(A, host)?.data ?? this.#record(AAAA, host)?.data ?? from;
    const name = instance.slice(0, Math.max(0, instance.length - this.#service.length - 1));
    return { address, port: Number(port), name, detail: detailOf(this.#record(TXT, instance)?.data ?? '') };
  }
}
