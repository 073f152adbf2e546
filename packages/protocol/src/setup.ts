// Where a browser stands, before anyone has signed in.

import type { SnapshotFrame } from './frames.ts';

/** GET /api/setup. */
export interface SetupState {
  readonly claimed: boolean;
  readonly signedIn: boolean;
  /** With `?snapshot=true`, for those signed in. */
  readonly snapshot?: SnapshotFrame;
}
