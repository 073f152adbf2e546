// A network's map tells who is heard badly, and always looks the same.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { heardBest, placesOf } from './network.ts';

const node = (address: string, role: string, lqi: number | null = null) => ({ address, role, lqi });
const map = {
  nodes: [node('c', 'coordinator'), node('r', 'router', 100), node('far', 'endDevice'), node('near', 'endDevice')],
  links: [
    { from: 'far', to: 'c', lqi: 20, kind: 'none' },
    { from: 'far', to: 'r', lqi: 51, kind: 'child' },
    { from: 'near', to: 'c', lqi: 255, kind: 'child' },
  ],
};

const Network = suite('network');

Network('each node has the neighbour that hears it best, the weakest first', () => {
  assert.equal(
    heardBest(map).map(({ node: { address }, by, quality }) => [address, by, quality]),
    [
      ['far', 'r', 0.2],
      ['r', null, 100 / 255],
      ['near', 'c', 1],
      ['c', null, null],
    ],
  );
});

Network('the coordinator stands in the middle, and nobody on anybody', () => {
  const places = placesOf(map);
  assert.equal(places.get('c'), { x: 0.5, y: 0.5 });
  assert.is(new Set([...places.values()].map(({ x, y }) => `${x.toFixed(3)} ${y.toFixed(3)}`)).size, 4);
  for (const { x, y } of places.values()) assert.ok(x > 0 && x < 1 && y > 0 && y < 1);
});

Network('the order in which nodes are told changes nothing', () => {
  assert.equal(placesOf(map), placesOf({ ...map, nodes: map.nodes.toReversed() }));
});

Network.run();
