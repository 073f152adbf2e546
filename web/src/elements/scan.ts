// Reads QR codes from photos and camera pictures, on this device: the decoder's Wasm comes from the hub, and nothing leaves the page.

import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import decoder from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({ overrides: { locateFile: () => decoder } });

let detector: BarcodeDetector | null = null;

/** The text of the first QR code in the picture, or null where none can be read. */
export async function readCode(picture: ImageBitmapSource): Promise<string | null> {
  detector ??= new BarcodeDetector({ formats: ['qr_code'] });
  const found = await detector.detect(picture);
  return found[0]?.rawValue ?? null;
}
