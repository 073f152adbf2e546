// The server's public face.

export { createServer, type LintelServer, type ServerOptions } from './server.ts';
export type { Log } from './services.ts';
