import { GLOBAL, hosts } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { isOn } from '../support/hosts.js';
import { ANONYMOUS, serviceHosts } from '../support/jitsi.js';
import { textOf } from '../support/ldap-table.js';
import { sectionsAsRelated } from '../support/section-place.js';
import { sectionsAreKnown } from '../support/sections.js';
import { listWords } from '../support/words.js';

export const anonymousByDefault: Rule = {
  name: 'anonymous-by-default',
  severity: 'warning',
  summary: 'The global section lets everybody in, and virtual hosts take that over beside others that ask.',
  fixable: 'never',
  source: 'core/configmanager.lua: a host without `authentication` reads the global one; plugins/mod_auth_anonymous.lua',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration } = context;
      const option = configuration.sections.get(GLOBAL)?.options.get('authentication');
      const provider = textOf(option?.value);
      if (!option || provider === undefined || !ANONYMOUS.has(provider) || !sectionsAreKnown(context)) return;
      // from a file that is included below a host it got to the global section by mistake, which is told there
      if (configuration.includes.some(({ files, scope }) => scope !== GLOBAL && files.includes(option.setting.origin.file)))
        return;
      const services = new Set(serviceHosts(context).map(host => host.name));
      const all = hosts(configuration).filter(host => isOn(host) && !services.has(host.name));
      const open = all.filter(host => !host.options.has('authentication'));
      // a server that is anonymous altogether is meant to be
      if (open.length === 0 || open.length === all.length) return;
      const names = open.slice(0, 3).map(host => `\`${host.name}\``);
      context.report({
        message: `everybody gets in to ${listWords(open.length > 3 ? [...names, `${open.length - 3} more`] : names)} without a name or password: the global section says so`,
        why: 'Each virtual host without an `authentication` of its own takes it over, those that are added later too.',
        help: `Write \`authentication = "${provider}"\` into the virtual hosts that shall be open, and none in the global section.`,
        at: option.setting.valueOrigin,
        related: sectionsAsRelated('open to everybody', open.slice(0, 3)),
      });
    },
  },
};
