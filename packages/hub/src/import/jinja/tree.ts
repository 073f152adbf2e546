// The part of Jinja that people's conditions are written in, as a tree.

export type Tree =
  | { readonly type: 'constant'; readonly value: string | number | boolean | null }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'member'; readonly of: Tree; readonly key: Tree }
  | {
      readonly type: 'call';
      readonly of: Tree;
      readonly operands: readonly Tree[];
      readonly named: ReadonlyMap<string, Tree>;
    }
  | { readonly type: 'filter'; readonly of: Tree; readonly name: string; readonly operands: readonly Tree[] }
  | {
      readonly type: 'test';
      readonly of: Tree;
      readonly name: string;
      readonly negated: boolean;
      readonly operands: readonly Tree[];
    }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Tree; readonly right: Tree }
  | { readonly type: 'unary'; readonly operator: 'not' | '-'; readonly operand: Tree }
  | { readonly type: 'list'; readonly items: readonly Tree[] };

/** `a.b["c"]` as `["a", "b", "c"]`; null for anything else. */
export function pathOf(tree: Tree): readonly string[] | null {
  if (tree.type === 'name') return [tree.name];
  if (tree.type !== 'member' || tree.key.type !== 'constant') return null;
  const rest = pathOf(tree.of);
  return rest === null ? null : [...rest, String(tree.key.value)];
}
