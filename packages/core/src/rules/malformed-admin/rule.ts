import { hosts, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { factOf } from '../support/facts.js';
import { textOf } from '../support/ldap-table.js';
import { placeholderIn } from '../support/placeholder.js';
import { ownEntries, sectionNamed } from '../support/sections.js';
import { literalOf, placeInString, replacement } from '../support/source.js';

export const malformedAdmin: Rule = {
  name: 'malformed-admin',
  severity: 'warning',
  summary: "An entry of `admins` can be nobody's address.",
  fixable: 'sometimes',
  source:
    'mod_authz_internal.lua: admins are prepared with util.jid.prep, which drops what is no address, and compared with bare addresses',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const section of context.configuration.sections.values())
        if (factOf(context, section.name, mayBeMalformed))
          for (const { value } of ownEntries(section, 'admins') ?? []) check(context, section.name, value);
    },
  },
};

/** Whether any entry is another than `user@host.example`. */
function mayBeMalformed({ configuration }: RuleContext, scope: string): boolean {
  const entries = ownEntries(configuration.sections.get(scope), 'admins') ?? [];
  return entries.some(
    ({ value }) => !/^[^@\s"&'<>:,;/]+@[^@\s"&'<>:,;/]+$/.test(textOf(value) ?? 'a@b') || placeholderIn(textOf(value) ?? ''),
  );
}

function check(context: RuleContext, scope: string, value: Value): void {
  const jid = textOf(value);
  if (jid === undefined || !value.origin || placeholderIn(jid)) return;
  const wrong = wrongness(context, jid);
  if (!wrong) return;
  const meant = meantBy(context, scope, jid);
  context.report({
    message: `\`${jid}\` in \`admins\` ${wrong}`,
    why: 'Prosody compares whole addresses (user@host): nobody is an administrator by this entry, and nothing is logged.',
    help: meant ? `Write \`${meant}\`.` : 'Write the whole address, `user@host`, each in quotes of its own.',
    at: value.origin,
    fix:
      meant && literalOf(context.configuration, value)
        ? () => {
            const at = placeInString(context.configuration, value, 0, jid.length);
            return at ? replacement(`Write \`${meant}\``, jid.trim() === meant ? 'safe' : 'unsafe', at, meant) : null;
          }
        : null,
  });
}

function wrongness(context: RuleContext, jid: string): string | undefined {
  if (jid.trim() === '') return 'is empty';
  if (/[,;]\s*\S+@/.test(jid)) return 'holds several addresses in one string';
  if (jid !== jid.trim()) return 'has blanks at its end';
  if (/^(?:xmpp|mailto|sip):/i.test(jid)) return 'is a link, not an address';
  const slash = jid.indexOf('/');
  const bare = slash < 0 ? jid : jid.slice(0, slash);
  const parts = bare.split('@');
  if (parts.length > 2) return 'has more than one `@`';
  if (parts.some(part => part === '')) return 'lacks what belongs before or behind the `@`';
  // nodeprep forbids these in the user's part (RFC 6122, appendix A.5), and no domain has them
  if (/[\s"&'<>:]/.test(bare)) return 'has characters that no address may have';
  if (slash >= 0) return 'has a resource, which is never compared';
  // a component may be an administrator, by its own name
  if (parts.length === 1 && !bare.includes('.') && !sectionNamed(context, bare)) return 'has no host';
  return undefined;
}

/** What was meant, where only one thing can be. */
function meantBy({ configuration }: RuleContext, scope: string, jid: string): string | undefined {
  const plain = jid
    .trim()
    .replace(/^(?:xmpp|mailto|sip):/i, '')
    .replace(/\/.*$/, '');
  if (/^[^@\s"&'<>:,;]+@[^@\s"&'<>:,;]+$/.test(plain)) return plain;
  if (!/^[\w-]+$/.test(plain)) return undefined;
  const all = hosts(configuration);
  const host = configuration.sections.get(scope)?.kind === 'host' ? scope : all.length === 1 ? all[0]!.name : undefined;
  return host === undefined || host.startsWith('?') ? undefined : `${plain}@${host}`;
}
