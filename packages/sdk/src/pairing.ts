// How devices come in, and how other ecosystems get in to them.

/**
 * What a person gave to pair with.
 * @example const request: PairingRequest = { seconds: 60, code: '34970112332' };
 */
export interface PairingRequest {
  readonly seconds: number;
  readonly code?: string;
  readonly installCode?: string;
  /** The plugin's id of a device (a router) to pair through. */
  readonly device?: string;
  readonly insecure?: boolean;
}

/**
 * The steps of a device on its way in, as people see them named.
 * @example PAIRING_STEPS.includes('commissioning')
 */
export const PAIRING_STEPS = [
  'found',
  'joined',
  'interviewing',
  'recognised',
  'commissioning',
  'ready',
  'failed',
  'refused',
] as const;
/**
 * One of {@link PAIRING_STEPS}.
 * @example const last: PairingStepName = 'ready';
 */
export type PairingStepName = (typeof PAIRING_STEPS)[number];

/**
 * One step of one device on its way in; the hub keeps the latest by `address`.
 * @example const step: PairingStep = { address: '192.168.1.20', step: 'ready', device: 'lamp-1' };
 */
export interface PairingStep {
  readonly address: string;
  readonly step: PairingStepName;
  /** The plugin's id of the device, once it is known. */
  readonly device?: string;
  readonly message?: string;
  readonly error?: { readonly code: string; readonly detail: string };
}

/**
 * How another ecosystem gets in to a device.
 * @example const share: DeviceShare = { qr: 'MT:Y.K9042C00KA0648G00', manual: '34970112332', until: '2027-01-01T12:03:00Z' };
 */
export interface DeviceShare {
  /** The text of a QR code. */
  readonly qr: string;
  /** The same as digits to type. */
  readonly manual: string;
  /** When the window closes: ISO 8601, UTC. */
  readonly until: string;
}
