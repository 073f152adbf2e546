// Figures for a monitoring system.

import { z } from 'zod';
import { formatMetrics, type Sample } from '../metrics.ts';
import { route, type Route } from '../routes.ts';
import type { Services } from '../services.ts';

const TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export const metricsRoutes = (services: Services): Route[] => [
  route({
    method: 'GET',
    path: '/metrics',
    role: 'admin',
    summary: "The hub's own figures, as Prometheus text.",
    type: TYPE,
    answers: { 200: z.string() },
    handle: () => ({ status: 200, body: formatMetrics(samples(services)), headers: { 'content-type': TYPE } }),
  }),
];

function samples({ hub, live, metrics }: Services): Sample[] {
  const gauge = (name: string, help: string, value: number): Sample => ({ name, help, type: 'gauge', value });
  const counter = (name: string, help: string, value: number): Sample => ({ name, help, type: 'counter', value });
  const { rss, heapUsed } = process.memoryUsage();
  return [
    gauge('process_resident_memory_bytes', 'Memory of the hub itself, without its plugins.', rss),
    gauge('nodejs_heap_size_used_bytes', 'JavaScript heap in use.', heapUsed),
    counter(
      'process_cpu_seconds_total',
      'Processor time used.',
      process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    ),
    gauge('lintel_devices', 'Devices of the home.', hub.devices.list().length),
    gauge('lintel_automations', 'Automations of the home.', hub.automations.list().length),
    gauge('lintel_live_clients', 'Open sockets.', live.size),
    counter('lintel_changes_total', 'Changes of the home told to clients.', metrics.changes),
    counter('lintel_commands_total', 'Commands taken over HTTP and the socket.', metrics.commands),
    ...metrics.requests(),
  ];
}
