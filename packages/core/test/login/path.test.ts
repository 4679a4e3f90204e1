import assert from 'node:assert/strict';
import {
  type FileFact,
  type LoginPath,
  lint,
  loginOf,
  loginPath,
  type MachineFacts,
  mechanismsOffered,
  memoryFiles,
  type PathInput,
  type PathState,
  type PathStep,
  RULES,
  SETTING_RULES,
  STATION_RULES,
} from '@prosodist/core';

const HOST = 'meet.example.com';
const HEAD =
  'modules_enabled = { "bosh"; "websocket"; "saslauth"; "tls" }\nconsider_bosh_secure = true\nconsider_websocket_secure = true\n';
const LDAP = `    authentication = "ldap"
    ldap_server = "ldaps://dc1.corp.example"
    ldap_rootdn = "CN=svc,OU=Services,DC=corp,DC=example"
    ldap_password = "Geheim-77"
    ldap_base = "OU=Staff,DC=corp,DC=example"
    ldap_filter = "(sAMAccountName=$user)"
`;

const NO_MACHINE: MachineFacts = {
  root: '/',
  packages: null,
  lua: null,
  modules: null,
  libraries: null,
  account: null,
  files: [],
  saslauthd: null,
  services: null,
};

function pathOf(text: string, more: Partial<PathInput> = {}): LoginPath {
  const files = memoryFiles({ 'prosody.cfg.lua': text });
  const { configuration, findings } = lint(files, 'prosody.cfg.lua', { prosody: '13.0' });
  const login = loginOf(configuration, HOST);
  const offered = mechanismsOffered(configuration, login, { transport: 'bosh', secure: false });
  return loginPath({ configuration, host: HOST, findings, login, offered, machine: null, steps: null, rehearsal: null, ...more });
}

/** `g` for green and so on, in the order of the stations. */
function colours({ stations }: LoginPath): string {
  return stations.map(({ state }) => ({ green: 'g', amber: 'a', red: 'r', grey: '-' })[state]).join('');
}

function step(verdict: PathStep['verdict'], found: string): PathStep {
  return {
    step: 'bind',
    server: 'ldaps://dc1:636',
    verdict,
    did: 'bound',
    found,
    prosodyLogs: null,
    userSees: null,
    help: 'Do this.',
    settings: [],
  };
}

