// The only door: the server for whoever has a connection, and what it does.
export { FEATURES, type Feature } from './capabilities.js';
export { type Environment, machineEnvironment } from './environment.js';
export { startServer } from './server.js';
