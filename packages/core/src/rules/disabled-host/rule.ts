import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { isOnHere } from '../support/module-entries.js';

export const disabledHost: Rule = {
  name: 'disabled-host',
  severity: 'info',
  summary: 'A virtual host or component is switched off.',
  fixable: 'never',
  source: 'util/prosodyctl/check.lua, checks.disabled: "These hosts are disabled"; core/hostmanager.lua, load_enabled_hosts',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { sections } = context.configuration;
      const all = [...sections.values()].filter(({ name }) => name !== GLOBAL);
      // where all are, that is the finding
      if (context.complete && !all.some(section => isOnHere(context, section))) return;
      for (const section of all) {
        const own = section.options.get('enabled');
        const option = own ?? sections.get(GLOBAL)?.options.get('enabled');
        if (option?.value.kind !== 'boolean' || option.value.value || option.setting.doubt !== undefined) continue;
        const opening = section.openings[0];
        context.report({
          message: `\`${section.name}\` is switched off`,
          why: 'Prosody does not start it; what is set for it has no effect.',
          help: own
            ? 'If it shall be served, remove `enabled = false`.'
            : 'The global section switches it off: write `enabled = true` below it if it shall be served.',
          at: own || !opening ? option.setting.nameOrigin : opening.nameOrigin,
          related: own ? [] : [{ message: 'switched off here', at: option.setting.nameOrigin }],
        });
      }
    },
  },
};
