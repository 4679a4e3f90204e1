export type { Rehearsal } from './rehearsal.js';
export { rehearseLogin } from './rehearse.js';
