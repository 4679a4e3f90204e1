// The door of the command line: a function, so that tests and other programs need no process.
export type { Input, Io, Output } from './io.js';
export { run } from './run.js';
export { STATUS } from './status.js';
