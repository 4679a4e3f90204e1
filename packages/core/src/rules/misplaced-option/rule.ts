import { globalOnlyReason } from '../../catalog/index.js';
import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { moveToGlobal } from '../support/move-to-global.js';
import { sectionWords } from '../support/words.js';

export const misplacedOption: Rule = {
  name: 'misplaced-option',
  severity: 'warning',
  summary: 'An option that Prosody reads only from the global section is set in a virtual host or component.',
  fixable: 'sometimes',
  source: 'util/prosodyctl/check.lua: known_global_options and the name patterns beside it',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (setting.scope === GLOBAL || SPECIAL.has(setting.name)) return;
      const reason = globalOnlyReason(setting.name, context.version);
      // an `…_ssl` option is read per host too, for the certificate that a service shows (core/certmanager.lua)
      if (!reason || setting.name.endsWith('_ssl')) return;
      const global = context.configuration.sections.get(GLOBAL)?.options.get(setting.name);
      context.report({
        message: `\`${setting.name}\` has no effect in ${sectionWords(setting.scope)}: Prosody reads it from the global section only`,
        why: global
          ? 'The value of the global section counts; this one is never read.'
          : 'Prosody uses its default; this value is never read.',
        help: `Move it above the first VirtualHost or Component${global ? ', or remove it' : ''}.`,
        at: setting.nameOrigin,
        related: global ? [{ message: 'this one counts', at: global.setting.nameOrigin }] : [],
        fix: () => moveToGlobal(context, setting),
      });
    },
  },
};

/** They have a rule of their own, which knows more: insecure-bosh. */
const SPECIAL = new Set(['consider_bosh_secure', 'consider_websocket_secure']);
