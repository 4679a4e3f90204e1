import assert from 'node:assert/strict';
import { compareModules, type HostModules, load, loadedModules, memoryFiles } from '../../src/index.js';

/** The modules of the hosts of a configuration, and the lines of what they come from. */
function read(text: string, environment?: Readonly<Record<string, string>>) {
  const options = { prosody: '13.0', ...(environment ? { environment } : {}) } as const;
  const configuration = load(memoryFiles({ '/p.cfg.lua': text }), '/p.cfg.lua', options);
  assert.deepEqual(configuration.errors, []);
  return configuration;
}

const modulesOf = (text: string, environment?: Readonly<Record<string, string>>) => loadedModules(read(text, environment));

const names = (host: HostModules) => new Set(host.modules.map(module => module.name));

describe('the modules of a host', () => {
  it('say every place that asks for them', () => {
    const text =
      'modules_enabled = { "ping"; "c2s" }\nVirtualHost "a.example"\nmodules_enabled = { "ping" }\nauthentication = "ldap2"';
    const [host] = modulesOf(text);
    const sources = (name: string) =>
      host!.modules
        .find(module => module.name === name)!
        .sources.map(source => (source.kind === 'option' ? text.slice(source.origin.start, source.origin.end) : source.kind));
    assert.deepEqual(sources('ping'), ['"ping"', '"ping"']);
    assert.deepEqual(sources('c2s'), ['always', '"c2s"']);
    assert.deepEqual(sources('auth_ldap2'), ['"ldap2"']);
    assert.deepEqual(sources('authz_internal'), ['default']);
  });

  it('say what takes one away', () => {
    const [host] = modulesOf('modules_enabled = { "ping" } modules_disabled = { "ping"; "bosh" } VirtualHost "a.example"');
    assert.deepEqual(
      host!.disabled.map(({ name, by }) => [name, by.option]),
      [['ping', 'modules_disabled']],
    );
  });

  it('say what is not read', () => {
    const [host] = modulesOf('VirtualHost "a.example" modules_enabled = { "a"; b; "c"; d = true; ["e"] = "f"; {} }');
    assert.deepEqual(
      host!.unread.map(({ name, reason }) => `${name} ${reason}`),
      ['c behind a gap', 'd has a key', 'f has a key', 'null behind a gap'],
    );
  });

  it('of a reading with errors are those that are known', () => {
    const configuration = load(
      memoryFiles({ '/p.cfg.lua': 'VirtualHost "a.example"\nmodules_enabled = { "ping"\n' }),
      '/p.cfg.lua',
    );
    assert.equal(configuration.ok, false);
    const [host] = loadedModules(configuration);
    assert.ok(host!.unknown.some(module => module.name === null));
  });
});

