import { type Configuration, components, hosts } from '@prosodist/core';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Proposal } from './item.js';
import { strings } from './options.js';

/** Options that name a component, by the word in their name that the component's own module has too. */
const COMPONENT = /(?:_muc|_component|_rooms_muc)$|^(?:muc_component|main_muc|lobby_muc)$/;
const ROOMS = /muc|rooms/;
const HOST =
  /^(?:main_domain|muc_mapper_domain_base|muc_mapper_domain|parent_host|virtual_host|guest_host|http_host|http_default_host|proxy65_address|turn_external_host|external_service_host)$/;
const LISTS =
  /^(?:muc_lobby_whitelist|s2s_insecure_domains|s2s_secure_domains|s2s_whitelist|visitors_ignore_list|rate_limit_whitelist_hosts)$/;
const ADDRESSES = /^(?:admins|unlimited_jids|registration_watchers|rate_limit_whitelist_jids)$/;

/** Hosts and components more than a person wants to choose from are left to typing. */
const MOST = 2000;

/**
 * The names of hosts and components for an option that refers to one, those of its kind first.
 * @returns nothing for options that refer to none
 */
export function hostProposals(configuration: Configuration, option: string): Proposal[] {
  if (ADDRESSES.test(option)) return addresses(configuration);
  const toComponent = COMPONENT.test(option);
  if (!toComponent && !HOST.test(option) && !LISTS.test(option)) return [];
  const found: Proposal[] = [];
  for (const section of components(configuration)) {
    const [module = ''] = strings(section.options.get('component_module')?.value);
    const isRooms = module === 'muc';
    const likely = toComponent && (ROOMS.test(option) ? isRooms : !isRooms);
    found.push(named(section.name, module ? `component, mod_${module}` : 'component', likely ? 1 : toComponent ? 4 : 6));
  }
  for (const { name } of hosts(configuration)) found.push(named(name, 'virtual host', toComponent ? 6 : 1));
  return found.slice(0, MOST);
}

function named(name: string, detail: string, rank: number): Proposal {
  return { label: name, kind: CompletionItemKind.Reference, string: name, detail, rank };
}

/** Addresses: Jitsi's own accounts at the host that is for them. */
function addresses(configuration: Configuration): Proposal[] {
  const own = hosts(configuration).filter(({ name }) => name.startsWith('auth.'));
  return own
    .slice(0, MOST)
    .flatMap(({ name }) => ['focus', 'jvb'].map(user => named(`${user}@${name}`, "an account of Jitsi's", 1)));
}

/** Names that nobody has opened yet, for `VirtualHost` and `Component`: those that options refer to, and usual ones. */
export function newHosts(configuration: Configuration, call: string): Proposal[] {
  const found = new Map<string, string>();
  for (const section of configuration.sections.values()) {
    for (const [name, { value }] of section.options) {
      if (!(call === 'Component' ? COMPONENT : HOST).test(name)) continue;
      for (const host of strings(value)) found.set(host, `named by ${name}`);
    }
  }
  const [first] = hosts(configuration);
  const usual = call === 'Component' ? ['conference', 'internal.auth', 'focus', 'lobby', 'breakout'] : ['auth', 'guest'];
  if (first)
    for (const word of usual) if (!found.has(`${word}.${first.name}`)) found.set(`${word}.${first.name}`, 'below the first host');
  return [...found]
    .filter(([name]) => !configuration.sections.has(name))
    .map(([name, detail]) => named(name, detail, detail.startsWith('named') ? 1 : 5));
}
