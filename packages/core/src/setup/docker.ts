// docker-jitsi-meet makes Prosody's files from environment variables, anew at each start: what is written into them is lost.
import { type Configuration, GLOBAL, listEntries, normalize } from '../evaluate/index.js';
import { type Draft, type Refused, refuse, rewritten } from './draft.js';
import { loginFilter, restriction, USUAL_ATTRIBUTE } from './filters.js';
import type { LdapChoices } from './types.js';

/**
 * Whether a tree is one that docker-jitsi-meet writes: by its place (`.jitsi-meet-cfg/prosody/config`), or by the folders of
 * plugins that only its image has.
 * Source: docker-jitsi-meet, docker-compose.yml and prosody/rootfs/defaults/conf.d/jitsi-meet.cfg.lua.
 */
export function isOfDocker({ entry, sections }: Configuration): boolean {
  const paths = sections.get(GLOBAL)?.options.get('plugin_paths')?.value;
  const plugins =
    paths?.kind === 'table' &&
    listEntries(paths).some(({ value }) => value.kind === 'string' && /^\/prosody-plugins(?:-custom)?\/?$/.test(value.value));
  return plugins || /(?:^|\/)\.jitsi-meet-cfg\/prosody\/config\/[^/]+$/.test(normalize(entry));
}

/** The refusal, with the lines for `.env` that come to the same. */
export function dockerStep({ choices }: Draft): Refused {
  const lines = environmentOf(choices);
  const refused = refuse(
    'settings',
    'this is a configuration of docker-jitsi-meet, which makes it anew at each start from the variables of its `.env`',
    lines === undefined
      ? 'Set ENABLE_AUTH, AUTH_TYPE and the LDAP_ variables there, then `docker compose up -d`. A value with both kinds of quotes cannot be told here.'
      : 'Put the lines shown below into the `.env` beside docker-compose.yml, fill in what is empty, then `docker compose up -d`.',
    'What is written into these files is gone with the next start of the container.',
  );
  return lines === undefined ? refused : { ...refused, shown: [rewritten('.env', null, lines, true)] };
}

/**
 * The lines of `.env` for a directory; undefined where a value cannot be quoted. The image asks by saslauthd: `%u` is the name.
 * Source: docker-jitsi-meet, env.example and prosody/rootfs/defaults/saslauthd.conf (without LDAP_TLS_CHECK_PEER no
 * certificate is checked: the image's ldap.conf says `TLS_REQCERT allow`).
 */
export function environmentOf(choices: LdapChoices): string | undefined {
  const { servers = [], bindName = '', password, base = '' } = choices;
  const attribute = choices.attribute ?? USUAL_ATTRIBUTE;
  const filter = loginFilter(attribute, restriction(attribute, choices)).replace('$user', '%u');
  const secret = password !== undefined && 'value' in password ? (password.value ?? '') : '';
  const variables: readonly (readonly [name: string, value: string])[] = [
    ['ENABLE_AUTH', '1'],
    ...(choices.guests === undefined ? [] : ([['ENABLE_GUESTS', choices.guests === false ? '0' : '1']] as const)),
    ['AUTH_TYPE', 'ldap'],
    ['LDAP_URL', servers.join(' ')],
    ...(choices.startTls ? ([['LDAP_START_TLS', '1']] as const) : []),
    ['LDAP_USE_TLS', '1'],
    ['LDAP_TLS_CHECK_PEER', '1'],
    ...(choices.ca === undefined ? [] : ([['LDAP_TLS_CACERT_FILE', choices.ca]] as const)),
    ['LDAP_BASE', base],
    ...(bindName === ''
      ? []
      : ([
          ['LDAP_BINDDN', bindName],
          ['LDAP_BINDPW', secret],
        ] as const)),
    ['LDAP_FILTER', filter],
  ];
  const quoted = variables.map(([name, value]) => ({ name, text: quote(value) }));
  if (quoted.some(({ text }) => text === undefined)) return undefined;
  return quoted.map(({ name, text }) => `${name}=${text}\n`).join('');
}

/** A value as Docker Compose reads it back: within single quotes everything stands for itself. */
function quote(value: string): string | undefined {
  // nor does a shell that reads the file make anything of these
  if (/^[\w%+,.:/@=-]*$/.test(value)) return value;
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  return /["$\\\r\n]/.test(value) ? undefined : `"${value}"`;
}
