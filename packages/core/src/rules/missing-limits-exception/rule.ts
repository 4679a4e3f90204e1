import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { hasModule } from '../support/host-modules.js';
import { isOn } from '../support/hosts.js';
import { accountOf, serviceHosts } from '../support/jitsi.js';
import { textOf } from '../support/ldap-table.js';
import { sectionPlace } from '../support/section-place.js';
import { ownEntries, sectionNamed, sectionsAreKnown } from '../support/sections.js';

export const missingLimitsException: Rule = {
  name: 'missing-limits-exception',
  severity: 'warning',
  summary: "`unlimited_jids` names Jitsi's services, but their virtual host does not load mod_limits_exception.",
  fixable: 'never',
  source:
    "Jitsi Meet's mod_limits_exception.lua: lifts the size of stanzas on the host that it is loaded on; plugins/mod_limits.lua: 127, the rates",
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const { configuration } = context;
      const option = configuration.sections.get(GLOBAL)?.options.get('unlimited_jids');
      if (!option || option.setting.doubt) return;
      const services = new Set(serviceHosts(context).map(host => host.name));
      const told = new Set<string>();
      for (const { value } of ownEntries(configuration.sections.get(GLOBAL), 'unlimited_jids') ?? []) {
        const host = sectionNamed(context, accountOf(textOf(value) ?? '')?.host ?? '');
        if (!host || !services.has(host.name) || told.has(host.name) || !isOn(host)) continue;
        told.add(host.name);
        if (hasModule(context, host.name, 'limits_exception') !== false) continue;
        // a second list that made the first one void is told as a duplicate
        if (host.options.get('modules_enabled')?.overrode.length) continue;
        const at = sectionPlace(host);
        if (!at) continue;
        context.report({
          message: `\`${host.name}\` does not load mod_limits_exception, for which \`unlimited_jids\` names the services`,
          why: 'Jicofo and the videobridge may send no larger stanzas than other clients (mod_limits lifts the rates only): large meetings fall apart.',
          help: `Add "limits_exception" to \`modules_enabled\` of \`${host.name}\`.`,
          at,
          related: [{ message: 'the accounts that shall have no limits', at: option.setting.nameOrigin }],
        });
      }
    },
  },
};
