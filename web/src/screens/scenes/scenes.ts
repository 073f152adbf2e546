// Scenes: recall one with one press, capture how it is now, see and change what each sets.

import { html, nothing, type TemplateResult } from 'lit';
import type { Scene } from '@lintel/model';
import type { CommandOutcome } from '@lintel/protocol';
import { define, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { FormScreen, ownProblem } from '../../elements/form-screen.ts';
import { router } from '../../router.ts';
import { attempt, change } from '../../store/actions.ts';
import { patch, post, remove } from '../../store/api.ts';
import { notices } from '../../store/notices.ts';
import { hasRoute } from '../../store/routes.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';
import { captureForm, EVERYWHERE, CHOSEN, type Capture } from './capture-form.ts';
import { sceneCard } from './scene-card.ts';

const BLANK: Capture = { name: '', where: EVERYWHERE, devices: [] };
const pathOf = ({ id }: Scene): string => `/scenes/${encodeURIComponent(id)}`;

class ScenesScreen extends FormScreen {
  static override properties = {
    ...FormScreen.properties,
    capture: { state: true },
    open: { state: true },
    undoes: { state: true },
  };
  declare capture: Capture | null;
  /** The scene whose inside is on show. */
  declare open: string | null;
  declare undoes: boolean;

  constructor() {
    super();
    this.capture = null;
    this.open = null;
    this.undoes = false;
    new Watch(this, ['scenes', 'devices', 'rooms', 'home']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void hasRoute('/api/scenes/{id}/revert').then((known) => (this.undoes = known));
  }

  async #capture(event: Event): Promise<void> {
    event.preventDefault();
    const { capture } = this;
    if (capture === null) return;
    const { where, devices } = capture;
    const name = capture.name.trim();
    const lights = [...store.state.devices.values()].filter(({ kind }) => kind === 'light').map(({ id }) => id);
    const some = where === CHOSEN ? devices : lights;
    if (name === '') return this.refuse(ownProblem('/name', t.errors.required));
    if ((where === CHOSEN || where === EVERYWHERE) && some.length === 0)
      return this.refuse(ownProblem('/devices', th.scenes.chooseSome));
    const of = where === CHOSEN || where === EVERYWHERE ? { devices: some } : { room: where };
    if (await this.send(() => post('/scenes/capture', { name, ...of }))) {
      this.capture = null;
      notices.show(th.scenes.captured(name));
    }
  }

  async #recall(scene: Scene): Promise<void> {
    let outcome: CommandOutcome | null = null;
    const recall = async (): Promise<void> => {
      outcome = await post<CommandOutcome>(`${pathOf(scene)}/recall`);
    };
    if (!(await attempt(recall))) return;
    const failed = Object.entries((outcome as CommandOutcome | null)?.devices ?? {}).filter(
      ([, each]) => each !== 'done',
    );
    const names = failed.map(([id]) => store.device(id)?.name ?? id).join(', ');
    if (names !== '') return notices.show(th.scenes.missed(names), { tone: 'error' });
    const undo = { label: t.undo, run: () => attempt(() => post(`${pathOf(scene)}/revert`)) };
    notices.show(th.scenes.recalled(scene.name), this.undoes ? { action: undo } : {});
  }

  #change(scene: Scene, part: Partial<Scene>): Promise<boolean> {
    const before = Object.fromEntries(Object.keys(part).map((key) => [key, scene[key as keyof Scene]]));
    const undo = Object.values(before).includes(undefined) ? undefined : () => patch(pathOf(scene), before);
    return change(() => patch(pathOf(scene), part), th.saved(part.name ?? scene.name), undo);
  }

  #remove(scene: Scene): Promise<boolean> {
    return change(
      () => remove(pathOf(scene)),
      th.deleted(scene.name),
      () => post('/scenes', scene),
    );
  }

  protected override render(): TemplateResult {
    router.title(th.scenes.title, store.state.home?.name);
    const scenes = [...store.state.scenes.values()].toSorted((a, b) => a.name.localeCompare(b.name));
    const start = html`<button class="button primary" @click=${() => (this.capture = BLANK)}>
      ${th.scenes.capture}
    </button>`;
    const isEmpty = store.loaded && scenes.length === 0 && this.capture === null;
    return html`
      <div class="screen-head">
        <h1>${th.scenes.title}</h1>
        ${this.capture === null && !isEmpty ? start : nothing}
        <p class="lead">${th.scenes.lead}</p>
      </div>
      <div class="stack">
        ${
          this.capture === null
            ? nothing
            : captureForm({
                capture: this.capture,
                busy: this.busy,
                trouble: this.trouble(['/name', '/devices']),
                error: (pointer) => this.error(pointer),
                change: (capture) => (this.capture = capture),
                submit: (event) => void this.#capture(event),
                cancel: () => Object.assign(this, { capture: null, problem: null }),
              })
        }
        ${isEmpty ? emptyState(th.scenes.emptyTitle, th.scenes.emptyText, start) : nothing}
        ${
          scenes.length === 0
            ? nothing
            : html`<ul class="scene-cards">
                ${scenes.map((scene) => this.#card(scene))}
              </ul>`
        }
      </div>
    `;
  }

  #card(scene: Scene): TemplateResult {
    return sceneCard(scene, {
      open: this.open === scene.id,
      turn: () => (this.open = this.open === scene.id ? null : scene.id),
      recall: () => this.#recall(scene),
      change: (part) => this.#change(scene, part),
      remove: () => this.#remove(scene),
    });
  }
}

define('screen-scenes', ScenesScreen);
