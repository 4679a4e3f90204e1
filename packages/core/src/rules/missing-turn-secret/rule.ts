import { effective, hostModulesOf, hosts } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { hasModule } from '../support/host-modules.js';
import { sectionsAreKnown } from '../support/sections.js';

export const missingTurnSecret: Rule = {
  name: 'missing-turn-secret',
  severity: 'error',
  summary: 'mod_turn_external is loaded and has no `turn_external_secret`.',
  fixable: 'never',
  source:
    'plugins/mod_turn_external.lua: "the \'turn_external_secret\' option is not set"; util/prosodyctl/check.lua, checks.turn',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      const concerned = hosts(context.configuration).filter(({ name }) => hasModule(context, name, 'turn_external') === true);
      for (const name of concerned.map(host => host.name).sort()) {
        const { host, enabled, modules } = hostModulesOf(context.configuration, name)!;
        const source = modules.find(({ name }) => name === 'turn_external')?.sources.find(({ kind }) => kind === 'option');
        const secret = effective(context.configuration, host, 'turn_external_secret')?.value;
        if (enabled === false || source?.kind !== 'option') continue;
        // an unquoted word is told as that
        if (secret && !(secret.kind === 'nil' && !secret.unset)) continue;
        context.report({
          message: `mod_turn_external is loaded for \`${host}\`, but there is no \`turn_external_secret\``,
          why: 'The module does not start, and clients are told of no TURN server: calls through firewalls fail.',
          help: 'Write `turn_external_secret = "…"`, with the secret that the TURN server has (`static-auth-secret` of coturn).',
          at: source.origin,
        });
      }
    },
  },
};
