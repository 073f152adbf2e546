// Placeholder until written below.
import type { Discovery } from '../plugin.ts';
import { PluginError } from '../plugin.ts';

const no = (): never => {
  throw new PluginError('UNSUPPORTED', 'discovery comes');
};
export const systemDiscovery: Discovery = { mdns: no, ssdp: no, udp: no };
