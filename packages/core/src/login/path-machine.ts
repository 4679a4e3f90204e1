import type { FileFact, MachineFacts, ServiceFact } from './machine-facts.js';
import { bad, good, notLooked } from './path-checks.js';
import type { PathCheck, StationName } from './path-types.js';

/** A configuration of the machine's own, written while Prosody started, is no news. */
const GRACE = 2000;

/** What the machine says of each station of a login. */
export function machineChecks(machine: MachineFacts, provider: string): Readonly<Partial<Record<StationName, PathCheck[]>>> {
  return {
    web: webChecks(machine),
    prosody: prosodyChecks(machine),
    module: [...moduleChecks(machine, `auth_${provider}`), ...saslauthdChecks(machine)],
    directory: authorityChecks(machine),
  };
}

function webChecks({ services }: MachineFacts): PathCheck[] {
  if (!services) return [];
  const web = services.find(({ name, running }) => running && (name === 'nginx' || name === 'apache'));
  const jicofo = services.find(({ name }) => name === 'jicofo');
  return [
    ...(web ? [good(`${web.name === 'nginx' ? 'nginx' : 'Apache'} runs`)] : []),
    ...(jicofo?.running ? [good('jicofo runs')] : []),
  ];
}

function prosodyChecks({ root, services, files, packages, account, lua }: MachineFacts): PathCheck[] {
  const installed = packages?.find(({ name, version }) => /^prosody(?:-\d.*)?$/.test(name) && version !== null);
  const service = services?.find(({ name }) => name === 'prosody');
  const closed = files.filter(({ purpose, exists, readable }) => purpose === 'configuration' && exists && readable === false);
  return [
    ...(installed ? [good(`Prosody ${installed.version} is installed${lua ? `; it runs on Lua ${lua.version}` : ''}`)] : []),
    ...(account && !account.exists
      ? [
          bad(
            'red',
            `There is no user ${account.user} on this machine`,
            'Prosody runs as this user and does not start without it.',
            'Install the package prosody, which makes the user, or set prosody_user.',
          ),
        ]
      : []),
    ...closed.map(file => unreadable(file, 'Prosody does not start, or keeps what it read before.')),
    ...(service ? [runs(service, files, root)] : []),
    ...keyChecks(files),
  ];
}

function keyChecks(files: readonly FileFact[]): PathCheck[] {
  return files
    .filter(({ purpose, exists, readable }) => (purpose === 'key' || purpose === 'certificate') && exists && readable === false)
    .map(file => ({
      ...unreadable(file, 'Prosody cannot offer TLS on this host. Logins through the web server work without it.'),
      state: 'amber' as const,
    }));
}

function unreadable({ path, owner, group, mode }: FileFact, why: string): PathCheck {
  const modes = mode === null ? '' : ` (${mode.toString(8)} ${owner}:${group})`;
  return bad('red', `Prosody may not read ${path}${modes}`, why, `Run chgrp prosody ${path} and chmod g+r ${path}.`);
}

function runs({ running, since }: ServiceFact, files: readonly FileFact[], root: string): PathCheck {
  // a system that is only mounted here has its processes elsewhere, or none
  if (!running && root !== '/') return notLooked('whether Prosody runs is not to be seen from here');
  if (!running)
    return bad(
      'red',
      'Prosody does not run',
      'Nobody answers the web server, and no login works.',
      'Start it: systemctl start prosody. If it stops again, read /var/log/prosody/prosody.err.',
    );
  const newer = files.find(
    ({ purpose, changed }) => purpose === 'configuration' && since !== null && changed !== null && changed > since + GRACE,
  );
  if (!newer) return good('Prosody runs, and no file was changed since it started');
  return bad(
    'amber',
    `${newer.path} was changed after Prosody was started`,
    'Prosody still uses what it read then. A reload is not enough: the LDAP modules keep their settings.',
    'Restart it: systemctl restart prosody.',
  );
}

function moduleChecks({ modules, libraries, lua }: MachineFacts, provider: string): PathCheck[] {
  const own = modules?.filter(({ module }) => module === provider) ?? [];
  const files = own.map(({ file, path, hides }) => {
    if (path === null)
      return bad(
        'red',
        `${file} is in none of the folders in which Prosody looks for modules`,
        'The module does not load, and Prosody offers no login: "No available SASL mechanisms".',
        provider === 'auth_ldap'
          ? 'It is part of Prosody since 0.12: update Prosody.'
          : `Install prosody-modules, or name the folder with ${file} in plugin_paths.`,
      );
    if (hides !== null)
      return bad(
        'amber',
        `${path} takes the place of ${hides}`,
        'Prosody loads the first that it finds, which may be an old copy.',
        `Remove ${path}, or its folder from plugin_paths, if you do not need it.`,
      );
    return good(`${file} is there: ${path}`);
  });
  const needs = (libraries ?? []).filter(({ module }) => module === provider);
  return [...files, ...needs.map(library => libraryCheck(library, lua?.version ?? '?'))];
}

function libraryCheck(library: NonNullable<MachineFacts['libraries']>[number], lua: string): PathCheck {
  const { name, path, versions, debian } = library;
  if (path !== null) return good(`the Lua library ${name} is there: ${path}`);
  const other = versions.length > 0 ? `, only for Lua ${versions.join(', ')}` : '';
  return bad(
    'red',
    `The Lua library ${name} is not there for Lua ${lua}${other}`,
    'The module does not load, and Prosody offers no login: "No available SASL mechanisms".',
    `Install it: apt install ${debian}. A rock that luarocks made for another Lua is not seen.`,
    { log: `module '${name}' not found` },
  );
}

function saslauthdChecks({ root, saslauthd, services, account }: MachineFacts): PathCheck[] {
  if (!saslauthd || (saslauthd.passwordCheck !== null && saslauthd.passwordCheck !== 'saslauthd')) return [];
  const service = services?.find(({ name }) => name === 'saslauthd');
  const failing = 'Every login ends in "generic failure".';
  return [
    ...(service && !service.running && root === '/'
      ? [
          bad(
            'red',
            'saslauthd does not run',
            failing,
            'Start it: systemctl enable --now saslauthd (START=yes in /etc/default/saslauthd).',
          ),
        ]
      : []),
    ...(service?.running ? [good('saslauthd runs')] : []),
    ...(saslauthd.reachable === false
      ? [
          bad(
            'red',
            `The user ${account?.user ?? 'prosody'} may not use ${saslauthd.socket}`,
            failing,
            `Run adduser ${account?.user ?? 'prosody'} sasl, and restart Prosody.`,
          ),
        ]
      : []),
    ...(saslauthd.reachable ? [good(`Prosody may use ${saslauthd.socket}`)] : []),
  ];
}

/** What libldap reads has to be readable for Prosody's user: it fails without a word otherwise. */
function authorityChecks({ files }: MachineFacts): PathCheck[] {
  return files
    .filter(
      ({ purpose, exists, readable }) => (purpose === 'authorities' || purpose === 'ldap.conf') && exists && readable === false,
    )
    .map(({ path }) =>
      bad(
        'red',
        `Prosody may not read ${path}`,
        'The LDAP library then trusts no authority and refuses the certificate of the directory.',
        `Run chmod 644 ${path}, and chmod 755 for the folders above it.`,
        { log: "Can't contact LDAP server" },
      ),
    );
}
