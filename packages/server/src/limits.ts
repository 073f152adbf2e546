// Every limit of the server, units last.

export const BODY_BYTES_MAX = 1024 * 1024;
/** From anyone: what setup and sign-in need is small. */
export const PUBLIC_BODY_BYTES_MAX = 64 * 1024;
export const JSON_DEPTH_MAX = 64;
/** Of a body that is refused, so much more is read, so that the answer arrives. */
export const DISCARD_BYTES_MAX = 16 * 1024 * 1024;
export const DISCARD_MS_MAX = 2_000;
export const HEADER_BYTES_MAX = 16 * 1024;
export const HEADERS_TIMEOUT_MS = 10_000;
/** A request that has not fully arrived by now is closed; the check below comes on top, and 30 s are promised. */
export const REQUEST_TIMEOUT_MS = 20_000;
export const CONNECTIONS_CHECK_MS = 2_000;
/** Open at once, sockets included; more are dropped unheard. */
export const CONNECTIONS_MAX = 8_192;
export const KEEP_ALIVE_MS = 20_000;
/** How long open connections may finish what they are at when the server closes. */
export const CLOSE_GRACE_MS = 500;

export const PAGE_ITEMS_MAX = 1_000;
export const PAGE_ITEMS_DEFAULT = 1_000;

export const NAME_CHARACTERS_MAX = 64;
export const PASSWORD_CHARACTERS_MIN = 8;
export const PASSWORD_CHARACTERS_MAX = 256;
/** Callers that were identified and are not looked up again. */
export const REMEMBERED_TOKENS_MAX = 1_000;
/** Password hashes at work at once: each takes 19 MiB and a core for some 30 ms. */
export const HASHES_AT_ONCE_MAX = 2;
export const HASHES_WAITING_MAX = 100;

export const SETUP_WRONG_CODES_MAX = 5;
export const SIGN_IN_FREE_FAILURES = 5;
export const SIGN_IN_WAIT_MS_MAX = 60_000;
export const SIGN_IN_FORGET_MS = 60 * 60_000;
export const SIGN_IN_KEYS_MAX = 10_000;
/** Sign-ins of one address at once, so that none fills the queue for the others. */
export const SIGN_INS_AT_ONCE_MAX = 16;

/** A session ends this long after it was last used. */
export const SESSION_IDLE_MS_MAX = 90 * 86_400_000;
/** The cookie outlives the session, which alone decides; browsers keep none longer than 400 days. */
export const COOKIE_AGE_SECONDS = 400 * 86_400;
/** A use is written down at most this often. */
export const LAST_USED_WRITE_MS = 5 * 60_000;
export const SESSIONS_PER_USER_MAX = 200;
export const TOKENS_PER_USER_MAX = 200;
export const USERS_MAX = 500;

export const GUESTS_MAX = 200;
/** Wrong codes of guests, from all addresses together, in so long. */
export const REDEEM_WRONG_CODES_MAX = 20;
export const REDEEM_FORGET_MS = 10 * 60_000;

export const CONFIRM_WITHIN_MS = 30_000;
export const CONFIRMATIONS_MAX = 1_000;
export const SENSITIVE_COMMANDS_MAX = 15;
export const SENSITIVE_WINDOW_MS = 60_000;

export const LIVE_HELLO_MS = 5_000;
export const LIVE_MESSAGE_BYTES_MAX = 256 * 1024;
/** Changes that a client has not taken yet; past it the client is behind and rejoins by a snapshot. */
export const LIVE_WAITING_BYTES_MAX = 512 * 1024;
/** A client that has not caught up by now is cut off; a slow line gets longer for its snapshot. */
export const LIVE_BEHIND_MS_MAX = 10_000;
export const LIVE_SNAPSHOT_MS_MAX = 60_000;
/** A snapshot is handed out again while it is so young, and little has changed since. */
export const SNAPSHOT_KEPT_MS_MAX = 2_000;
/** Changes are kept for those who join by a number, for so long after the last snapshot. */
export const CHANGES_KEPT_MS_MAX = 15_000;
export const CHANGES_KEPT_BYTES_MAX = 256 * 1024;
/** Answers and snapshots from here on are compressed, where the client takes that. */
export const COMPRESSED_BYTES_MIN = 4_096;
/** A session is noted as in use at most this often while its socket is open. */
export const LIVE_TOUCH_MS = 60 * 60_000;
export const LIVE_PING_MS = 15_000;
export const LIVE_COMMANDS_AT_ONCE_MAX = 64;
export const LIVE_SOCKETS_MAX = 4_000;
/** Sockets that have not said who they are yet. */
export const LIVE_STRANGERS_MAX = 1_000;
export const LIVE_CLOSE_MS = 2_000;
