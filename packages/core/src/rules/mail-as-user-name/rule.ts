import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { type Access, type AccessSetting, accesses } from '../support/directory.js';
import { filterItems } from '../support/filter-items.js';
import { textOf } from '../support/ldap-table.js';
import { literalOf, replacement } from '../support/source.js';

export const mailAsUserName: Rule = {
  name: 'mail-as-user-name',
  severity: 'error',
  summary: 'Users are looked up by an attribute that holds mail addresses: no user name is one.',
  fixable: 'sometimes',
  source:
    'RFC 7622: the localpart of a JID has no "@"; util/jid.lua, nodeprep; recorded as cases 45 and 46 on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const found = lookup(access);
        if (!found) continue;
        context.report({
          message: `\`${found.setting.name}\` looks for the user name in \`${found.attribute}\`, whose values have an "@"`,
          why: 'The client takes what is behind "@" for the domain, and Prosody refuses a user name with "@" in it. Nobody is found, and every login is refused.',
          help:
            access.way === 'ldap2'
              ? 'Use the attribute with the short name: sAMAccountName on Active Directory, uid elsewhere.'
              : `Use the attribute with the short name (sAMAccountName, uid), or write "(${found.attribute}=${found.token}@example.com)".`,
          at: found.setting.place(found.start, found.end),
          fix: access.way === 'ldap2' ? fixOf(context, found.setting, found.attribute) : null,
        });
      }
    },
  },
};

interface Lookup {
  readonly setting: AccessSetting;
  readonly attribute: string;
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

const ADDRESSES = /^(?:mail|userPrincipalName|rfc822Mailbox|mailPrimaryAddress)$/i;

/** The comparison with the user's name, where all of them are with an address. */
function lookup({ settings, way }: Access): Lookup | undefined {
  if (way === 'ldap2') {
    const setting = settings.attribute;
    const attribute = textOf(setting?.value);
    if (!setting || attribute === undefined || !ADDRESSES.test(attribute)) return undefined;
    return { setting, attribute, token: '', start: 0, end: attribute.length };
  }
  const setting = settings.filter;
  const text = textOf(setting?.value);
  if (!setting || text === undefined) return undefined;
  const names = way === 'ldap' ? /\$user|%s/ : /%[uU]/;
  const asked = filterItems(text).filter(({ item }) => names.test(text.slice(item.start, item.end)));
  const found = asked.flatMap(({ item }) =>
    item.type === 'equality' && ADDRESSES.test(item.attribute.text) && /^(?:\$user|%s|%U)$/.test(item.value.text) ? [item] : [],
  );
  const [first] = found;
  if (!first || found.length < asked.length) return undefined;
  return {
    setting,
    attribute: first.attribute.text,
    token: first.value.text,
    start: first.attribute.start,
    end: first.attribute.end,
  };
}

/** Only Active Directory has this attribute, and there the short name is in one place. */
function fixOf({ configuration }: RuleContext, { value, at }: AccessSetting, attribute: string): Fix | null {
  if (!/^userPrincipalName$/i.test(attribute) || !literalOf(configuration, value)) return null;
  return replacement('Look users up by sAMAccountName', 'unsafe', at, '"sAMAccountName"');
}
