export { disagreement, loginThrough, type ThroughOptions, throughUrl } from './through.js';
export type { RealLogin } from './xmpp.js';
