import { duplicateOption } from './duplicate-option/rule.js';
import { loadError } from './load-error/rule.js';
import { misplacedOption } from './misplaced-option/rule.js';
import type { Rule } from './rule.js';
import { syntaxError } from './syntax-error/rule.js';
import { unknownOption } from './unknown-option/rule.js';
import { unquotedWord } from './unquoted-word/rule.js';

/** Every rule, in the order of the documentation: the language first, then options, then LDAP, then Jitsi. */
export const RULES: readonly Rule[] = [syntaxError, loadError, unquotedWord, unknownOption, misplacedOption, duplicateOption];
