import { html, nothing, type TemplateResult } from 'lit';

/** What stands where nothing is yet: why, and what to do next. */
export const emptyState = (title: string, text: string, action?: TemplateResult): TemplateResult =>
  html`<div class="empty">
    <span class="empty-mark" aria-hidden="true"></span>
    <h2>${title}</h2>
    <p>${text}</p>
    ${action ?? nothing}
  </div>`;
