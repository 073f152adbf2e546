// Short messages at the edge of the page, most with a way back.

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'error';
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

const SHOWN_MAX = 3;

class Notices {
  #items: readonly Notice[] = [];
  #count = 0;
  readonly #listeners = new Set<() => void>();

  get items(): readonly Notice[] {
    return this.#items;
  }

  show(text: string, options: Partial<Pick<Notice, 'tone' | 'action'>> = {}): void {
    this.#count += 1;
    const notice: Notice = { id: this.#count, text, tone: 'plain', ...options };
    this.#items = [...this.#items, notice].slice(-SHOWN_MAX);
    this.#tell();
  }

  dismiss(id: number): void {
    this.#items = this.#items.filter((each) => each.id !== id);
    this.#tell();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const notices = new Notices();