describe('the way of a login', () => {
  it('every rule that it places is one, and stands at one station', () => {
    const names = [...Object.values(STATION_RULES).flat(), ...SETTING_RULES];
    assert.deepEqual(
      names.filter(name => !RULES.some(rule => rule.name === name)),
      [],
    );
    assert.equal(new Set(names).size, names.length);
  });

  const cases: readonly [title: string, text: string, more: Partial<PathInput>, expected: string][] = [
    ['nothing asked', `${HEAD}VirtualHost "${HOST}"\n${LDAP}`, {}, 'gggg--'],
    ['the directory says yes', `${HEAD}VirtualHost "${HOST}"\n${LDAP}`, { steps: [step('ok', 'good')] }, 'gggggg'],
    ['the directory says no', `${HEAD}VirtualHost "${HOST}"\n${LDAP}`, { steps: [step('error', 'bad')] }, 'ggggrr'],
    ['a doubt of the directory', `${HEAD}VirtualHost "${HOST}"\n${LDAP}`, { steps: [step('warning', 'slow')] }, 'ggggaa'],
    ['a missing setting', `${HEAD}VirtualHost "${HOST}"\n    authentication = "ldap"\n`, {}, 'gggr-r'],
    ['no such host', `${HEAD}VirtualHost "other.example"\n${LDAP}`, {}, 'g-rg-r'],
    ['another provider', `${HEAD}VirtualHost "${HOST}"\n    authentication = "internal_hashed"\n`, {}, 'gggg--'],
    [
      'the broken settings of a directory that is not asked',
      `${HEAD}ldap_base = "DC=corp;DC=example"\nldap_filter = "(uid=$user"\nVirtualHost "${HOST}"\n    authentication = "internal_hashed"\n`,
      {},
      'gggg--',
    ],
    ['no web', `modules_enabled = { "saslauth"; "tls" }\nVirtualHost "${HOST}"\n${LDAP}`, {}, 'gagg--'],
    [
      'bosh that is not taken for secure',
      `modules_enabled = { "bosh"; "saslauth"; "tls" }\nVirtualHost "${HOST}"\n${LDAP}`,
      {},
      'gaag--',
    ],
  ];
  for (const [title, text, more, expected] of cases) it(title, () => assert.equal(colours(pathOf(text, more)), expected));

  it('what Prosody refuses is red at Prosody, and nothing behind it is known', () => {
    const path = pathOf(`${HEAD}VirtualHost "${HOST}"\n${LDAP}x = {`);
    assert.equal(path.first?.station, 'prosody');
    assert.equal(path.stations.at(-1)!.state, 'red');
  });

  it('a finding of another host, or of another matter, does not count', () => {
    const other = `VirtualHost "b.example"\n    authentication = "ldap"\n`;
    const path = pathOf(`${HEAD}turn_external_host = turn\nVirtualHost "${HOST}"\n${LDAP}${other}`);
    assert.equal(colours(path), 'gggg--');
    assert.ok(path.elsewhere >= 2, String(path.elsewhere));
  });

  it('the first cause is that of the first red station, though another is worse later', () => {
    const path = pathOf(`${HEAD}VirtualHost "${HOST}"\n${LDAP}`, {
      machine: { ...NO_MACHINE, services: [{ name: 'prosody', running: false, since: null }] },
      steps: [step('error', 'bad')],
    });
    assert.equal(path.first?.station, 'prosody');
    assert.match(path.first!.cause.text, /Prosody does not run/);
    assert.deepEqual(path.edges.map(({ state }) => state).slice(2), ['grey', 'red', 'grey'] satisfies PathState[]);
  });

  it('no value is a secret', () => {
    const path = pathOf(`${HEAD}VirtualHost "${HOST}"\n${LDAP}`);
    assert.ok(!JSON.stringify(path).includes('Geheim-77'));
    const settings = path.stations.find(({ station }) => station === 'directory')!.settings;
    assert.ok(settings.some(({ name, value }) => name === 'ldap_password' && value === '•••'));
  });

  const file: FileFact = {
    path: '/etc/prosody/prosody.cfg.lua',
    purpose: 'configuration',
    exists: true,
    owner: 'root',
    group: 'prosody',
    mode: 0o640,
    readable: true,
    open: false,
    changed: 5_000_000,
  };
  const machines: readonly [title: string, facts: Partial<MachineFacts>, station: string, state: PathState, text: RegExp][] = [
    [
      'a configuration newer than Prosody',
      { files: [file], services: [{ name: 'prosody', running: true, since: 1_000_000 }] },
      'prosody',
      'amber',
      /was changed after/,
    ],
    [
      'one that is older',
      { files: [file], services: [{ name: 'prosody', running: true, since: 6_000_000 }] },
      'prosody',
      'green',
      /defined/,
    ],
    [
      'one that Prosody may not read',
      { files: [{ ...file, readable: false }] },
      'prosody',
      'red',
      /may not read .*\(640 root:prosody\)/,
    ],
    ['no user', { account: { user: 'prosody', exists: false, groups: [] } }, 'prosody', 'red', /no user prosody/],
    [
      'a library for another Lua',
      {
        lua: { version: '5.4', from: 'x' },
        libraries: [{ name: 'lualdap', module: 'auth_ldap', path: null, versions: ['5.1'], debian: 'lua-ldap' }],
      },
      'module',
      'red',
      /only for Lua 5\.1/,
    ],
    [
      'a key that Prosody may not read',
      { files: [{ ...file, purpose: 'key', readable: false }] },
      'prosody',
      'amber',
      /may not read/,
    ],
  ];
  for (const [title, facts, name, state, text] of machines)
    it(`the machine: ${title}`, () => {
      const path = pathOf(`${HEAD}VirtualHost "${HOST}"\n${LDAP}`, { machine: { ...NO_MACHINE, ...facts } });
      const station = path.stations.find(each => each.station === name)!;
      assert.equal(station.state, state);
      assert.match(station.checks[0]!.text, text);
    });
});
