import { type Configuration, GLOBAL, hosts } from '@prosodist/core';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Place } from '../../place/place.js';
import type { Proposal } from './item.js';
import { type Part, text } from './parts.js';

/** Options that are offered with all that belongs into them. */
export const SNIPPET_OPTIONS: ReadonlySet<string> = new Set(['ldap', 'modules_enabled']);

/** What is written as a whole: a host, a component, an include, the table of ldap2, a list of modules. */
export function snippetsAt(configuration: Configuration, { scope, braces, keys }: Place): Proposal[] {
  const isSet = (name: string) => keys.includes(name) || configuration.sections.get(scope)?.options.has(name) === true;
  const tables = [
    ...(isSet('modules_enabled') ? [] : [snippet('modules_enabled', 'list of modules', modules())]),
    ...(isSet('ldap') ? [] : [snippet('ldap', 'table of ldap2: users in a directory', ldap())]),
  ];
  if (braces) return tables;
  const [host] = hosts(configuration);
  const domain = host?.name ?? 'example.com';
  return [
    ...tables,
    snippet('VirtualHost', 'a virtual host', [
      'VirtualHost ',
      ...text(host ? `guest.${domain}` : domain),
      '\n    ',
      { hole: '' },
    ]),
    snippet('Component', 'a component with a module', [
      'Component ',
      ...text(`conference.${domain}`),
      ' ',
      ...text('muc'),
      '\n    ',
      { hole: '' },
    ]),
    ...(scope === GLOBAL ? [snippet('Include', 'another file', ['Include ', ...text('conf.d/*.cfg.lua')])] : []),
  ];
}

function snippet(label: string, detail: string, parts: readonly Part[]): Proposal {
  return { label, kind: CompletionItemKind.Snippet, text: parts, detail, rank: 0 };
}

function modules(): Part[] {
  return ['modules_enabled = {\n', `    `, ...text('roster'), ';\n}'];
}

function ldap(): Part[] {
  const line = (depth: number, name: string, parts: readonly Part[]): Part[] => [
    `${'    '.repeat(depth)}${name} = `,
    ...parts,
    ';\n',
  ];
  return [
    'ldap = {\n',
    ...line(1, 'hostname', text('ldaps://dc1.example.com')),
    ...line(1, 'bind_dn', text('CN=prosody,CN=Users,DC=example,DC=com')),
    ...line(1, 'bind_password', text('')),
    `    user = {\n`,
    ...line(2, 'basedn', text('CN=Users,DC=example,DC=com')),
    ...line(2, 'usernamefield', text('sAMAccountName')),
    ...line(2, 'filter', text('(objectClass=user)')),
    `    };\n}`,
  ];
}
