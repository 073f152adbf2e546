// A code from a device or its box: typed, read from a photo, or seen by the camera. Browsers lend the camera to secure pages only,
// so that over plain HTTP the photo, which a phone takes with its own camera app, is what remains.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiCamera, mdiImageOutline } from '@mdi/js';
import { t } from '../strings/index.ts';
import { define, LightElement } from './base.ts';
import { textField } from './field.ts';
import { icon } from './icon.ts';

const LOOK_MS = 200;

export class CodeField extends LightElement {
  static override properties = {
    label: {},
    hint: {},
    value: {},
    error: { attribute: false },
    filming: { state: true },
    trouble: { state: true },
  };
  declare label: string;
  declare hint: string;
  declare value: string;
  declare error: string | null;
  declare filming: boolean;
  declare trouble: string | null;
  #stream: MediaStream | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    super();
    this.label = '';
    this.hint = '';
    this.value = '';
    this.error = null;
    this.filming = false;
    this.trouble = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endFilm();
  }

  #tell(code: string): void {
    this.value = code;
    this.trouble = null;
    this.dispatchEvent(new CustomEvent('code', { detail: code }));
  }

  async #photo(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (file === undefined) return;
    const code = await this.#read(file);
    if (code !== null) this.#tell(code);
    else this.trouble = t.codes.unreadable;
  }

  async #read(picture: ImageBitmapSource): Promise<string | null> {
    const { readCode } = await import('./scan.ts');
    return readCode(picture).catch(() => null);
  }

  async #film(): Promise<void> {
    if (this.filming) return this.#endFilm();
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      this.trouble = t.codes.noCamera;
      return;
    }
    this.filming = true;
    this.trouble = null;
    await this.updateComplete;
    const video = this.querySelector('video')!;
    video.srcObject = this.#stream;
    await video.play();
    this.#look(video);
  }

  #look(video: HTMLVideoElement): void {
    this.#timer = setTimeout(async () => {
      const code = await this.#read(video);
      if (!this.filming) return;
      if (code === null) return this.#look(video);
      this.#endFilm();
      this.#tell(code);
    }, LOOK_MS);
  }

  #endFilm(): void {
    this.filming = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
  }

  protected override render(): TemplateResult {
    const id = `code-${this.label.replaceAll(/\W+/g, '-').toLowerCase()}`;
    const error = this.trouble ?? this.error;
    const input = (code: string): void => this.#tell(code);
    return html`
      ${textField({ id, label: this.label, hint: this.hint, value: this.value, error, input, maxlength: 200 })}
      ${
        // No word is spoken in the picture.
        this.filming
          ? html`<video class="viewfinder" muted playsinline aria-label=${t.codes.viewfinder}></video>`
          : nothing
      }
      <div class="actions">
        ${
          navigator.mediaDevices === undefined
            ? nothing
            : html`<button class="button" type="button" @click=${this.#film}>
                ${icon(mdiCamera, 20)} ${this.filming ? t.codes.stopCamera : t.codes.camera}
              </button>`
        }
        <label class="button file-button">
          ${icon(mdiImageOutline, 20)} ${t.codes.photo}
          <input type="file" accept="image/*" class="hidden" @change=${this.#photo} />
        </label>
      </div>
    `;
  }
}

define('lintel-code-field', CodeField);
