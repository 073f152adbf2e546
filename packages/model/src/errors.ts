// Three kinds of trouble. A HubError is the caller's or the world's: it has a stable code and a sentence a homeowner can
// act on. An InternalError is a bug of ours and stops the hub loudly. Anything else thrown is treated as the latter.

/** Every code that crosses the public surface, with the HTTP status it answers with. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  BAD_JSON: 400,
  BAD_YAML: 400,
  BAD_ID: 422,
  BAD_VALUE: 422,
  BAD_RULE: 422,
  BAD_SETTINGS: 422,
  BAD_BACKUP: 422,
  UNKNOWN_FIELD: 422,
  UNKNOWN_PROPERTY: 422,
  UNKNOWN_COMMAND: 422,
  WEAK_PASSWORD: 422,
  SETUP_CODE_WRONG: 403,
  SETUP_LOCKED: 403,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  FOREIGN_ORIGIN: 403,
  FOREIGN_HOST: 421,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  ALREADY_CLAIMED: 409,
  UNCLAIMED: 409,
  ID_TAKEN: 409,
  NAME_TAKEN: 409,
  LAST_OWNER: 409,
  IN_USE: 409,
  NOTHING_TO_UNDO: 409,
  PLUGIN_NOT_RUNNING: 409,
  TOO_LARGE: 413,
  NOT_JSON: 415,
  UPGRADE_REQUIRED: 426,
  CONFIRMATION_REQUIRED: 428,
  TOO_MANY_ATTEMPTS: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  UNSUPPORTED: 501,
  DEVICE_OFFLINE: 503,
  DEVICE_REFUSED: 502,
  PLUGIN_FAILED: 503,
  NOT_READY: 503,
  STORAGE_FAILED: 503,
  TIMEOUT: 504,
  DISK_FULL: 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export interface ErrorDetails {
  /** JSON pointer into the body of the request, where one field is at fault. */
  readonly pointer?: string;
  /** More members for the problem document, such as `dependents` or `confirm`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

export class HubError extends Error {
  readonly code: ErrorCode;
  readonly pointer: string | undefined;
  readonly extra: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterSeconds: number | undefined;

  /** @param detail a sentence that names what is wrong and what was expected */
  constructor(code: ErrorCode, detail: string, details: ErrorDetails = {}) {
    super(detail, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'HubError';
    this.code = code;
    this.pointer = details.pointer;
    this.extra = details.extra;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

export class InternalError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'InternalError';
  }
}

/** States what must be true whatever anyone sends; a failure is a bug of ours. */
export function invariant(ok: unknown, why: string): asserts ok {
  if (!ok) throw new InternalError(why);
}
