// Sets CSS variables through the CSSOM: a style attribute written as text is refused by the hub's CSP.

import { noChange } from 'lit';
import { directive, Directive, type AttributePart } from 'lit/directive.js';

class CssVariables extends Directive {
  render(_values: Readonly<Record<string, string>>): unknown {
    return noChange;
  }

  override update(part: AttributePart, [values]: [Readonly<Record<string, string>>]): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(values)) style.setProperty(name, value);
    return noChange;
  }
}

/** Stands as an element's `style` attribute and sets variables such as `{ '--lamp': 'rgb(255 0 0)' }`. */
export const cssVariables = directive(CssVariables);
