// What the hub answers about Matter beyond what every plugin has.

/** 200 of POST /api/devices/:id/share: the device's window is open. */
export interface SharedDevice {
  /** The text of the QR code, beginning with `MT:`. */
  readonly qr: string;
  /** The 11 or 21 digits for those who type. */
  readonly manual: string;
  /** ISO 8601 UTC. */
  readonly until: string;
}

/** An ecosystem that the bridge is connected to. */
export interface MatterFabric {
  readonly index: number;
  /** The ecosystem's own name for itself; may be empty. */
  readonly label: string;
  /** Its vendor's id, or its name where known. */
  readonly vendor: string | number;
}

/** GET /api/plugins/matter/bridge. */
export interface MatterBridge {
  readonly qr: string;
  readonly manual: string;
  /** Whether another ecosystem can come in now, and until when; null `until` without an end. */
  readonly window: { readonly open: true; readonly until: string | null } | null;
  readonly fabrics: readonly MatterFabric[];
  /** What is offered: one for each exported device. */
  readonly endpoints: readonly { readonly device: string; readonly name: string }[];
}
