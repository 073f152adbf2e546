// Counters for GET /metrics, in Prometheus' text format.

export interface Sample {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

export class Metrics {
  readonly #requests = new Map<string, number>();
  changes = 0;
  commands = 0;

  countRequest(status: number): void {
    const family = `${Math.floor(status / 100)}xx`;
    this.#requests.set(family, (this.#requests.get(family) ?? 0) + 1);
  }

  requests(): readonly Sample[] {
    const help = 'HTTP requests answered, by class of status.';
    return [...this.#requests].map(([status, value]) => ({
      name: 'lintel_http_requests_total',
      help,
      type: 'counter',
      value,
      labels: { status },
    }));
  }
}

/** Samples of one name must stand together. */
export function formatMetrics(samples: readonly Sample[]): string {
  const lines: string[] = [];
  let last = '';
  for (const { name, help, type, value, labels = {} } of samples) {
    if (name !== last) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    last = name;
    const inner = Object.entries(labels).map(([key, text]) => `${key}=${JSON.stringify(text)}`);
    lines.push(`${name}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}