describe('modules that nobody can know', () => {
  const texts: Readonly<Record<string, string>> = {
    'an entry': 'VirtualHost "a.example" modules_enabled = { "roster"; ENV_X; "ping" }',
    'an entry with a default': 'VirtualHost "a.example" modules_enabled = { "roster"; ENV_X or "time"; "ping" }',
    'a global entry': 'modules_enabled = { "roster"; ENV_X; "ping" } VirtualHost "a.example" Component "b.example" "muc"',
    'an entry of what is disabled': 'modules_enabled = { "tls" } modules_disabled = { ENV_X } VirtualHost "a.example"',
    'a list':
      'local list = { "roster" } if ENV_X then list = { "ping"; "roster" } end modules_enabled = list VirtualHost "a.example"',
    'whether there is a list': 'VirtualHost "a.example" if ENV_X then modules_enabled = { "ping" } end',
    'whether there is a list of disabled ones': 'VirtualHost "a.example" if ENV_X then modules_disabled = { "s2s" } end',
    'whether a list is one': 'local x = { "ping" } if ENV_X then x = "ping" end VirtualHost "a.example" modules_enabled = x',
    'two lists':
      'local a, b = { "ping" }, { "time" } modules_enabled = ENV_X and a or b VirtualHost "a.example" modules_enabled = ENV_X and b or a',
    'a list that grows': 'local x = { "ping" } if ENV_X then x[2] = ENV_X end VirtualHost "a.example" modules_enabled = x',
    'a provider': 'authentication = ENV_X storage = ENV_X VirtualHost "a.example" authorization = ENV_X',
    'one of two providers': 'authentication = "ldap2" VirtualHost "a.example" if ENV_X then authentication = "anonymous" end',
    anonymous_login: 'VirtualHost "a.example" anonymous_login = ENV_X ~= nil',
    'storage for some': 'storage = { accounts = ENV_X; archive = "sql" } VirtualHost "a.example"',
    'the default of storage': 'default_storage = ENV_X VirtualHost "a.example"',
    'the module of a component': 'Component "a.example" component_module = ENV_X or "muc"',
    'whether it is a component':
      'VirtualHost "a.example" if ENV_X then component_module = "muc" end modules_enabled = { "ping" }',
    'whether it is enabled': 'VirtualHost "a.example" enabled = ENV_X == nil',
    'whether it is there': 'VirtualHost "b.example" if ENV_X then VirtualHost "a.example" end',
    vcard_legacy: 'VirtualHost "a.example" modules_enabled = { "vcard"; ENV_X and "vcard_legacy" }',
  };
  for (const [what, text] of Object.entries(texts)) {
    it(`${what}: what is said holds whatever it is`, () => {
      const ours = modulesOf(text);
      assert.ok(ours.some(host => host.unknown.length > 0 || host.enabled === null || host.doubt !== null));
      for (const environment of [{}, { X: 'tls' }, { X: 's2s' }, { X: 'vcard_legacy' }, { X: 'null' }, { X: 'roster' }]) {
        for (const their of modulesOf(text, environment as Record<string, string>)) {
          const host = ours.find(one => one.host === their.host)!;
          assert.deepEqual([their.unknown, their.failure], [[], null]);
          const perhaps = new Map(host.unknown.map(module => [module.name, module.role]));
          const open = new Set(host.unknown.filter(module => module.name === null).map(module => module.role));
          if (host.enabled !== null)
            for (const name of names(host)) assert.ok(names(their).has(name), `${JSON.stringify(environment)}: no ${name}`);
          for (const { name, role } of their.modules)
            assert.ok(names(host).has(name) || perhaps.has(name) || open.has(role), `${JSON.stringify(environment)}: ${name}`);
          for (const { name } of host.disabled) assert.ok(!names(their).has(name), `${JSON.stringify(environment)}: ${name}`);
        }
      }
    });
  }
});

describe('a change of modules', () => {
  const changes = (before: string, after: string) =>
    compareModules(read(before), read(after)).map(({ host, kind, modules }) => [
      host,
      kind,
      modules.filter(module => module.role === 'module').map(module => `${module.kind} ${module.name}`),
    ]);

  it('is none where only the text changes', () => {
    const before = 'modules_enabled = { "ping"; "time" } VirtualHost "a.example"';
    assert.deepEqual(changes(before, 'VirtualHost "a.example" modules_enabled = { "time"; "ping"; "c2s" }'), []);
  });

  it('reaches every host from the global section', () => {
    const hosts = 'VirtualHost "a.example" modules_enabled = { "bosh" } VirtualHost "b.example" Component "c.example" "muc"';
    assert.deepEqual(changes(`modules_enabled = { "ping" } ${hosts}`, `modules_enabled = { "time"; "tls" } ${hosts}`), [
      ['a.example', 'changed', ['lost ping', 'gained time', 'gained tls']],
      ['b.example', 'changed', ['lost ping', 'gained time', 'gained tls']],
      ['c.example', 'changed', ['gained tls']],
    ]);
  });

  it('is uncertain where one side is', () => {
    const host = 'VirtualHost "a.example"';
    assert.deepEqual(changes(`modules_enabled = { "ping"; "time" } ${host}`, `modules_enabled = { "ping"; ENV_X } ${host}`), [
      ['a.example', 'changed', ['uncertain time']],
    ]);
    const same = `modules_enabled = { "ping"; ENV_X; "time" } ${host}`;
    assert.deepEqual(changes(same, same), []);
  });

  it('is all of a host that comes, goes or is disabled', () => {
    const kinds = (before: string, after: string) =>
      compareModules(read(before), read(after)).map(({ host, kind }) => `${host} ${kind}`);
    const [a, b] = ['VirtualHost "a.example"', 'VirtualHost "b.example"'];
    assert.deepEqual(kinds(a, `${a} ${b}`), ['b.example added']);
    assert.deepEqual(kinds(`${a} ${b}`, a), ['b.example removed']);
    assert.deepEqual(kinds(`${a} ${b}`, `${a} ${b} enabled = false`), ['b.example changed']);
  });
});
