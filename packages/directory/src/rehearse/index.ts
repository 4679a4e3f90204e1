export { type Rehearsal, rehearseLogin } from './rehearse.js';
