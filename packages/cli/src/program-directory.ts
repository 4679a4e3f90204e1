import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Runs } from './program-changes.js';

/** The commands that look at the directory and at the whole way of a login. */
export function addDirectory(add: (name: string, description: string) => Command, runs: Runs, noEntry: string): void {
  add('doctor', 'Show the way of a login as a picture: configuration, machine and directory, and where it stops.')
    .argument('[path]', noEntry)
    .option('--host <name>', 'the virtual host that people log in to (default: those that ask a directory)')
    .option('--offline', 'do not ask the directory')
    .option('--allow-plaintext', 'send passwords over connections without TLS too')
    .option('--user <name>', 'look this user up in the directory')
    .option('--password-file <file>', "the user's password, to try it once: the first line of a file; - reads standard input")
    .option('--html <file>', 'also write the picture as a page that needs nothing else')
    .option(
      '--root <folder>',
      'where the file system of the machine begins (default: above the etc/prosody of the configuration)',
    )
    .addHelpText('after', DOCTOR)
    .action(runs(async () => (await import('./commands/doctor.js')).doctor));

  add('login', 'Say how a login ends, and where, by doing what Prosody would do.')
    .argument('<user>', 'the name as the user types it')
    .argument('[path]', noEntry)
    .option('--host <name>', 'the virtual host to log in to (default: the one that asks a directory)')
    .addOption(
      new Option('--transport <transport>', 'how the client comes to Prosody (default: bosh)').choices([
        'bosh',
        'websocket',
        'c2s',
      ]),
    )
    .option('--secure', 'the hop that Prosody sees is encrypted')
    .option('--insecure', "it is not, as the one from Jitsi's nginx (the default, but for c2s)")
    .option('--password-file <file>', 'the password: the first line of a file; - reads standard input (default: ask)')
    .option('--allow-plaintext', 'send passwords over connections without TLS too')
    .option('--through-prosody <url>', 'also log in really, through BOSH (https://, http://) or WebSocket (wss://, ws://)')
    .option('--timeout <ms>', 'most milliseconds of one step (default: 5000)', milliseconds)
    .addHelpText('after', LOGIN)
    .action(runs(async () => (await import('./commands/login.js')).loginCommand));

  const directory = add('directory', 'Find out about an LDAP directory.');
  directory
    .command('check')
    .description('Try the settings of a host against its directory, step by step, as Prosody uses them.')
    .helpOption('-h, --help', 'print help')
    .argument('[path]', noEntry)
    .option('--host <name>', 'the virtual host whose settings they are (default: the one that asks a directory)')
    .option('--user <name>', 'look for this user, as Prosody does')
    .option('--password-file <file>', "the user's password, to try it once: the first line of a file; - reads standard input")
    .option('--allow-plaintext', 'send passwords over connections without TLS too')
    .option('--timeout <ms>', 'most milliseconds of one step (default: 5000)', milliseconds)
    .addHelpText('after', CHECK)
    .action(runs(async () => (await import('./commands/directory/check.js')).checkDirectoryCommand));
  directory
    .command('discover')
    .description('Find the servers of a directory, see where its users are, and propose the settings for Prosody.')
    .helpOption('-h, --help', 'print help')
    .argument(
      '<domain>',
      'a domain, a machine, or a server: corp.example.com, dc1.corp.example.com, ldaps://dc1.corp.example.com',
    )
    .option('--bind-name <name>', 'the account to look with: a DN, name@domain or DOMAIN\\name')
    .option('--password-file <file>', "the account's password: the first line of a file; - reads standard input")
    .option('--server <dns>', 'ask this DNS server, an address, not the one of the system')
    .option('--allow-plaintext', 'send the password over a connection without TLS too')
    .addHelpText('after', DISCOVER)
    .action(runs(async () => (await import('./commands/directory/discover.js')).discoverDirectory));
}

/** From a blink to ten minutes. */
function milliseconds(value: string): number {
  if (!/^\d{1,6}$/.test(value) || Number(value) < 10 || Number(value) > 600_000)
    throw new InvalidArgumentError('It is a number of milliseconds from 10 to 600000.');
  return Number(value);
}

const CHECK = `
Nothing is changed. Each account is tried once; without --password-file the user's is not tried at all.

Exit status: 0 no step found an error, 1 one did, 2 wrong use.

Examples:
  prosodist directory check
  prosodist directory check --host meet.example.com --user alice --password-file - < password
  prosodist directory check --format json /etc/prosody`;

const LOGIN = `
Nothing is changed. The service account and the user are tried once each, so a wrong password counts once at the directory, and
once more with --through-prosody. The password is never an argument: other users would see it in the list of processes.

Exit status: 0 the login is granted, 1 it is not or it cannot be told, 2 wrong use.

Examples:
  prosodist login alice
  prosodist login alice --host meet.example.com --password-file - < password
  prosodist login alice --through-prosody https://meet.example.com/http-bind`;

const DOCTOR = `
Exit status: 0 nothing is broken, 1 a login stops somewhere, 2 wrong use.

Examples:
  prosodist doctor
  prosodist doctor --host meet.example.com --html doctor.html
  prosodist doctor --user alice --password-file - < password`;

const DISCOVER = `
Nothing is changed, and the account is tried once. Without one only what the directory shows to everybody is seen.

Exit status: 0 there are settings to propose, 1 there are none, 2 wrong use.

Examples:
  prosodist directory discover corp.example.com
  prosodist directory discover corp.example.com --bind-name prosody@corp.example.com --password-file secret.txt`;
