// Signs the list of revoked plugins, for those who publish Lintel.
//
//   node packages/app/scripts/sign-revocations.ts KEY.pem [FILE]
//
// KEY.pem is the private Ed25519 key whose public half stands in packages/hub/src/plugins/listing.ts.

import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [key, file = join(import.meta.dirname, '../../hub/lists/revocations.json')] = process.argv.slice(2);
if (key === undefined) {
  console.error('usage: sign-revocations.ts KEY.pem [FILE]');
  process.exit(2);
}
const { list } = JSON.parse(readFileSync(file, 'utf8')) as { list: unknown };
const signature = sign(null, Buffer.from(JSON.stringify(list)), createPrivateKey(readFileSync(key))).toString('base64');
writeFileSync(file, `${JSON.stringify({ list, signature }, null, 2)}\n`);
