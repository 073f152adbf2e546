// The proof that a device is a certified product: its certificate must lead to a root that the standard's registry lists.
// The list is fetched when it is first needed, and kept.

import type { Environment } from '@matter/main';
import { DeviceAttestationCheck, DclCertificateService, type AttestationFinding } from '@matter/main/protocol';

import { UncertifiedError } from './failures.ts';

const FETCH_MS = 20_000;

/** Findings that say nothing against a device. */
const HARMLESS = new Set<string>([
  DeviceAttestationCheck.PaaTrustStoreTimeMismatch,
  DeviceAttestationCheck.CertificateIdNotVerified,
  DeviceAttestationCheck.CertificationTypeProvisional,
]);

const REASONS: Readonly<Record<string, string>> = {
  [DeviceAttestationCheck.DclServiceUnavailable]:
    'the list of certified makers is not here, since this hub has not reached the internet yet.',
  [DeviceAttestationCheck.CertificationTypeTest]: 'its declaration is one for tests.',
  [DeviceAttestationCheck.TrustedAsTestCertificate]: 'its certificate is one for tests.',
  [DeviceAttestationCheck.CdSignerVerificationSkipped]: 'who signed its declaration is not known.',
  [DeviceAttestationCheck.PaaNotTrusted]: 'its maker is not on the official list.',
};
/** What says most about a device comes first. */
const ORDER = Object.keys(REASONS).toReversed();

const against = (findings: readonly AttestationFinding[]): AttestationFinding[] =>
  findings.filter(({ type }) => !HARMLESS.has(type)).toSorted((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));

export interface Judge {
  /** Called by matter.js with whatever it found; throws where the device is not to be added. */
  readonly judge: (findings: AttestationFinding[]) => boolean;
  /** What was found and overridden. */
  readonly overridden: () => readonly string[];
}

/** @param insecure a person said to add the device in any case */
export function createJudge(insecure: boolean): Judge {
  let overridden: string[] = [];
  return {
    judge(findings) {
      const found = against(findings);
      if (found.length === 0) return true;
      if (!insecure) throw new UncertifiedError(REASONS[found[0]!.type] ?? `${found[0]!.message}.`);
      overridden = [...overridden, ...found.map(({ type }) => type)];
      return true;
    },
    overridden: () => overridden,
  };
}

/**
 * Has the list of certified makers there, as far as the internet is; waits for a first one only so long. It is asked for anew at
 * each pairing: what could not be reached last time, or was not on the list, counts as soon as it is.
 */
export async function prepareAttestation(environment: Environment): Promise<void> {
  const limit = AbortSignal.timeout(FETCH_MS);
  const late = new Promise<void>((resolve) => limit.addEventListener('abort', () => resolve(), { once: true }));
  // Without a list a device is judged all the same, and told what is missing.
  await Promise.race([fetchList(environment).catch(() => undefined), late]);
}

async function fetchList(environment: Environment): Promise<void> {
  const known = environment.maybeGet(DclCertificateService);
  const service = known ?? new DclCertificateService(environment, { updateInterval: null });
  await service.construction;
  if (known === undefined) return;
  const isFirst = service.certificates.length === 0;
  const updated = service.update();
  if (isFirst) await updated;
}

/** What is being fetched ends by itself within its own time; a hub that stops does not wait for it. */
export function closeAttestation(environment: Environment): void {
  // matter.js keeps the list at the root, whichever environment asked for it.
  const { root } = environment;
  const service = root.maybeGet(DclCertificateService);
  root.delete(DclCertificateService);
  service?.close().catch(() => undefined);
}
