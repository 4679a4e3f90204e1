import { effective, hosts, listEntries, openReason } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn, providerOf } from '../support/hosts.js';
import { textOf } from '../support/ldap-table.js';
import { type System, systemOf } from '../support/system.js';

export const missingLdapLibrary: Rule = {
  name: 'missing-ldap-library',
  severity: 'error',
  summary: 'The module for LDAP, or a library that it needs, is not on this machine.',
  fixable: 'never',
  source:
    'plugins/mod_auth_ldap.lua:4, prosody-modules ldap.lib.lua:246 and sasl_cyrus.lua:17 (require); util/pluginloader.lua; CHANGES of 0.12',
  since: '0.1.0',
  check: {
    configuration(context) {
      const system = systemOf(context);
      // the places are those of a Debian machine; where Prosody itself is not seen, nothing else is looked for
      if (!system?.whole || system.names(MODULES).length === 0) return;
      const folders = pluginFolders(context, system);
      for (const host of hosts(context.configuration)) {
        const provider = isOn(host) ? providerOf(context, host.name) : undefined;
        const needs = provider === undefined ? undefined : NEEDS[provider];
        const option = effective(context.configuration, host.name, 'authentication');
        if (!needs || !option) continue;
        const missing = folders && missingModule(system, folders, needs);
        const lacksLibrary = !hasLibrary(system, needs.library);
        if (!missing && !lacksLibrary) continue;
        context.report({
          message: missing ? `${missing} is not on this machine` : `the Lua library ${needs.library} is not on this machine`,
          why: `Prosody cannot load the module and offers no way to log in to \`${host.name}\`: "No available SASL mechanisms".`,
          help: missing ? `${needs.install}.` : `Install it: apt install ${needs.debian}.`,
          at: option.setting.valueOrigin,
        });
      }
    },
  },
};

interface Needs {
  readonly modules: readonly string[];
  readonly library: string;
  readonly debian: string;
  readonly install: string;
}

const MODULES = '/usr/lib/prosody/modules';
const NEEDS: Readonly<Record<string, Needs>> = {
  ldap: {
    modules: ['mod_auth_ldap'],
    library: 'lualdap',
    debian: 'lua-ldap',
    install: 'It is part of Prosody since 0.12: update Prosody',
  },
  ldap2: {
    modules: ['mod_auth_ldap2', 'ldap.lib'],
    library: 'lualdap',
    debian: 'lua-ldap',
    install:
      'Install both from prosody-modules: apt install prosody-modules, or prosodyctl install mod_auth_ldap2 and mod_lib_ldap',
  },
  cyrus: {
    modules: ['mod_auth_cyrus'],
    library: 'cyrussasl',
    debian: 'lua-cyrussasl',
    install: 'It left Prosody in 0.12: apt install prosody-modules, or prosodyctl install mod_auth_cyrus',
  },
};

/** Where Prosody looks for modules; `undefined` where an option that says so is not known. */
function pluginFolders({ configuration }: RuleContext, system: System): string[] | undefined {
  const option = effective(configuration, '*', 'plugin_paths');
  const installer = effective(configuration, '*', 'installer_plugin_path');
  const entries = option?.value.kind === 'table' && !openReason(option.value) ? listEntries(option.value) : [];
  const paths = entries.map(entry => textOf(entry.value));
  const custom = installer ? textOf(installer.value) : '/var/lib/prosody/custom_plugins';
  if ((option && (option.value.kind !== 'table' || paths.length === 0)) || [...paths, custom].some(path => path === undefined))
    return undefined;
  const own = [...(paths as string[]), custom!, MODULES];
  // relative ones are below a folder that is not known here
  if (own.some(path => !path.startsWith('/') || system.isDenied(path))) return undefined;
  return own
    .flatMap(path => [path, ...['5.4', '5.3', '5.2', '5.1'].map(version => `${path}/share/lua/${version}`)])
    .filter(path => system.names(path).length > 0);
}

/** util/pluginloader.lua: the file itself, or a folder of the module's name with the file in it. */
function missingModule(system: System, folders: readonly string[], { modules }: Needs): string | undefined {
  const has = (name: string) => {
    const file = `${name}.lua`;
    return folders.some(folder =>
      system
        .names(folder)
        .some(entry => entry === file || (/^mod_/.test(entry) && system.names(`${folder}/${entry}`).includes(file))),
    );
  };
  const missing = modules.find(name => !has(name));
  return missing && (missing === 'ldap.lib' ? 'ldap.lib.lua, which mod_auth_ldap2 needs,' : missing);
}

/** Lua's paths for compiled libraries on Debian, for any version of Lua. */
function hasLibrary(system: System, library: string): boolean {
  const roots = ['/usr/lib', '/usr/local/lib', '/usr/lib64'];
  const triplets = system.names('/usr/lib').filter(name => /-linux-/.test(name));
  const folders = [...roots, ...triplets.map(name => `/usr/lib/${name}`)];
  return folders.some(folder => {
    const versions = system.names(`${folder}/lua`);
    return versions.some(version => system.names(`${folder}/lua/${version}`).some(name => name === `${library}.so`));
  });
}
