// What is wrong with an expression, in words: for rules that come in, and for editors while one is being written.

import { ExpressionError, parseExpression } from './parse.ts';

/** The fault with the character where it is, or null where the expression can be read. */
export function expressionProblem(text: string): string | null {
  try {
    parseExpression(text);
    return null;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return `at character ${error.column}: ${error.message}`;
  }
}
