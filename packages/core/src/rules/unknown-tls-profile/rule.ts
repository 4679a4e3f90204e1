import { nearestName } from '../../catalog/index.js';
import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { whole } from '../support/settings.js';
import { literalOf, replacement } from '../support/source.js';

export const unknownTlsProfile: Rule = {
  name: 'unknown-tls-profile',
  severity: 'error',
  summary: '`tls_profile` is none of "modern", "intermediate", "old" and "legacy".',
  fixable: 'sometimes',
  source: 'core/certmanager.lua, create_context: 337-340 in 0.12.3, 324-330 in 13.0.1',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (setting.name !== 'tls_profile' || setting.scope !== GLOBAL || !whole(context, setting)) return;
      const { value } = setting;
      if (value.kind === 'unknown' || value.kind === 'nil' || (value.kind === 'boolean' && !value.value)) return;
      if (value.kind === 'string' && PROFILES.includes(value.value)) return;
      const meant = value.kind === 'string' ? nearestName(value.value, PROFILES) : undefined;
      const isOld = context.version === '0.12';
      context.report({
        severity: isOld ? 'warning' : 'error',
        message: `${value.kind === 'string' ? JSON.stringify(value.value) : `a ${value.kind}`} is no profile of TLS settings${meant ? `; did you mean "${meant}"?` : ''}`,
        why: isOld
          ? 'Prosody applies no profile at all and says nothing: old protocols and ciphers may be open. 13.0 offers no TLS with it.'
          : 'Prosody logs "Invalid value for \'tls_profile\'" and offers no TLS anywhere: where encryption is required nobody can connect.',
        help: 'Write "intermediate", which is the default, or "modern", "old" or "legacy".',
        at: setting.valueOrigin,
        fix:
          meant && literalOf(context.configuration, value)
            ? replacement(`Write "${meant}"`, 'safe', value.origin!, `"${meant}"`)
            : null,
      });
    },
  },
};

const PROFILES = ['modern', 'intermediate', 'old', 'legacy'];
