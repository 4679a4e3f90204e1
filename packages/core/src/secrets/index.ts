// What knows the secrets of a configuration, and hides them.
export { holdsSecret } from './names.js';
export { Secrets } from './secrets.js';
export { insideString, secretsInText } from './text.js';
export { MASK, maskRanges } from './values.js';
