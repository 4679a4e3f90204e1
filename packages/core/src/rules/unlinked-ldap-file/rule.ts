import { baseName } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { operationFix } from '../support/operation-fix.js';

export const unlinkedLdapFile: Rule = {
  name: 'unlinked-ldap-file',
  severity: 'warning',
  summary: 'A file of `conf.avail` has LDAP settings, but nothing includes it.',
  fixable: 'sometimes',
  source:
    'core/configmanager.lua: Include reads only what it is told; `conf.avail` is a habit of Debian, of which Prosody knows nothing',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const { file, linkFolder, configuration } of context.unlinked) {
        const setting = configuration.settings.find(
          ({ name }) => name === 'ldap' || /^ldap_(?:server|base|rootdn|filter)$/.test(name),
        );
        if (!setting) continue;
        const name = baseName(file);
        context.report({
          message: `the LDAP settings of this file are not read: nothing in ${linkFolder} links to it`,
          why: 'Prosody reads what the configuration includes. This file waits in conf.avail and has no effect.',
          help: `Link it: ln -s ../conf.avail/${name} ${linkFolder}/${name}.`,
          at: setting.nameOrigin,
          fix: () => operationFix(context, `Link ${name} into ${baseName(linkFolder)}`, { op: 'enable.file', name }),
        });
      }
    },
  },
};
