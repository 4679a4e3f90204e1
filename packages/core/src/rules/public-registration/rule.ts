import { effective, GLOBAL, type HostModules, hostModulesOf, type Origin, truth } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { factOf } from '../support/facts.js';
import { providerOf } from '../support/hosts.js';
import { listWords } from '../support/words.js';

export const publicRegistration: Rule = {
  name: 'public-registration',
  severity: 'warning',
  summary: 'Everybody can make an account on a virtual host.',
  fixable: 'never',
  source:
    'plugins/mod_register.lua, mod_register_ibr.lua, mod_invites_register.lua; util/prosodyctl/check.lua: "Public registration is enabled on"',
  since: '0.1.0',
  check: {
    configuration(context) {
      const open = new Map<string, { at: Origin; hosts: string[] }>();
      const { sections } = context.configuration;
      const names = [...sections.keys()].filter(name => name !== GLOBAL && factOf(context, name, isOpen)).sort();
      for (const host of names.map(name => hostModulesOf(context.configuration, name)!)) {
        const at = openBy(context, host);
        if (!at) continue;
        const key = `${at.file} ${at.start}`;
        const { hosts } = open.get(key) ?? { hosts: [] };
        open.set(key, { at, hosts: [...hosts, wordsOf(host.host)] });
      }
      for (const { at, hosts } of open.values())
        context.report({
          // nobody is on the Internet under the name localhost
          severity: hosts.some(host => host !== UNNAMED && host !== '`localhost`') ? 'warning' : 'info',
          message: `everybody can make an account on ${listWords([...new Set(hosts)])}`,
          why: 'On a server that the Internet can reach, programs find it and send spam from it.',
          help: 'Write `allow_registration = false`, or let people in by invitation: load mod_invites_register, and leave `registration_invite_only` true.',
          at,
        });
    },
  },
};

/** A host whose name comes from elsewhere. */
const UNNAMED = 'a virtual host';

function wordsOf(host: string): string {
  return host.startsWith('?') ? UNNAMED : `\`${host}\``;
}

/** Providers that make accounts when they are asked to. */
const MAKES_ACCOUNTS = new Set(['internal_hashed', 'internal_plain', 'internal', 'sql', 'sqlite']);

function isOpen(context: RuleContext, host: string): boolean {
  return openBy(context, hostModulesOf(context.configuration, host)!) !== undefined;
}

/** What lets everybody register on a host: the option, or the module that needs none. */
function openBy(context: RuleContext, { host, kind, enabled, doubt, modules, unknown }: HostModules): Origin | undefined {
  const { configuration } = context;
  const is = (name: string) => modules.some(module => module.name === name);
  if (kind !== 'host' || enabled === false || doubt !== null) return undefined;
  if (!MAKES_ACCOUNTS.has(providerOf(context, host) ?? '')) return undefined;
  const allowed = effective(configuration, host, 'allow_registration');
  const isAllowed = is('register') && allowed !== undefined && isTrue(allowed.value);
  if (!isAllowed && !is('register_ibr')) return undefined;
  // mod_register_limits lets in who is on the list
  const allowlist = ['allowlist_registration_only', 'whitelist_registration_only'].some(name => {
    const option = effective(configuration, host, name);
    return option !== undefined && truth(option.value) !== false;
  });
  const invitations = effective(configuration, host, 'registration_invite_only');
  const isInviteOnly = !invitations || truth(invitations.value) !== false;
  const mayHaveInvites = is('invites_register') || unknown.some(({ name }) => name === null || name === 'invites_register');
  if (allowlist || (mayHaveInvites && isInviteOnly)) return undefined;
  if (isAllowed) return allowed.setting.nameOrigin;
  const source = modules.find(({ name }) => name === 'register_ibr')?.sources.find(({ kind }) => kind === 'option');
  return source?.kind === 'option' ? source.origin : undefined;
}

function isTrue(value: { readonly kind: string; readonly value?: unknown }): boolean {
  return value.value === true || value.value === 'true' || value.value === 1;
}
