// What went wrong, down to where it began: matter.js says at the top only that something below did.

const DEPTH_MAX = 5;

export function reasonOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const below = error instanceof AggregateError ? error.errors[0] : error.cause;
  if (!(below instanceof Error) || depth === DEPTH_MAX) return error.message;
  return `${error.message}: ${reasonOf(below, depth + 1)}`;
}
