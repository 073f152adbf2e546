// Makes one attempt with nothing in its way, and says what it got. Without an attempt it says which there are.

import { code } from './plugin/code.js';
import { files } from './plugin/files.js';
import { network } from './plugin/network.js';
import { processes } from './plugin/processes.js';

const attempts = { ...files, ...processes, ...code, ...network };

async function make({ attempt, target, folder }) {
  try {
    return { got: (await attempts[attempt](target, { folder })) ?? null };
  } catch (error) {
    return { denied: String(error) };
  }
}

const [asked] = process.argv.slice(2);
console.log(JSON.stringify(asked === undefined ? Object.keys(attempts) : await make(JSON.parse(asked))));
process.exit(0);
