import { GLOBAL, type Opening, type Setting } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import { insertIntoSection, isPlain } from '../../patch/placement.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { removal } from '../support/source.js';
import { isDeeper, openingBefore } from '../support/statements.js';

export const trailingTable: Rule = {
  name: 'trailing-table',
  severity: 'warning',
  summary: 'Behind a host with a table `{ … }` the global section goes on, but the options there look like the host’s.',
  fixable: 'sometimes',
  source: 'core/configmanager.lua: the function that takes the table sets __currenthost back to "*"',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (setting.scope !== GLOBAL || setting.form !== 'assignment') return;
      const { configuration } = context;
      const document = configuration.documents.get(setting.origin.file);
      const opening = openingBefore(configuration, setting.origin);
      if (!opening?.table || !document || !isPlain(document, setting) || !isPlain(document, opening)) return;
      if (!isDeeper(document, opening.origin.start, setting.origin.start)) return;
      context.report({
        message: `\`${setting.name}\` is set for all hosts, not for \`${opening.scope}\`: the table before has ended that section`,
        why: `A ${opening.kind === 'host' ? 'VirtualHost' : 'Component'} with a table is complete with its closing brace; what follows belongs to the global section again, whatever its indent.`,
        help: 'Move the option into the table, or take the indent away if it is meant for all hosts.',
        at: setting.nameOrigin,
        related: [{ message: 'this section ends with its table', at: opening.nameOrigin }],
        fix: () => fixOf(context, setting, opening),
      });
    },
  },
};

function fixOf({ configuration }: RuleContext, setting: Setting, opening: Opening): Fix | null {
  const removed = removal(configuration, setting);
  const { text } = configuration.documents.get(setting.origin.file)!;
  if (!removed || configuration.sections.get(opening.scope)?.options.has(setting.name)) return null;
  const assignment = text.slice(setting.origin.start, setting.origin.end).replace(/\s*;$/, '');
  const inserted = { file: opening.origin.file, ...insertIntoSection(configuration, opening, assignment) };
  return { title: `Move \`${setting.name}\` into the table`, safety: 'unsafe', ...editsOnly([inserted, removed.edit]) };
}
