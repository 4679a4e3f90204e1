import { findModule } from '../../catalog/index.js';
import type { Rule } from '../rule.js';
import { textOf } from '../support/ldap-table.js';
import { sectionWords } from '../support/words.js';

export const unnamedEntry: Rule = {
  name: 'unnamed-entry',
  severity: 'error',
  summary: 'The table behind a host or component has an entry without a name.',
  fixable: 'never',
  source:
    'core/configmanager.lua: each entry of the table becomes an option of its key, here a number; util/prosodyctl/check.lua',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting({ report, version }, setting) {
      if (setting.form !== 'entry' || !setting.name.startsWith('$[')) return;
      const text = textOf(setting.value);
      const module = text !== undefined && findModule(text, version) ? text : undefined;
      report({
        message: `an entry without a name in the options of ${sectionWords(setting.scope)}`,
        why: `Prosody makes an option of it whose name is the number ${setting.name.slice(2, -1)}, which nothing reads; \`prosodyctl check config\` fails on it with "attempt to index a number value".`,
        help: module
          ? `To load the module write \`modules_enabled = { "${module}" }\`.`
          : 'Write `name = value`; the table holds the options of the section.',
        at: setting.origin,
      });
    },
  },
};
