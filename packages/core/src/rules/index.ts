import type { Rule } from './rule.js';
import { syntaxError } from './syntax-error/rule.js';

/** Every rule, in the order of the documentation. */
export const RULES: readonly Rule[] = [syntaxError];
