import { type Command, Option } from 'commander';
import type { Runs } from './program-changes.js';

/** `prosodist setup`: whole jobs as one plan. */
export function addSetup(
  addWriting: (name: string, description: string, parent?: Command) => Command,
  add: (name: string, description: string) => Command,
  runs: Runs,
  noEntry: string,
): void {
  const setup = add('setup', 'Do a whole job as one plan that is shown first; `setup ldap` is one.');
  addWriting('ldap', 'Let the people of a directory log in to a virtual host, by one plan that is shown first.', setup)
    .argument('[entry]', noEntry)
    .addOption(
      new Option('--way <way>', 'the module: ldap is part of Prosody, ldap2 of prosody-modules').choices(['ldap', 'ldap2']),
    )
    .option('--host <name>', 'the virtual host that people log in to (default: found in the tree)')
    .option('--server <server>', 'ldaps://dc1.example.com, as its certificate names it (repeatable)', collect)
    .option('--start-tls', 'ask for TLS on a connection that begins in the clear (ldap://)')
    .option('--bind-name <name>', 'the account that searches: a DN, user@domain or DOMAIN\\user')
    .option('--password-file <file>', "a file whose first line is that account's password; - reads standard input")
    .addOption(
      new Option('--secret-file <file>', '13.0: let the password stand in this file, beside the settings').conflicts(
        'credential',
      ),
    )
    .option('--credential <name>', '13.0: take the password from this credential of the service manager')
    .option('--base <dn>', 'the container with the people: OU=Staff,DC=example,DC=com')
    .option('--login-attribute <name>', 'the attribute with the name that people type (default: sAMAccountName)')
    .option('--filter <filter>', 'who of them may log in (default for Active Directory: people whose account is not disabled)')
    .option('--group <dn>', 'only the members of this group may log in')
    .option('--no-nested', 'not the members of groups in that group')
    .option('--guests [=NAME]', 'a virtual host for guests (NAME only behind =; guest.HOST without one)')
    .option('--no-guests', 'no virtual host for guests')
    .option('--file <file>', 'the file for the settings (default: conf.avail/ldap.cfg.lua, linked)')
    .option('--ca <file>', "the authority of the directory's certificate (PEM), for libldap to trust")
    .option('--allow-plaintext', 'take a connection without TLS: everybody on the way can read the passwords')
    .option('--jitsi', "also write Jitsi's own files: jicofo.conf and config.js; otherwise their edits are shown")
    .option('--install', 'install the packages that are missing (apt-get install)')
    .option('--restart', 'restart Prosody once it is written')
    .option('--login <user>', 'try a login of this person once it is written, as Prosody would do it')
    .option('--login-password-file <file>', 'a file whose first line is the password of that person; - reads standard input')
    .option('--no-discover', 'do not ask the directory what it is')
    .option('--settings <file>', 'take this file, not the nearest prosodist.json')
    .option('--no-settings', 'take no prosodist.json')
    .option('--yes', 'ask nothing: take what is given, found and usual, and write it')
    .addOption(
      new Option('--check', 'only say whether something would change, with exit status 1 if so, else 0').conflicts([
        'write',
        'yes',
      ]),
    )
    .addHelpText('after', EXAMPLES)
    .action(runs(async () => (await import('./commands/setup/ldap.js')).setupLdapCommand));
}

const EXAMPLES = `
In a terminal it asks for what is not given. Examples:
  prosodist setup ldap
  prosodist setup ldap --server ldaps://dc1.corp.example --bind-name prosody@corp.example --password-file secret.txt \\
    --base OU=Staff,DC=corp,DC=example --guests --jitsi --yes
  prosodist setup ldap --check

Exit status: 0 as wanted, or written; 1 something would change, or the login is not granted; 2 wrong use; 3 refused; 4 a file changed meanwhile.`;

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
