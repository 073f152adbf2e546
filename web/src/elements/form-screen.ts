// A screen with one form at a time: what the hub refuses is said at the field it points to, else above the form.

import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Problem } from '@lintel/protocol';
import { problemOf } from '../store/api.ts';
import { Screen } from './base.ts';
import { focusInvalid } from './field.ts';

export class FormScreen extends Screen {
  static override properties: PropertyDeclarations = {
    ...Screen.properties,
    problem: { state: true },
    busy: { state: true },
  };
  declare problem: Problem | null;
  declare busy: boolean;

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
  }

  /** The error at a JSON pointer, such as `/name`. */
  protected error(pointer: string): string | null {
    return this.problem?.pointer === pointer ? this.problem.detail : null;
  }

  /** The problem above the form, where no field shows it; `pointers` are those that do. */
  protected trouble(pointers: readonly string[]): TemplateResult | typeof nothing {
    const { problem } = this;
    if (problem === null || pointers.includes(problem.pointer ?? '')) return nothing;
    return html`<p class="form-error" role="alert">${problem.detail}</p>`;
  }

  /** Runs a request of the form; answers false and shows why where it was refused. */
  protected async send(run: () => Promise<unknown>): Promise<boolean> {
    this.problem = null;
    this.busy = true;
    try {
      await run();
      return true;
    } catch (error) {
      await this.refuse(problemOf(error));
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Shows a problem that the page itself sees. */
  protected async refuse(problem: Problem): Promise<void> {
    this.problem = problem;
    await this.updateComplete;
    focusInvalid(this);
  }
}

/** A problem that needs no hub to be seen. */
export const ownProblem = (pointer: string, detail: string): Problem => ({
  status: 422,
  code: 'BAD_VALUE',
  pointer,
  detail,
});
