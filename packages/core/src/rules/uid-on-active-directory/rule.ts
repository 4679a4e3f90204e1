import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { type Access, type AccessSetting, accesses, isActiveDirectory, roleText, serversOf } from '../support/directory.js';
import { filterItems } from '../support/filter-items.js';
import { textOf } from '../support/ldap-table.js';
import { literalOf } from '../support/source.js';

export const uidOnActiveDirectory: Rule = {
  name: 'uid-on-active-directory',
  severity: 'warning',
  summary: 'Users of Active Directory are looked up by `uid`, which is usually empty there.',
  fixable: 'sometimes',
  source: 'Active Directory schema: the login name is sAMAccountName; recorded as case 15 on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const found = lookup(access);
        if (!found || !isMicrosofts(access)) continue;
        context.report({
          message: `\`${found.setting.name}\` looks for the user name in \`uid\`, but the directory is an Active Directory`,
          why: 'Active Directory keeps the login name in sAMAccountName and leaves uid empty, unless somebody fills it in. Nobody is found, and every login is refused.',
          help: 'Write `sAMAccountName`.',
          at: found.setting.place(found.start, found.end),
          fix: access.way === 'saslauthd' ? null : fixOf(context, found),
        });
      }
    },
  },
};

interface Lookup {
  readonly setting: AccessSetting;
  readonly start: number;
  readonly end: number;
}

function lookup({ settings, way }: Access): Lookup | undefined {
  const setting = way === 'ldap2' ? settings.attribute : settings.filter;
  const text = textOf(setting?.value);
  if (!setting || text === undefined) return undefined;
  if (way === 'ldap2') return text.toLowerCase() === 'uid' ? { setting, start: 0, end: text.length } : undefined;
  const found = filterItems(text).flatMap(({ item }) =>
    item.type === 'equality' && item.attribute.text.toLowerCase() === 'uid' && /^(?:\$user|%[suU])$/.test(item.value.text)
      ? [item]
      : [],
  );
  const [only] = found;
  if (found.length !== 1 || !only || /samaccountname/i.test(text)) return undefined;
  return { setting, start: only.attribute.start, end: only.attribute.end };
}

/** Signs that no other directory gives: its own classes, forms of names and ports. */
function isMicrosofts(access: Access): boolean {
  const filter = roleText(access, 'filter') ?? '';
  return (
    isActiveDirectory(access) ||
    /objectclass=user\)?$|objectclass=user\)/i.test(filter) ||
    serversOf(access).some(({ port }) => port === 3268 || port === 3269)
  );
}

function fixOf({ configuration }: RuleContext, { setting, start, end }: Lookup): Fix | null {
  if (!literalOf(configuration, setting.value)) return null;
  const place = setting.place(start, end);
  return {
    title: 'Look users up by sAMAccountName',
    safety: 'unsafe',
    ...editsOnly([{ file: place.file, start: place.start, end: place.end, text: 'sAMAccountName' }]),
  };
}
