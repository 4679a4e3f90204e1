// What a login finds on the machine. One fact a file; `machine.ts` asks for them all.
export { type InspectOptions, inspectMachine, machineRootOf } from './machine.js';
export { serviceFacts } from './services.js';
