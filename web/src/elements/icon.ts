import { svg, type SVGTemplateResult } from 'lit';

/** A picture from @mdi/js; decoration only, so every control beside it needs words. */
export const icon = (path: string, size = 24): SVGTemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" width=${size} height=${size} aria-hidden="true" focusable="false"><path d=${path} /></svg>`;
