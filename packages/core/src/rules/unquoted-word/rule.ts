import { findOption, isSecret, nearestNames } from '../../catalog/index.js';
import type { UnsetName } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { isAbove, isProviderName, settingsAbove, settingsOf } from '../support/settings.js';
import { replacement } from '../support/source.js';

export const unquotedWord: Rule = {
  name: 'unquoted-word',
  severity: 'error',
  summary: 'A word without quotes is a variable that nobody has set, so its value is nil.',
  fixable: 'sometimes',
  source:
    'core/configmanager.lua: a name that is neither an option nor a global reads as nil; 13.0.2 and later warn "unrecognized value"',
  since: '0.1.0',
  check: {
    unsetName(context, unset) {
      if (isOption(context, unset)) return;
      const constant = CONSTANTS[unset.name.toLowerCase()];
      const shown = isSecretKey(unset.key) ? 'this word' : `\`${unset.name}\``;
      context.report({
        message: constant
          ? `\`${unset.name}\` is not a word of Lua: it is written \`${constant}\``
          : `${shown} is not in quotes, so it is the value of a variable that does not exist: nil`,
        why: effectOf(unset),
        help: constant ? `Write \`${constant}\`.` : `Put quotes around ${shown}.`,
        at: unset.origin,
        fix: () => fixOf(context, unset, constant),
      });
    },
  },
};

const CONSTANTS: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  nil: 'nil',
  null: 'nil',
  none: 'nil',
  yes: 'true',
  no: 'false',
  on: 'true',
  off: 'false',
};

/** A password without quotes must not be said. */
function isSecretKey(key: UnsetName['key']): boolean {
  return typeof key === 'string' && (isSecret(key) || isSecret('ldap', [key]));
}

function effectOf({ use, key }: UnsetName): string {
  if (use === 'option') return `\`${key}\` is not set at all; Prosody uses its default and says nothing.`;
  if (typeof key === 'number') {
    return 'The list ends here for Prosody: it reads up to the first hole, so every entry behind this one is lost too, without a word in the log.';
  }
  return `The table has no \`${key ?? '?'}\`; nothing is logged.`;
}

/**
 * In 13.0 a name may be an option: one of another section, which cannot be read from here, or, in a lone file, one that
 * another file sets. Quotes would not be the remedy.
 */
function isOption({ configuration, complete, version }: RuleContext, { name, origin, key }: UnsetName): boolean {
  if (isProviderName(key, name, version)) return false;
  // one that is set above was meant; read-back-option tells
  if (version === '0.12') return settingsAbove(configuration, name, origin).length > 0;
  const settings = settingsOf(configuration).get(name) ?? [];
  const elsewhere = settings.some(setting => setting.origin.file !== origin.file || isAbove(setting, origin));
  return elsewhere || (!complete && findOption(name, version) !== undefined);
}

function fixOf({ configuration }: RuleContext, unset: UnsetName, constant: string | undefined): Fix | null {
  if (constant)
    return /^(?:true|false)$/i.test(unset.name) ? replacement(`Write \`${constant}\``, 'safe', unset.origin, constant) : null;
  // a slip in the name of a variable of the file is no string that lost its quotes
  const { text } = configuration.documents.get(unset.origin.file)!;
  const locals = [...text.matchAll(/\blocal\s+(?:function\s+)?([A-Za-z_][A-Za-z0-9_]*)/g)].map(match => match[1]!);
  if (nearestNames(unset.name, locals).length > 0) return null;
  return replacement(
    `Put quotes around ${isSecretKey(unset.key) ? 'the word' : `\`${unset.name}\``}`,
    'safe',
    unset.origin,
    `"${unset.name}"`,
  );
}
