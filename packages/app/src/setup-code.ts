// `lintel setup-code`: a new code from the hub that runs on the data folder.

import { askHub } from './control.ts';
import { ConfigurationError, type Options } from './options.ts';

export async function printSetupCode({ data }: Options): Promise<number> {
  const answer = (await askHub(data, 'setup-code')) as { code: string } | null;
  if (answer === null) throw new ConfigurationError(`no hub runs on ${data}: start it, and it prints its setup code`);
  process.stdout.write(`${answer.code}\n`);
  return 0;
}
