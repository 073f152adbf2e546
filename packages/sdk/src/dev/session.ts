// Runs a plugin that is being written in a hub, and starts it anew whenever it changes. Speaks the hub's API, as anyone may.

export interface DevOptions {
  /** Such as `http://localhost:8480`. */
  readonly url: string;
  readonly token: string;
  /** The plugin's folder, absolute. */
  readonly folder: string;
  readonly id: string;
  readonly print: (text: string) => void;
  /** Default the global one. */
  readonly fetch?: typeof fetch;
}

interface PluginAnswer {
  readonly status: string;
  readonly enabled: boolean;
  readonly settings: unknown;
  readonly health: { readonly message: string | null; readonly lastError: string | null };
}

interface LogLine {
  readonly number: number;
  readonly at: string;
  readonly level: string;
  readonly text: string;
}

/** An answer that says why not, as a sentence. */
export class DevError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'the hub does not know the token: make one in the hub under More, Tokens, and set LINTEL_TOKEN',
  403: 'the token may not do that: plugins are linked by the owner',
};

export class DevSession {
  readonly #options: DevOptions;
  #lastNumber = 0;

  constructor(options: DevOptions) {
    this.#options = options;
  }

  /** Links the folder where the hub does not have it, and enables the plugin with the settings it has. */
  async open(): Promise<void> {
    const { id, folder, print } = this.#options;
    const known = await this.#find();
    if (known === null) {
      await this.#ask('POST', '/api/plugins', { source: `file:${folder}` });
      print(`linked ${folder}`);
    }
    const settings = known?.settings ?? {};
    if (known?.enabled === true) await this.restart();
    else this.#tell((await this.#ask('PUT', `/api/plugins/${id}`, { enabled: true, settings })) as PluginAnswer);
  }

  async restart(): Promise<void> {
    this.#tell((await this.#ask('POST', `/api/plugins/${this.#options.id}/restart`)) as PluginAnswer);
  }

  /** Prints the lines of the plugin's log that are new; a hub that was restarted counts them anew. */
  async follow(): Promise<void> {
    const path = `/api/plugins/${this.#options.id}/log?limit=1000`;
    const { items } = (await this.#ask('GET', path)) as { items: readonly LogLine[] };
    const newest = items.at(-1)?.number ?? 0;
    const seen = newest < this.#lastNumber ? 0 : this.#lastNumber;
    for (const { at, level, text } of items.filter(({ number }) => number > seen)) {
      this.#options.print(`${at} ${level} ${text}`);
    }
    this.#lastNumber = newest;
  }

  #tell(plugin: PluginAnswer | null): void {
    if (plugin === null) return;
    const { status, health } = plugin;
    // What went wrong before it was mended is no news.
    const why = status === 'running' ? health.message : (health.message ?? health.lastError);
    this.#options.print(`${this.#options.id} is ${status}${why ? `: ${why}` : ''}`);
  }

  async #find(): Promise<PluginAnswer | null> {
    const answer = (await this.#ask('GET', '/api/plugins')) as { items: (PluginAnswer & { id: string })[] };
    return answer.items.find(({ id }) => id === this.#options.id) ?? null;
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { url, token, fetch: ask = fetch } = this.#options;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await ask(new URL(path, url), init).catch(() => {
      throw new DevError(0, `no hub answers at ${url}: start it with \`npm start\`, or set LINTEL_URL`);
    });
    const text = await answer.text();
    const json: unknown = text === '' ? null : JSON.parse(text);
    if (answer.ok) return json;
    const detail = (json as { detail?: string } | null)?.detail ?? `${method} ${path} answered ${answer.status}`;
    throw new DevError(answer.status, ADVICE[answer.status] ?? detail);
  }
}
