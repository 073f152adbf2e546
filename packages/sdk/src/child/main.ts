// Runs one plugin from the SDK's own sources.

import { runPlugin } from './run.ts';

runPlugin({ '@lintel/sdk': import.meta.resolve('@lintel/sdk') });
