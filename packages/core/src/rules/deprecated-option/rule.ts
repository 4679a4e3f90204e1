import { findOption, type Replacement } from '../../catalog/index.js';
import type { Rule } from '../rule.js';
import { listWords } from '../support/words.js';
import { replace } from './replace.js';

export const deprecatedOption: Rule = {
  name: 'deprecated-option',
  severity: 'info',
  summary: 'An option has another name or form by now; the old one still works, or nothing reads it.',
  fixable: 'sometimes',
  source: 'util/prosodyctl/check.lua: the table deprecated_replacements, which it holds against the global section only',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      const option = findOption(setting.name, context.version);
      const replacement = option?.deprecated?.replacement;
      if (!option || !replacement) return;
      const { value } = setting;
      const isRead = !IN_NAME_ONLY.test(setting.name) && option.readers.some(({ module }) => !module.includes('prosodyctl'));
      context.report({
        severity: isRead || (value.kind === 'boolean' && !value.value) ? 'info' : 'warning',
        message: isRead ? `\`${setting.name}\` is deprecated` : `\`${setting.name}\` is not read any more`,
        why: isRead
          ? 'Prosody still reads it, and says in its check that it will not for ever.'
          : 'It has no effect, and Prosody says so only in its check, and of the global section only.',
        help: helpFor(setting.name, replacement),
        at: setting.nameOrigin,
        fix: () => replace(context.configuration, setting, replacement, isRead),
      });
    },
  },
};

/** Of these is only logged that they are set. */
const IN_NAME_ONLY = /^cross_domain_/;

function helpFor(name: string, how: Replacement): string {
  switch (how.kind) {
    case 'rename':
      return `Write \`${how.to}\`.`;
    case 'assign':
      return `Write \`${how.option} = "${how.value}"\`; \`${name} = ${!how.when}\` can simply go.`;
    case 'module':
      return how.list === 'modules_enabled'
        ? `Install mod_${how.module} from prosody-modules and add "${how.module}" to \`modules_enabled\`; \`${name} = ${!how.when}\` can simply go.`
        : `Add "${how.module}" to \`${how.list}\`; \`${name} = ${!how.when}\` can simply go.`;
    case 'split':
      return `Write ${listWords(how.to.map(option => `\`${option}\``))}.`;
    default:
      return name.startsWith('cross_domain_')
        ? 'Remove it; access from other sites is set in `http_cors_override`.'
        : 'Remove it, and start Prosody with the flag -D (--daemonize) or -F (--foreground).';
  }
}
