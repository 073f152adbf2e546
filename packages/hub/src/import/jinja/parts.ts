// Takes a template apart: text, and the trees of what stands between {{ and }}.

import { Lost } from '../notes.ts';
import { show } from '../reading.ts';
import type { Source } from '../source.ts';
import { parseTemplate, TemplateError } from './parse.ts';
import type { Tree } from './tree.ts';

type Part = { readonly text: string } | { readonly tree: Tree };

function treeOf(text: string, line: number): Tree {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new Lost(line, `the template ${show(text.trim())} is not understood: ${error.message}`);
  }
}

/** Text and expressions as they follow one another. */
export function partsOf(source: Source): Part[] {
  if (source.type !== 'scalar') throw new Lost(source.line, 'expected a template');
  const text = source.text.replaceAll(/\{#[\s\S]*?#\}/g, '');
  if (text.includes('{%')) throw new Lost(source.line, 'a template with statements ({% … %}) is not taken');
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{\{-?([\s\S]*?)-?\}\}/g)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ tree: treeOf(match[1]!, source.line) });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** The one expression of a template, such as `{{ a > 3 }}`. */
export function singleTree(source: Source): Tree {
  const parts = partsOf(source).filter((part) => 'tree' in part || part.text.trim() !== '');
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    if ('tree' in only) return only.tree;
    const word = only.text.trim().toLowerCase();
    if (word === 'true' || word === 'false') return { type: 'constant', value: word === 'true' };
  }
  throw new Lost(source.line, 'expected one expression between {{ and }}');
}
