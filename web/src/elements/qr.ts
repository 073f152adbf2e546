// A QR code to be read by another device's camera: always dark on white, whatever the page's colours, with its quiet zone.

import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { html, svg, type TemplateResult } from 'lit';

const QUIET = 4;

/** @param label says what the code is for, for those who cannot see it */
export function qrCode(text: string, label: string): TemplateResult {
  const code = generate(text);
  const size = code.size + 2 * QUIET;
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="${-QUIET} ${-QUIET} ${size} ${size}">
    ${svg`<rect x=${-QUIET} y=${-QUIET} width=${size} height=${size} fill="#fff" /><path d=${toSvgPath(code)} fill="#000" />`}
  </svg>`;
}
