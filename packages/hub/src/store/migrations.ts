// Numbered migrations: the database's `user_version` is the count of those applied. Never edit one that has shipped; add.

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE documents (
    collection TEXT NOT NULL,
    id         TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (collection, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE progress (
    name             TEXT PRIMARY KEY,
    applied_sequence INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE rule_versions (
    rule    TEXT NOT NULL,
    version INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    origin  TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (rule, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE activity (
    number     INTEGER PRIMARY KEY,
    sequence   INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    origin     TEXT NOT NULL,
    user       TEXT,
    device     TEXT,
    automation TEXT,
    text       TEXT NOT NULL
  ) STRICT;
  CREATE INDEX activity_device ON activity (device, number);
  CREATE INDEX activity_user ON activity (user, number);
  CREATE TABLE plugin_values (
    plugin TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('store', 'secret', 'settings')),
    key    TEXT NOT NULL,
    value  BLOB NOT NULL,
    PRIMARY KEY (plugin, kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE users (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    folded_name  TEXT NOT NULL UNIQUE,
    role         TEXT NOT NULL CHECK (role IN ('guest', 'resident', 'admin', 'owner')),
    password     TEXT,
    created_at   INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    user        TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash  BLOB NOT NULL UNIQUE,
    created_at  INTEGER NOT NULL,
    last_used   INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    agent       TEXT,
    address     TEXT
  ) STRICT;
  CREATE INDEX sessions_user ON sessions (user);
  CREATE TABLE tokens (
    id           TEXT PRIMARY KEY,
    user         TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    maker        TEXT REFERENCES tokens (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    token_hash   BLOB NOT NULL UNIQUE,
    capabilities TEXT,
    rooms        TEXT,
    created_at   INTEGER NOT NULL,
    last_used    INTEGER,
    expires_at   INTEGER
  ) STRICT;
  CREATE INDEX tokens_user ON tokens (user);
  CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE guests (
    user        TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    code_hash   BLOB NOT NULL UNIQUE,
    rooms       TEXT NOT NULL,
    commands    TEXT NOT NULL,
    valid_from  INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    weekdays    TEXT,
    after       TEXT,
    before      TEXT
  ) STRICT;
  CREATE TABLE audit (
    number  INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    user    TEXT,
    name    TEXT,
    address TEXT,
    action  TEXT NOT NULL,
    status  INTEGER NOT NULL,
    hash    BLOB NOT NULL
  ) STRICT;
  `,
];
