import type { Opening } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { isNamed } from '../support/statements.js';

export const reopenedHost: Rule = {
  name: 'reopened-host',
  severity: 'warning',
  summary: 'A host or component is opened twice in two spellings of one name.',
  fixable: 'never',
  source: 'core/configmanager.lua: env.VirtualHost prepares the name with nameprep and takes up the section of that name',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration({ configuration, report }) {
      const first = new Map<string, Opening>();
      for (const opening of configuration.openings) {
        if (!isNamed(opening)) continue;
        const before = first.get(opening.scope);
        if (!before) first.set(opening.scope, opening);
        if (!before || before.written === opening.written || before.kind !== opening.kind) continue;
        report({
          message: `\`${opening.written}\` is the same ${opening.kind} as \`${before.written}\`, which is open already`,
          why: 'Prosody prepares names before it compares them, so both sections are one. Where both set an option, also `modules_enabled`, the last one counts.',
          help: 'Put the options of both into one section, or give the second its own name.',
          at: opening.nameOrigin,
          related: [{ message: 'it is opened here first', at: before.nameOrigin }],
        });
      }
    },
  },
};
