import { effective, listEntries, type Option, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { accountOf, meetingHosts, serviceHosts } from '../support/jitsi.js';
import { textOf } from '../support/ldap-table.js';
import { placeholderIn } from '../support/placeholder.js';
import { sectionNamed, sectionsAreKnown } from '../support/sections.js';
import { literalOf, placeInString, replacement } from '../support/source.js';

export const unknownServiceAccount: Rule = {
  name: 'unknown-service-account',
  severity: 'warning',
  summary: "The account of one of Jitsi's services is on a virtual host that the configuration does not define.",
  fixable: 'sometimes',
  source:
    "core/usermanager.lua: is_admin compares whole addresses; Jitsi Meet's mod_client_proxy sends to target_address; mod_limits_exception compares unlimited_jids",
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context) || meetingHosts(context).length === 0) return;
      for (const section of context.configuration.sections.values()) {
        for (const name of OPTIONS) {
          const option = section.options.get(name);
          for (const value of option ? texts(option) : []) check(context, option!, value);
        }
      }
    },
  },
};

const OPTIONS = ['admins', 'unlimited_jids', 'target_address', 'muc_password_whitelist'] as const;

/** The services that log in to this server with accounts of their own, as the packages call them. */
const SERVICE = /^(?:focus|jvb|jicofo)\d*$/;

const EFFECT: Readonly<Record<(typeof OPTIONS)[number], string>> = {
  admins: 'Nobody has this address: the service is no administrator, may create no rooms, and no meeting starts.',
  unlimited_jids: 'Nobody has this address: the service is held back by the limits for clients, and large meetings fall apart.',
  target_address: 'What is meant for Jicofo goes to nobody: no meeting starts.',
  muc_password_whitelist: 'Nobody has this address: the service cannot enter rooms with a password.',
};

function texts({ value }: Option): Value[] {
  if (value.kind === 'string') return [value];
  return value.kind === 'table' ? listEntries(value).map(entry => entry.value) : [];
}

function check(context: RuleContext, { setting }: Option, value: Value): void {
  const jid = textOf(value);
  const account = jid === undefined ? undefined : accountOf(jid);
  if (!jid || !account || !SERVICE.test(account.user) || placeholderIn(jid) || setting.doubt !== undefined) return;
  if (sectionNamed(context, account.host)?.kind === 'host') return;
  const others = serviceHosts(context);
  const meant = others.length === 1 ? `${account.user}@${others[0]!.name}` : undefined;
  context.report({
    message: `\`${jid}\` is on \`${account.host}\`, which is not a virtual host of this configuration`,
    why: EFFECT[setting.name as (typeof OPTIONS)[number]],
    help: meant ? `Write \`${meant}\`.` : 'Give the address with which the service logs in.',
    at: value.origin ?? setting.valueOrigin,
    related: others[0]?.openings[0] ? [{ message: 'services log in here', at: others[0].openings[0].nameOrigin }] : [],
    fix: meant && literalOf(context.configuration, value) ? () => correct(context, value, jid, meant) : null,
  });
}

function correct({ configuration }: RuleContext, value: Value, jid: string, meant: string) {
  const at = placeInString(configuration, value, 0, jid.length);
  return at && effective(configuration, '*', 'admins') !== null ? replacement(`Write \`${meant}\``, 'unsafe', at, meant) : null;
}
