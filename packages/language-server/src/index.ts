// The only door: the server for whoever has a connection.
export { type Environment, machineEnvironment } from './environment.js';
export { startServer } from './server.js';
