// Devices ask for new firmware by themselves, some every few minutes until someone answers.

import type { Events } from 'zigbee-herdsman';

import type { Herdsman } from './libraries.ts';

/** Whether the message is a device asking for firmware. */
export const asksForFirmware = ({ cluster, type }: Events.MessagePayload): boolean =>
  cluster === 'genOta' && type === 'commandQueryNextImageRequest';

/** Says that there is none: images come only when a person asks for them. */
export async function refuseFirmware({ Zcl }: Herdsman, { endpoint, meta }: Events.MessagePayload): Promise<void> {
  const answer = { status: Zcl.Status.NO_IMAGE_AVAILABLE };
  await endpoint.commandResponse(
    'genOta',
    'queryNextImageResponse',
    answer as never,
    undefined,
    meta.zclTransactionSequenceNumber,
  );
}
