// The benchmark's rules in Node-RED: for each property an entry node that keeps the last value and passes on what fires, and one
// node behind them all that counts. Started by node-red.ts with the folder that Node-RED is installed in, the rules and changes.

const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { createServer } = require('node:http');
const { join } = require('node:path');

const [folder, input, output] = process.argv.slice(2);
const { thresholds, changes } = JSON.parse(readFileSync(input, 'utf8'));
const RED = createRequire(join(folder, 'package.json'))('node-red');

let seen = 0;
const fired = [];
const entry = (limit, index) => ({
  id: `entry-${index}`,
  type: 'function',
  z: 'flow',
  outputs: 1,
  func: `const before = context.get('last');
context.set('last', msg.payload);
global.get('see')();
if (before !== undefined && msg.payload > ${limit} && before <= ${limit} && !(msg.payload > 39)) return msg;`,
  wires: [['end']],
});
const end = { id: 'end', type: 'function', z: 'flow', outputs: 0, func: `global.get('fire')(msg.rule);`, wires: [] };
const flow = [{ id: 'flow', type: 'tab', label: 'bench' }, ...thresholds.map(entry), end];

writeFileSync(join(folder, 'flows.json'), JSON.stringify(flow));
RED.init(createServer(), {
  userDir: folder,
  flowFile: 'flows.json',
  httpAdminRoot: false,
  httpNodeRoot: false,
  logging: { console: { level: 'off' } },
  functionGlobalContext: { see: () => (seen += 1), fire: (rule) => fired.push(rule) },
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function burst() {
  const nodes = thresholds.map((_, index) => RED.nodes.getNode(`entry-${index}`));
  for (const { rule, before } of changes.first) nodes[rule].receive({ payload: before, rule });
  while (seen < changes.first.length) await turn();
  seen = 0;
  fired.length = 0;
  const from = process.hrtime.bigint();
  for (const { rule, value } of changes.all) nodes[rule].receive({ payload: value, rule });
  while (seen < changes.all.length) await turn();
  const ns = Number(process.hrtime.bigint() - from) / changes.all.length;
  for (let round = 0; round < 100; round += 1) await turn();
  writeFileSync(output, JSON.stringify({ ns, fired }));
  process.exit(0);
}

RED.events.on('flows:started', () => setTimeout(burst, 500));
RED.start();
