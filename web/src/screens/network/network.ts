// The radio networks of the home: a picture of who hears whom, and a list with the weakest first.

import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { NetworkMap, PluginView } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { cssVariables } from '../../elements/css-variable.ts';
import { emptyState } from '../../elements/empty.ts';
import { devicePath } from '../../readers/devices.ts';
import { percent } from '../../readers/format.ts';
import { heardBest, placesOf, type Heard } from '../../readers/network.ts';
import { router } from '../../router.ts';
import { get, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

const words = th.network;
const SIZE = 400;
const RADII: Readonly<Record<string, number>> = { coordinator: 12, router: 9 };
const END_RADIUS = 6;

interface Network {
  readonly plugin: PluginView;
  readonly map: NetworkMap;
}

class NetworkScreen extends Screen {
  static override properties = {
    ...Screen.properties,
    networks: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };
  /** Null until the first answer. */
  declare networks: readonly Network[] | null;
  declare busy: boolean;
  declare trouble: string | null;

  constructor() {
    super();
    Object.assign(this, { networks: null, busy: false, trouble: null });
    new Watch(this, ['devices', 'home']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  /** Routers are asked one by one, which takes a while in a large network. */
  async #look(): Promise<void> {
    this.busy = true;
    try {
      const running = [...store.state.plugins.values()].filter(({ status }) => status === 'running');
      const all = await Promise.all(running.map(mapOf));
      Object.assign(this, { networks: all.filter(({ map }) => map.nodes.length > 0), trouble: null });
    } catch (error) {
      this.trouble = problemOf(error).detail;
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    router.title(words.title, store.state.home?.name);
    return html`
      <div class="screen-head">
        <h1>${words.title}</h1>
        <div class="actions">
          <span class="soft aside" role="status">${this.busy ? words.looking : nothing}</span>
          <button class="button" ?disabled=${this.busy} @click=${this.#look}>${words.again}</button>
        </div>
        <p class="lead">${words.lead}</p>
      </div>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      ${this.networks?.length === 0 ? emptyState(words.emptyTitle, words.emptyText) : nothing}
      ${this.networks?.map(network) ?? nothing}
    `;
  }
}

const mapOf = async (plugin: PluginView): Promise<Network> => ({
  plugin,
  map: await get<NetworkMap>(`/plugins/${encodeURIComponent(plugin.id)}/map`),
});

function network({ plugin, map }: Network): TemplateResult {
  const heard = heardBest(map);
  const nameOf = (address: string): string => nameAt(plugin, map, address);
  return html`<section class="stack" aria-labelledby="network-${plugin.id}">
    <h2 class="floor" id="network-${plugin.id}">${plugin.name}</h2>
    <div class="columns two">
      <ul class="rows">
        ${heard.map((each) => html`<li>${row(plugin, each, nameOf)}</li>`)}
      </ul>
      <div class="card">${picture(map, words.picture(plugin.name, map.nodes.length))}</div>
    </div>
  </section>`;
}

/** A plugin names its devices by its own ids; the hub puts the plugin's before them. */
const deviceAt = (plugin: PluginView, device: string | undefined) =>
  device === undefined ? undefined : (store.device(device) ?? store.device(`${plugin.id}:${device}`));

function nameAt(plugin: PluginView, { nodes }: NetworkMap, address: string): string {
  const node = nodes.find((each) => each.address === address);
  if (node?.role === 'coordinator') return words.roles['coordinator']!;
  return deviceAt(plugin, node?.device)?.name ?? address;
}

function row(plugin: PluginView, { node, by, quality }: Heard, nameOf: (address: string) => string): TemplateResult {
  const device = deviceAt(plugin, node.device);
  const name = nameOf(node.address);
  const role = words.roles[node.role] ?? t.humanise(node.role);
  return html`<div class="row">
    <span class="row-text">
      ${
        device === undefined
          ? html`<span class="row-title" dir="auto">${name}</span>`
          : html`<a class="row-title cover" href=${devicePath(device.id)} dir="auto">${name}</a>`
      }
      <span class="row-note" dir="auto">${by === null ? role : `${role} · ${words.by(nameOf(by))}`}</span>
    </span>
    ${quality === null ? nothing : meter(quality, name)}
  </div>`;
}

const meter = (quality: number, name: string): TemplateResult =>
  html`<span class="signal">
    <span
      class="meter"
      role="meter"
      aria-label=${words.signal(name)}
      aria-valuenow=${Math.round(quality * 100)}
      aria-valuemin="0"
      aria-valuemax="100"
      style=${cssVariables({ '--share': percent(quality) })}
      ><span></span></span
    ><span class="row-note">${percent(quality)}</span>
  </span>`;

/** Strong links are drawn strong; who is who stands in the list. */
function picture(map: NetworkMap, label: string): TemplateResult {
  const places = placesOf(map);
  const line = ({ from, to, lqi }: NetworkMap['links'][number]): SVGTemplateResult | typeof nothing => {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) return nothing;
    return svg`<line x1=${a.x * SIZE} y1=${a.y * SIZE} x2=${b.x * SIZE} y2=${b.y * SIZE} stroke-width=${0.5 + (lqi / 255) * 3} />`;
  };
  return html`<svg class="network" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label=${label}>
    ${map.links.map(line)}
    ${map.nodes.map(({ address, role }) => {
      const { x, y } = places.get(address)!;
      return svg`<circle class=${role} cx=${x * SIZE} cy=${y * SIZE} r=${RADII[role] ?? END_RADIUS} />`;
    })}
  </svg>`;
}

define('screen-network', NetworkScreen);
