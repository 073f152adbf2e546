// Which names this hub answers to. A page of another name that resolves here (DNS rebinding) and a page of another origin
// are refused before anything else is looked at.

import { networkInterfaces } from 'node:os';

const ALWAYS = ['localhost', '127.0.0.1', '[::1]', 'lintel.local'];
const HOST = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::(\d{1,5}))?$/;

export interface Hosts {
  /** Whether the value of a Host header names this hub. */
  isOwnHost(header: string | undefined): boolean;
  /** Whether a page of this origin is the hub's own: the request's own host, or another of its names at its port. */
  isOwnOrigin(origin: string, hostHeader: string): boolean;
}

export interface HostsOptions {
  /** Names or addresses the owner adds, without ports. */
  readonly extra: () => readonly string[];
  /** The port the hub listens on. */
  readonly port: () => number;
  /** The machine's own addresses; IPv6 without brackets. */
  readonly addresses?: () => readonly string[];
}

export function createHosts({ extra, port, addresses = ownAddresses }: HostsOptions): Hosts {
  const isOwnName = (name: string): boolean =>
    ALWAYS.includes(name) ||
    extra().some((added) => canonical(added.toLowerCase()) === name) ||
    addresses().some((address) => canonical(address) === name);
  return {
    isOwnHost: (header) => {
      const parts = splitHost(header);
      return parts !== null && isOwnName(parts.name);
    },
    isOwnOrigin: (origin, hostHeader) => {
      const match = /^https?:\/\/(.+)$/.exec(origin.toLowerCase());
      const parts = splitHost(match?.[1]);
      if (match === null || parts === null || !isOwnName(parts.name)) return false;
      return match[1] === hostHeader.toLowerCase() || parts.port === port();
    },
  };
}

function splitHost(header: string | undefined): { name: string; port: number | null } | null {
  const match = HOST.exec((header ?? '').toLowerCase());
  if (match === null) return null;
  const port = match[2] === undefined ? null : Number(match[2]);
  return port !== null && (port < 1 || port > 65_535) ? null : { name: canonical(match[1]!), port };
}

/** One spelling for each IPv6 address, in brackets; every other name as it is. */
function canonical(name: string): string {
  const bare = name.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  if (!bare.includes(':')) return name;
  return URL.canParse(`http://[${bare}]`) ? new URL(`http://[${bare}]`).hostname : name;
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
}
