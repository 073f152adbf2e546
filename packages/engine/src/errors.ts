// What the engine throws at its caller. Everything else is a bug of ours.

/** A rule that cannot be understood, with the place in it and what was expected there. */
export class RuleError extends Error {
  readonly code = 'BAD_RULE';
  /** The rule's id, or an empty string where it has none that can be named. */
  readonly rule: string;
  /** JSON pointer inside the rule, such as `"/triggers/0/for"`. */
  readonly pointer: string;

  constructor(rule: string, pointer: string, message: string) {
    super(message);
    this.name = 'RuleError';
    this.rule = rule;
    this.pointer = pointer;
  }
}

export type EngineErrorCode = 'BAD_IMAGE' | 'BAD_EVENT' | 'BAD_HOME' | 'CORE_FAILED' | 'CLOSED';

/** An image, an event or a home that the engine refuses; its state is as it was. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** JSON pointer of a member below another place. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
