// The only door: the server for whoever has a connection, and what it does.
export { FEATURES, type Feature } from './capabilities.js';
export type { Environment } from './environment.js';
export type * from './handlers/prosodist/protocol.js';
export { machineEnvironment } from './machine.js';
export { startServer } from './server.js';
