// The simulator as a program:
//
//   node test/zigbee-simulator/main.ts [--port N] [--control N] [--devices KIND,KIND,…]

import { parseArgs } from 'node:util';

import { serveControl } from './control.ts';
import { createSimulator } from './simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7638' },
    control: { type: 'string', default: '7639' },
    devices: { type: 'string', default: 'ikea-color-lamp,philips-motion' },
  },
});

const devices = values.devices.split(',').filter((kind) => kind !== '');
const simulator = await createSimulator({ port: Number(values.port), devices });
const { port } = await serveControl(simulator, Number(values.control));
console.log(`coordinator ${simulator.url}`);
console.log(`control http://127.0.0.1:${port}`);
for (const { ieee, model } of simulator.devices) console.log(`${ieee} ${model.key}`);
