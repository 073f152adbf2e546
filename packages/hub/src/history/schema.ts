// Opens the history's database. Its schema is numbered as the registry's is.

import { DatabaseSync } from 'node:sqlite';

const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE progress (
    applied_sequence INTEGER NOT NULL
  ) STRICT;
  INSERT INTO progress VALUES (0);
  CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    device    TEXT NOT NULL,
    name      TEXT NOT NULL,
    kept_days INTEGER,
    UNIQUE (kind, device, name)
  ) STRICT;
  CREATE TABLE log (
    number INTEGER PRIMARY KEY,
    body   TEXT NOT NULL
  ) STRICT;
  CREATE TABLE chunks (
    series         INTEGER NOT NULL REFERENCES series (id),
    day            INTEGER NOT NULL,
    first_sequence INTEGER NOT NULL,
    first_at       INTEGER NOT NULL,
    last_at        INTEGER NOT NULL,
    count          INTEGER NOT NULL,
    body           BLOB NOT NULL,
    PRIMARY KEY (series, day, first_sequence)
  ) STRICT;
  CREATE INDEX chunks_day ON chunks (day);
  `,
];

/** @throws Error that says what is wrong with the file */
export function openHistoryDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;');
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > MIGRATIONS.length) throw new Error(`it was written by a newer Lintel (schema ${version})`);
  for (let next = version; next < MIGRATIONS.length; next++)
    database.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[next]!}; PRAGMA user_version = ${next + 1}; COMMIT;`);
  return database;
}
