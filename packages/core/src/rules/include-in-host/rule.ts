import { GLOBAL, type Include, type Setting } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isDeeper, openingBefore } from '../support/statements.js';
import { listWords } from '../support/words.js';

export const includeInHost: Rule = {
  name: 'include-in-host',
  severity: 'error',
  summary: 'A file is included inside a host, but what it sets becomes global.',
  fixable: 'never',
  source: 'core/configmanager.lua: parser.load runs every file from the global section on, and each has a section of its own',
  since: '0.1.0',
  reach: 'section',
  check: {
    include(context, include) {
      if (include.scope === GLOBAL) return;
      const document = context.configuration.documents.get(include.origin.file);
      const opening = openingBefore(context.configuration, include.origin);
      // at the margin it stands behind the last host as in Debian's own file, and is meant for all
      if (!document || !opening || !isDeeper(document, opening.origin.start, include.origin.start)) return;
      const settings = globalSettings(context, include);
      const names = [...new Set(settings.map(setting => setting.name))];
      if (names.length === 0) return;
      context.report({
        message: `this file's options become global, not those of \`${include.scope}\`: ${listWords(names.slice(0, 4).map(name => `\`${name}\``))}${names.length > 4 ? ' and more' : ''}`,
        why: 'Prosody reads every file from the global section on, whatever section is open where it is included.',
        help: `Begin the included file with \`VirtualHost "${include.scope}"\`, or write the options here; with less indent if they are meant for all hosts.`,
        at: include.origin,
        related: settings.slice(0, 1).map(setting => ({ message: 'this is set for all hosts', at: setting.nameOrigin })),
      });
    },
  },
};

function globalSettings({ configuration }: RuleContext, include: Include): Setting[] {
  return configuration.settings.filter(
    ({ scope, form, origin }) => scope === GLOBAL && form === 'assignment' && include.files.includes(origin.file),
  );
}
