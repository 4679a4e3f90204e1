import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { sectionsAreKnown } from '../support/sections.js';

export const noGlobalOptions: Rule = {
  name: 'no-global-options',
  severity: 'info',
  summary: 'The global section is empty: every option stands below a virtual host or component.',
  fixable: 'never',
  source: 'util/prosodyctl/check.lua: "No global options defined. Perhaps you have put a host definition at the top"',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const { sections, openings, settings } = context.configuration;
      const [first] = openings;
      // the log is all that prosodyctl leaves; `VirtualHost "*"` sets an option of its own; and a value that is lost is told as that
      const own = settings.some(({ scope, form, name }) => scope === GLOBAL && form !== 'opening' && name !== 'log');
      if (!first || own) return;
      const swallowed = [...sections.values()].some(
        section => section.name !== GLOBAL && [...section.options.values()].some(({ setting }) => setting.form === 'assignment'),
      );
      context.report({
        message: `no option is set for the whole server: \`${first.scope}\` begins before there is one`,
        why: swallowed
          ? 'All options belong to the host or component above them; what Prosody reads from the global section only is lost, and another host gets none of them.'
          : 'Prosody uses its defaults for everything; it loads few modules, and none by which people log in.',
        help: 'Write what is for the whole server above the first VirtualHost or Component.',
        at: first.nameOrigin,
      });
    },
  },
};
