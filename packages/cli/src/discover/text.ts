import type { Discovery, Population, PortFact } from '@prosodist/directory';
import type { Context } from '../context.js';
import { visible, wrap } from '../visible.js';

const KINDS: Readonly<Record<NonNullable<Discovery['rootDse']>['kind'], string>> = {
  'active-directory': 'Active Directory',
  samba: "Samba's Active Directory",
  openldap: 'OpenLDAP',
  freeipa: 'FreeIPA',
  '389ds': '389 Directory Server',
  lldap: 'LLDAP',
  other: 'an LDAP server of a kind that is not known',
};
/** Units and groups that are printed; JSON has all that were found. */
const MOST = 10;

/** What was discovered, as people read it: what is there, what stands in the way, and what to write. */
export function discoveryText(found: Discovery, context: Context): string {
  const { colours, secrets } = context;
  const say = (text: string) => visible(secrets.hide(text));
  const title = (text: string) => colours.bold(text);
  const blocks = [
    [title(`Directory ${say(found.asked)}`), ...whatItIs(found, say)],
    found.records.some(({ values, problem }) => values.length > 0 || problem !== null)
      ? [
          title('DNS'),
          ...found.records.flatMap(({ name, values, problem }) =>
            problem !== null
              ? [`  ${say(name)}: ${colours.yellow(say(problem))}`]
              : values.map(value => `  ${say(name)}  ${say(value)}`),
          ),
        ]
      : [],
    ...found.servers.map(({ host, ports }) => [
      title(`Server ${say(host)}`),
      ...ports.flatMap(port => portLines(port, context, say)),
    ]),
    found.population ? [title('Users'), ...populationLines(found.population, say)] : [],
    found.problems.flatMap(({ text, help }) => [
      ...wrap(`${say(text)}`, context.width - 2).map((line, index) =>
        index === 0 ? `${colours.yellow('!')} ${line}` : `  ${line}`,
      ),
      ...(help === '' ? [] : wrap(say(help), context.width - 4).map(line => `    ${colours.dim(line)}`)),
    ]),
    ...proposalBlocks(found, context, say),
  ];
  return `${blocks
    .filter(block => block.length > 0)
    .map(block => block.join('\n'))
    .join('\n\n')}\n`;
}

function whatItIs({ rootDse, domain, boundAs }: Discovery, say: (text: string) => string): string[] {
  if (!rootDse) return [];
  const { kind, vendor, contexts, defaultContext } = rootDse;
  return [
    `  ${KINDS[kind]}${vendor === null ? '' : ` (${say(vendor)})`}${domain === null ? '' : `, domain ${say(domain)}`}`,
    `  holds ${say(defaultContext ?? contexts.join('; '))}`,
    `  looked at ${boundAs === null ? 'without an account' : `as ${say(boundAs)}`}`,
  ];
}

function portLines(
  { port, mode, usable, text, certificate }: PortFact,
  { colours }: Context,
  say: (text: string) => string,
): string[] {
  const name = { plain: 'LDAP', starttls: 'StartTLS', tls: 'LDAPS' }[mode];
  const mark = usable ? colours.green('+') : colours.dim('-');
  const lines = [`  ${mark} ${String(port).padEnd(5)} ${name.padEnd(8)} ${say(text)}`];
  if (certificate) {
    lines.push(
      `      certificate for ${say(certificate.names.join(', '))}, until ${certificate.validTo.slice(0, 10)}, by ${say(certificate.issuer)}`,
    );
    if (!usable) lines.push(...certificate.faults.map(fault => `      ${colours.red(say(fault))}`));
  }
  return lines;
}

function populationLines({ users, more, units, attributes, groups }: Population, say: (text: string) => string): string[] {
  const rest = (count: number) => (count > MOST ? [`  … and ${count - MOST} more`] : []);
  return [
    `  ${users}${more ? ' or more' : ''} found`,
    ...units
      .slice(0, MOST)
      .map(
        unit =>
          `  ${String(unit.users).padStart(6)}  ${say(unit.dn)}${unit.enabled < unit.users ? ` (${unit.enabled} enabled)` : ''}${unit.builtIn ? ' (made by the system)' : ''}`,
      ),
    ...rest(units.length),
    ...attributes.map(
      ({ name, filled, shared, unusable }) =>
        `  ${name}: ${filled} of ${users} have it${shared > 0 ? `, ${shared} share a value` : ''}${unusable > 0 ? `, ${unusable} have one that Prosody cannot take` : ''}`,
    ),
    ...(groups.length > 0
      ? [
          '  groups:',
          ...groups.slice(0, MOST).map(group => `  ${String(group.members).padStart(6)}  ${say(group.dn)}`),
          ...rest(groups.length),
        ]
      : []),
  ];
}

function proposalBlocks({ proposal }: Discovery, { colours, width }: Context, say: (text: string) => string): string[][] {
  if (!proposal) return [];
  const { settings, reasons, lua } = proposal;
  const indented = (text: string) =>
    say(text.trimEnd())
      .split('\n')
      .map(line => `    ${line}`);
  return [
    [
      colours.bold('Settings to use'),
      ...reasons.flatMap(({ field, text }) => {
        const value = settings[field];
        return [
          `  ${colours.cyan(field)} = ${value === null ? 'none' : say(String(value))}`,
          ...wrap(say(text), Math.max(30, width - 6)).map(line => `      ${colours.dim(line)}`),
        ];
      }),
    ],
    [colours.bold('For mod_auth_ldap, in the VirtualHost (part of Prosody, answers every fault)'), ...indented(lua.ldap)],
    [colours.bold('For mod_auth_ldap2, in the VirtualHost (of prosody-modules)'), ...indented(lua.ldap2)],
  ];
}
