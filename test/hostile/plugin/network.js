// The network, which this plugin may not use. The test listens on loopback and counts what arrives.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const WAIT_MS = 1_000;

const within = (promise) =>
  Promise.race([
    promise,
    new Promise((_resolve, reject) => setTimeout(() => reject(new Error('nothing came')), WAIT_MS)),
  ]);

const connects = (socket, event = 'connect') =>
  within(
    new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on(event, () => {
        socket.destroy();
        resolve('connected');
      });
    }),
  );

export const network = {
  'network: net.connect': (t) => connects(require('node:net').connect(t.port, '127.0.0.1')),
  'network: net.connect to IPv6': (t) => connects(require('node:net').connect(t.port6, '::1')),
  'network: tls.connect': (t) =>
    connects(
      require('node:tls')
        .connect({ port: t.port, host: '127.0.0.1' })
        .on('error', () => 0),
      'connect',
    ),
  'network: http.get': (t) =>
    within(
      new Promise((resolve, reject) => {
        require('node:http')
          .get(`http://127.0.0.1:${t.port}/`, () => resolve('answered'))
          .on('error', reject);
      }),
    ),
  'network: http2.connect': (t) => connects(require('node:http2').connect(`http://127.0.0.1:${t.port}`)),
  'network: fetch': async (t) => `status ${(await within(fetch(`http://127.0.0.1:${t.port}/`))).status}`,
  'network: WebSocket': (t) =>
    within(
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${t.port}/`);
        socket.addEventListener('error', () => reject(new Error('refused')));
        socket.addEventListener('open', () => resolve('open'));
      }),
    ),
  'network: a datagram': (t) =>
    within(
      new Promise((resolve, reject) => {
        const socket = require('node:dgram').createSocket('udp4');
        socket.on('error', reject);
        socket.on('message', () => resolve('answered'));
        socket.send('hello', t.udpPort, '127.0.0.1', (error) => error && reject(error));
      }),
    ),
  'network: a name server': async (t) => {
    const resolver = new (require('node:dns').promises.Resolver)({ timeout: WAIT_MS, tries: 1 });
    resolver.setServers([`127.0.0.1:${t.udpPort}`]);
    // Whatever it is that came back, something did.
    const given = resolver.resolve4('escape.test').catch((error) => {
      if (error.code === 'EBADRESP') return ['answered'];
      throw error;
    });
    return (await within(given)).join(' ');
  },
  'network: a socket of the file system': (t) => connects(require('node:net').connect(t.socket)),
  'network: an abstract socket': (t) => connects(require('node:net').connect(`\0${t.abstract}`)),
  'network: listening where others reach it': (t) =>
    within(
      new Promise((resolve, reject) => {
        const server = require('node:net').createServer(() => resolve('was reached'));
        server.on('error', reject);
        server.listen(t.listenPort, '127.0.0.1');
        setTimeout(() => server.close(), WAIT_MS);
      }),
    ),
};
