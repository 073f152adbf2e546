// What the store's client and its thread say to each other.

export const DATABASE_FILE = 'lintel.db';

export type SqlValue = string | number | bigint | null | Uint8Array;

export interface Statement {
  readonly sql: string;
  readonly parameters?: readonly SqlValue[];
}

export type Row = Readonly<Record<string, SqlValue>>;

export type StoreRequest =
  | { readonly id: number; readonly kind: 'all'; readonly statement: Statement }
  | { readonly id: number; readonly kind: 'transaction'; readonly statements: readonly Statement[] }
  | { readonly id: number; readonly kind: 'backup'; readonly file: string }
  | { readonly id: number; readonly kind: 'close' };

export type StoreReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly code: string };
