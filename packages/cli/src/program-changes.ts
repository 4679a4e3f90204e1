import { Argument, type Command, Option } from 'commander';
import type { GlobalOptions } from './context.js';
import type { Io } from './io.js';

/** Makes the action of a command of a function that is loaded when it runs. */
export type Runs = <Options>(
  load: () => Promise<(io: Io, words: string[], options: Options & GlobalOptions) => Promise<number>>,
) => (this: Command) => Promise<void>;

const SCOPE = 'global, host:NAME or component:NAME';
const VALUE = 'as Lua writes it: \'"text"\', 5, true, \'{ "a"; "b" }\', \'Credential("name")\'; - reads it from standard input';
const ITEM = 'as Lua writes it: \'"text"\'';

/** The commands that change a configuration by operations; each is one of the library's. */
export function addChanges(addWriting: (name: string, description: string) => Command, runs: Runs, noEntry: string): void {
  const add = (name: string, description: string, examples: readonly string[]) =>
    addWriting(name, `${description}; prints a diff unless --write is given.`)
      .addOption(
        new Option(
          '--check',
          'only say whether something would change, with exit status 1 if so, else 0; no diff unless --diff is given',
        ).conflicts('write'),
      )
      .option('--settings <file>', 'take this file, not the nearest prosodist.json')
      .option('--no-settings', 'take no prosodist.json')
      .addHelpText(
        'after',
        `\nExamples:\n${examples.map(example => `  ${example.includes('prosodist ') ? example : `prosodist ${example}`}`).join('\n')}\n\n${STATUSES}`,
      );
  const entry = (command: Command) => command.argument('[entry]', noEntry);
  const file = (command: Command, what: string) =>
    command.option('--file <file>', `the file that ${what}, if it is not there yet`);
  const placement = (command: Command, what: string) =>
    command
      .addOption(new Option(`--after <${what}>`, `put it behind this one, if it is not there yet`).conflicts(['before']))
      .option(`--before <${what}>`, 'put it in front of this one, if it is not there yet');
  const scoped = (command: Command, option: string) => command.argument('<scope>', SCOPE).argument('<option>', option);

  file(
    placement(
      entry(
        scoped(
          add('set', 'Give an option a value', [
            'set host:meet.example.com authentication \'"token"\'',
            'set global c2s_require_encryption true --write',
            'set host:meet.example.com ssl.key \'"/etc/prosody/certs/meet.key"\'',
            'set component:focus.example.com component_secret - < secret.lua',
          ]),
          'its name, or the way into its table: ssl.key, external_services[1].port',
        ).argument('<value>', VALUE),
      ),
      'option',
    ),
    'gets the option',
  )
    .addOption(new Option('--only-unset', 'only if it has no value yet').conflicts(['onlySet', 'entries']))
    .addOption(new Option('--only-set', 'only if it has a value already; else refuse').conflicts('entries'))
    .option('--uncomment', 'use a commented line of the option, if there is one')
    .addOption(
      new Option('--entries', 'of a list: change the entries that differ; the others keep place and comment').conflicts([
        'after',
        'before',
        'uncomment',
      ]),
    )
    .action(runs(async () => (await import('./commands/set.js')).set));

  entry(
    scoped(
      add('unset', 'Take an option away', [
        'unset component:focus.example.com component_secret',
        'unset host:meet.example.com ssl.key --check',
      ]),
      'its name, or the way into its table: ssl.key, external_services[1].port',
    ),
  ).action(runs(async () => (await import('./commands/unset.js')).unset));

  const items = (command: Command) =>
    scoped(command, 'name of a list')
      .argument('<item...>', ITEM)
      // what is no value is it; commander has no argument behind those that repeat
      .usage('[options] <scope> <option> <item...> [entry]');
  file(
    placement(
      items(
        add('add', 'Add items to a list', [
          'add global modules_enabled \'"mam"\' \'"smacks"\'',
          'add component:conference.example.com modules_enabled \'"muc_max_occupants"\' --after token_verification',
          'add global admins \'"admin@example.com"\' /etc/prosody/prosody.cfg.lua --write',
        ]),
      ),
      'item',
    ).addOption(new Option('--first', 'put it in front of all, if it is not there yet').conflicts(['after', 'before'])),
    'gets the list',
  )
    .option('--uncomment', 'use a commented entry of the list, if there is one')
    .option('--remark <text>', 'a comment behind each new entry')
    .action(runs(async () => (await import('./commands/add.js')).add));
  items(
    add('remove', 'Take items out of a list', [
      'remove global modules_enabled \'"register"\'',
      'remove host:meet.example.com modules_enabled \'"polls"\' --comment --write',
    ]),
  )
    .option('--comment', 'leave the entry as a comment')
    .option('--drop-empty', 'take the option away with its last entry')
    .action(runs(async () => (await import('./commands/remove.js')).remove));

  const section = (command: Command) =>
    file(entry(command.argument('<name>', 'its name')), 'gets it')
      .option('--option <name=value>', 'an option that it has; one that it has already stays (repeatable)', collect)
      .option('--after <name>', 'put it behind this host or component, if it is not there yet');
  section(
    add('host', 'Have a virtual host', [
      'host guest.meet.example.com --after meet.example.com --option \'authentication = "anonymous"\'',
      'host meet.example.com --check',
    ]),
  ).action(runs(async () => (await import('./commands/host.js')).host));
  section(
    add('component', 'Have a component', [
      'component conference.example.com --module muc --option \'storage = "memory"\'',
      'component focus.example.com --module client_proxy --replace-module --write',
    ]),
  )
    .option('--module <name>', 'the module that it is of')
    .option('--replace-module', 'give a component that is there this module instead of its own')
    .action(runs(async () => (await import('./commands/component.js')).component));
  entry(
    add('rename-host', 'Give a virtual host or component another name', ['rename-host meet.example.com video.example.com --refs'])
      .argument('<name>', 'its name now')
      .argument('<to>', 'its new name'),
  )
    .option('--refs', 'also what is named after it: hosts below it, addresses, certificates, its own file and link')
    .action(runs(async () => (await import('./commands/rename-host.js')).renameHost));
  entry(
    add('remove-host', 'Take a virtual host or component away', ['remove-host lobby.example.com --refs']).argument(
      '<name>',
      'its name',
    ),
  )
    .option('--refs', 'also the options and list entries that are its name')
    .action(runs(async () => (await import('./commands/remove-host.js')).removeHost));

  entry(
    add('include', 'Have an Include of a file or folder', ["include 'conf.d/*.cfg.lua' --write"]).argument(
      '<pattern>',
      'as Include has it: conf.d/*.cfg.lua',
    ),
  )
    .option('--file <file>', 'the file that includes it (default: the main file)')
    .action(runs(async () => (await import('./commands/include.js')).include));
  const available = 'a file of conf.avail; .cfg.lua may be left out';
  entry(
    add('enable', 'Link a file of conf.avail into conf.d', ['enable meet.example.com --write']).argument('<name>', available),
  ).action(runs(async () => (await import('./commands/enable.js')).enable));
  entry(
    add('disable', 'Take the link to a file of conf.avail out of conf.d', ['disable meet.example.com --write']).argument(
      '<name>',
      available,
    ),
  ).action(runs(async () => (await import('./commands/disable.js')).disable));

  entry(scoped(add('comment', 'Make a comment of an option', ['comment global plugin_paths --write']), 'its name')).action(
    runs(async () => (await import('./commands/comment.js')).comment),
  );
  entry(
    scoped(
      add('uncomment', 'Make an option of its comment', ['uncomment component:lobby.example.com muc_lobby_whitelist']),
      'its name',
    ),
  ).action(runs(async () => (await import('./commands/uncomment.js')).uncomment));

  entry(
    add('migrate', 'Move settings to what takes their place', [
      'migrate ldap2-to-ldap',
      'migrate ldap2-to-ldap --host meet.example.com --write',
    ]).addArgument(
      new Argument('<what>', 'ldap2-to-ldap: from mod_auth_ldap2 to mod_auth_ldap of Prosody itself').choices(['ldap2-to-ldap']),
    ),
  )
    .option('--host <name>', 'this virtual host only (default: all that use ldap2)')
    .action(runs(async () => (await import('./commands/migrate.js')).migrate));

  entry(
    add('patch', 'Do a list of operations: all of them, or none', [
      'patch -f operations.json /etc/prosody',
      'echo \'[{"op": "set", "scope": "global", "name": "use_ipv6", "value": true}]\' | prosodist patch -f - --check',
    ]).requiredOption('-f, --file <operations>', 'JSON file with the operations; - reads standard input'),
  ).action(runs(async () => (await import('./commands/patch.js')).patch));
}

const STATUSES = `Exit status: 0 as wanted, or written; 1 something would change; 2 wrong use; 3 refused; 4 a file changed meanwhile.`;

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
