// The tree of an expression.

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';
export type SimpleFunction = 'min' | 'max' | 'abs' | 'round' | 'clamp' | 'random' | 'text';

/** A set of devices as an expression names it: `room("kitchen", "light")`. */
export interface SetTree {
  readonly over: 'devices' | 'room' | 'floor' | 'home';
  readonly ids: readonly string[];
  readonly kind: string | null;
}

export type Tree =
  | { readonly type: 'constant'; readonly value: boolean | number | string | null }
  | { readonly type: 'binary'; readonly operator: BinaryOperator; readonly left: Tree; readonly right: Tree }
  | { readonly type: 'unary'; readonly operator: '!' | '-'; readonly operand: Tree }
  | { readonly type: 'call'; readonly name: SimpleFunction; readonly operands: readonly Tree[] }
  | { readonly type: 'property'; readonly device: Tree; readonly property: Tree }
  | { readonly type: 'since'; readonly device: string; readonly property: string }
  | { readonly type: 'variable' | 'schedule'; readonly name: Tree }
  | { readonly type: 'time'; readonly what: 'now' | 'hour' | 'weekday' | 'sun.elevation' | 'sun.azimuth' }
  | { readonly type: 'context'; readonly of: 'trigger' | 'wait'; readonly field: ContextField }
  | { readonly type: 'data'; readonly of: 'trigger' | 'wait'; readonly key: Tree }
  | { readonly type: 'timedOut' }
  | { readonly type: 'repeat'; readonly what: 'index' | 'item' }
  | {
      readonly type: 'set';
      readonly what: 'count' | 'names' | 'avg';
      readonly set: SetTree;
      readonly property: string;
      readonly operator: BinaryOperator;
      readonly value: boolean | number | string;
    };

export const CONTEXT_FIELDS = ['value', 'id', 'device', 'action', 'data', 'origin'] as const;
/** `wait.event` alone: the action of the event, such as "single", or the trigger's id where it has none. */
export type ContextField = (typeof CONTEXT_FIELDS)[number] | 'event';
