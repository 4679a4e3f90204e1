import assert from 'node:assert/strict';
import {
  effective,
  type LdapChoices,
  load,
  type MemoryFile,
  memoryFiles,
  type SetupOptions,
  setupLdap,
} from '../../src/index.js';

/** Plans of the setup, decided from trees of many habits: what they come to, that nothing is left to do then, and what is refused. */

const entry = '/etc/prosody/prosody.cfg.lua';
const avail = '/etc/prosody/conf.avail';
type Tree = Readonly<Record<string, MemoryFile>>;

const choices: LdapChoices = {
  servers: ['ldaps://dc1.corp.example'],
  bindName: 'CORP\\svc',
  password: { kind: 'text', value: 'p"w\\1' },
  base: 'OU=Staff,DC=corp,DC=example',
  guests: true,
};

const host = `VirtualHost "meet.example"
    authentication = "jitsi-anonymous" -- do not delete me
    modules_enabled = { "bosh"; "websocket" }

Component "conference.meet.example" "muc"

VirtualHost "auth.meet.example"
    authentication = "internal_hashed"
`;
const main = 'admins = { } -- nobody\n\nVirtualHost "localhost"\n\nInclude "conf.d/*.cfg.lua"\n';

const layouts: Readonly<Record<string, { tree: Tree; file: string }>> = {
  "Debian's": {
    tree: {
      [entry]: main,
      [`${avail}/meet.cfg.lua`]: host,
      '/etc/prosody/conf.d/meet.cfg.lua': { link: '../conf.avail/meet.cfg.lua' },
    },
    file: `${avail}/ldap.cfg.lua`,
  },
  'conf.d alone': { tree: { [entry]: main, '/etc/prosody/conf.d/meet.cfg.lua': host }, file: '/etc/prosody/conf.d/ldap.cfg.lua' },
  'an Include that is missing': {
    tree: { [entry]: `admins = { }\n\n${host}`, '/etc/prosody/conf.d/README': 'x' },
    file: '/etc/prosody/conf.d/ldap.cfg.lua',
  },
  'one file': { tree: { [entry]: `admins = { }\n\n${host}` }, file: '/etc/prosody/ldap.cfg.lua' },
  'Windows line ends': {
    tree: { [entry]: `admins = { }\r\n\r\n${host.replaceAll('\n', '\r\n')}` },
    file: '/etc/prosody/ldap.cfg.lua',
  },
};

describe('setupLdap', () => {
  for (const [name, { tree, file }] of Object.entries(layouts))
    for (const way of ['ldap', 'ldap2'] as const)
      for (const prosody of ['0.12', '13.0'] as const)
        it(`${name}, ${way}, ${prosody}: settings in ${file}, and nothing to do the second time`, () => {
          const after = planned(tree, { ...choices, way }, { prosody });
          assert.equal(valueOf(after, 'meet.example', 'authentication'), way);
          assert.equal(valueOf(after, 'guest.meet.example', 'authentication'), 'jitsi-anonymous');
          assert.equal(valueOf(after, 'auth.meet.example', 'authentication'), 'internal_hashed');
          for (const option of ['consider_bosh_secure', 'consider_websocket_secure'])
            assert.equal(valueOf(after, '*', option), true);
          assert.ok(
            String(after[file]).includes(way === 'ldap' ? 'ldap_password = "p\\"w\\\\1"' : 'bind_password = "p\\"w\\\\1";'),
          );
          for (const again of [{ ...choices, way }, {}]) {
            const plan = setupLdap(memoryFiles(after), entry, again, { prosody });
            assert.deepEqual([plan.ok, plan.files, plan.links, plan.removes], [true, [], [], []]);
            assert.deepEqual(
              plan.steps.filter(step => step.status === 'todo' || step.status === 'refused'),
              [],
            );
          }
          // all that was there is there still
          for (const [path, before] of Object.entries(tree)) {
            if (typeof before !== 'string') continue;
            const lines = String(after[path]).split('\n');
            assert.deepEqual(
              before.split('\n').filter(line => !lines.includes(line) && !line.includes('jitsi-anonymous')),
              [],
            );
          }
        });

  it('works on a tree that is named from the working folder on', () => {
    const tree = { 'etc/prosody/prosody.cfg.lua': main, 'etc/prosody/conf.d/meet.cfg.lua': host, 'etc/prosody/conf.avail/x': '' };
    const plan = setupLdap(memoryFiles(tree), 'etc/prosody/prosody.cfg.lua', choices);
    assert.ok(plan.ok, JSON.stringify(plan.steps, null, 1));
    assert.ok(plan.files.some(({ file }) => file === 'etc/prosody/conf.avail/ldap.cfg.lua'));
    assert.deepEqual(plan.links, [{ path: 'etc/prosody/conf.d/ldap.cfg.lua', target: '../conf.avail/ldap.cfg.lua' }]);
  });

  it('links a file that waits in conf.avail, and changes only what differs', () => {
    const waiting =
      '-- ours\nldap_server = "ldaps://old.example" -- the old one\nldap_base = "OU=Staff,DC=corp,DC=example"\nldap_rootdn = "CORP\\\\svc"\nldap_password = "x" -- secret\nldap_filter = "(uid=$user)"\nauthentication = "ldap"\n';
    const { tree } = layouts["Debian's"]!;
    const after = planned({ ...tree, [`${avail}/ldap.cfg.lua`]: waiting }, { servers: choices.servers! });
    assert.equal(after[`${avail}/ldap.cfg.lua`], waiting.replace('ldaps://old.example', 'ldaps://dc1.corp.example'));
    assert.deepEqual(after['/etc/prosody/conf.d/ldap.cfg.lua'], { link: '../conf.avail/ldap.cfg.lua' });
    // its global provider is not for the others
    assert.equal(valueOf(after, 'auth.meet.example', 'authentication'), 'internal_hashed');
    assert.equal(valueOf(after, 'localhost', 'authentication'), 'internal_hashed');
  });

  it('changes a table below the host where it stands', () => {
    const own = host.replace(
      '    modules',
      '    ldap = { hostname = "ldaps://a.example"; bind_dn = "CN=a,DC=b"; bind_password = "x"; -- here\n      user = { basedn = "OU=x,DC=y"; usernamefield = "uid"; filter = "(a=b)" } }\n    modules',
    );
    const after = planned({ [entry]: own }, { way: 'ldap2', base: 'OU=z,DC=y' });
    assert.ok(String(after[entry]).includes(own.slice(own.indexOf('ldap = {'), own.indexOf('OU=x'))));
    assert.match(String(after[entry]), /basedn = "OU=z,DC=y"; usernamefield = "uid"; filter = "\(a=b\)"/);
  });

  it('keeps the people of ldap2 when its host goes over to mod_auth_ldap', () => {
    const before = planned({ [entry]: host }, { ...choices, way: 'ldap2', filter: '(department=x)' });
    const after = planned(before, { way: 'ldap' });
    assert.equal(valueOf(after, 'meet.example', 'authentication'), 'ldap');
    assert.match(String(valueOf(after, 'meet.example', 'ldap_filter')), /sAMAccountName=\$user.*department=x/);
    assert.equal(valueOf(after, 'meet.example', 'ldap_password'), 'p"w\\1');
  });

  it('lets the password stand in a file of its own, or be a credential (13.0)', () => {
    const { tree } = layouts["Debian's"]!;
    const file = planned(
      tree,
      { ...choices, password: { kind: 'file', file: 'ldap.secret', value: 'pw-1' } },
      { prosody: '13.0' },
    );
    assert.equal(file['/etc/prosody/ldap.secret'], 'pw-1\n');
    assert.ok(String(file[`${avail}/ldap.cfg.lua`]).includes('ldap_password = FileLine("../ldap.secret")'));
    assert.equal(valueOf(file, 'meet.example', 'ldap_password'), 'pw-1');
    const named = planned(tree, { ...choices, password: { kind: 'credential', name: 'ldap' } }, { prosody: '13.0' });
    assert.ok(String(named[`${avail}/ldap.cfg.lua`]).includes('ldap_password = Credential("ldap")'));
  });

  it('restricts to a group, and to the members of groups in it', () => {
    const group = 'CN=a (b),OU=Groups,DC=corp,DC=example';
    const filter = (more: LdapChoices) => valueOf(planned({ [entry]: host }, { ...choices, group, ...more }), '*', 'ldap_filter');
    assert.match(String(filter({})), /\(memberOf:1\.2\.840\.113556\.1\.4\.1941:=CN=a \\28b\\29,OU/);
    assert.match(String(filter({ nestedGroups: false })), /\(memberOf=CN=a \\28b\\29,OU/);
    assert.equal(
      filter({ attribute: 'uid', filter: 'a=b' }),
      '(&(uid=$user)(&(a=b)(memberOf=CN=a \\28b\\29,OU=Groups,DC=corp,DC=example)))',
    );
  });

  const refusals: readonly (readonly [string, Tree, LdapChoices, RegExp, SetupOptions?])[] = [
    ['no server', { [entry]: host }, { base: 'DC=x' }, /no directory server/],
    ['passwords in the clear', { [entry]: host }, { ...choices, servers: ['ldap://dc1'] }, /in the clear/],
    ['a URL with a base', { [entry]: host }, { ...choices, servers: ['ldaps://dc1/dc=a,dc=b'] }, /server cannot be used/],
    ['ldaps and StartTLS', { [entry]: host }, { ...choices, startTls: true }, /Operations error/],
    ['a short name', { [entry]: host }, { ...choices, bindName: 'svc' }, /service account cannot be used/],
    ['an empty password', { [entry]: host }, { ...choices, password: { kind: 'text', value: '' } }, /password .* is empty/],
    ['no base', { [entry]: host }, { ...choices, base: '' }, /no base DN/],
    ['a base that is none', { [entry]: host }, { ...choices, base: 'Staff' }, /base DN is none/],
    ['a filter that is none', { [entry]: host }, { ...choices, filter: '(a=b' }, /filter cannot be used/],
    ['a filter with a place for the name', { [entry]: host }, { ...choices, filter: '(uid=%s)' }, /place for the name/],
    ['a group that is no DN', { [entry]: host }, { ...choices, group: 'Jitsi-Users' }, /no DN of a group/],
    ['an attribute that is none', { [entry]: host }, { ...choices, attribute: 'a b' }, /login attribute is none/],
    ['a host that is not there', { [entry]: host }, { ...choices, host: 'x.example' }, /no virtual host x\.example/],
    ["the host of Jitsi's services", { [entry]: host }, { ...choices, host: 'auth.meet.example' }, /Jitsi's own services/],
    ['several hosts', { [entry]: 'VirtualHost "a.example"\nVirtualHost "b.example"\n' }, choices, /several hosts/],
    ['the main host for guests', { [entry]: host }, { ...choices, guests: 'meet.example' }, /is the main one/],
    ['a tree that Prosody refuses', { [entry]: `${host}x = = 1\n` }, choices, /would not start/],
    [
      'FileLine in 0.12',
      { [entry]: host },
      { ...choices, password: { kind: 'file', file: 'x', value: 'y' } },
      /0\.12 has no FileLine/,
      { prosody: '0.12' },
    ],
    [
      'a host in code',
      { [entry]: 'local a = "x"\nVirtualHost "m.example"\nif os.getenv("A") then authentication = a end\n' },
      choices,
      /./,
    ],
    ['an authority that is not there', { [entry]: host }, { ...choices, ca: '/x.pem' }, /cannot be read/],
    ['an authority that is none', { [entry]: host, '/x.pem': 'x' }, { ...choices, ca: '/x.pem' }, /no certificate/],
  ];
  for (const [name, tree, asked, message, options] of refusals)
    it(`refuses ${name}, and says what to do`, () => {
      const plan = setupLdap(memoryFiles(tree), entry, asked, options);
      const refused = plan.steps.filter(step => step.status === 'refused');
      assert.ok(!plan.ok);
      assert.deepEqual([plan.files, plan.links, plan.removes], [[], [], []]);
      assert.match(refused[0]!.what, message);
      assert.ok(
        refused.every(({ help }) => help !== null && /[.]$/.test(help)),
        JSON.stringify(refused),
      );
    });

  const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n';
  for (const [name, conf, expected] of [
    ['a line is replaced', '# a\nTLS_CACERT\t/b.pem\nTIMEOUT 3\n', '# a\nTLS_CACERT\t/x.pem\nTIMEOUT 3\n'],
    ['a line is added', 'TIMEOUT 3', "TIMEOUT 3\n# the authority of the directory's certificate\nTLS_CACERT\t/x.pem\n"],
    ['it is so already', 'TLS_CACERT /x.pem\n', 'TLS_CACERT /x.pem\n'],
    ['a new file', undefined, "# the authority of the directory's certificate\nTLS_CACERT\t/x.pem\n"],
  ] as const)
    it(`trusts an authority: ${name}`, () => {
      const tree = { [entry]: host, '/x.pem': pem, ...(conf !== undefined && { '/etc/ldap/ldap.conf': conf }) };
      assert.equal(planned(tree, { ...choices, ca: '/x.pem' })['/etc/ldap/ldap.conf'], expected);
    });

  it('sees which packages are installed', () => {
    const status =
      'Package: lua-ldap\nStatus: install ok installed\n\nPackage: libldap-common\nStatus: deinstall ok config-files\n\n';
    const plan = setupLdap(memoryFiles({ [entry]: host, '/var/lib/dpkg/status': status }), entry, choices);
    assert.deepEqual(plan.packages, ['libldap-common']);
  });
});

/** The tree with a plan done on it. */
function planned(tree: Tree, asked: LdapChoices, options: SetupOptions = {}): Record<string, MemoryFile> {
  const plan = setupLdap(memoryFiles(tree), entry, asked, options);
  assert.ok(plan.ok, JSON.stringify(plan.steps, null, 1));
  const after: Record<string, MemoryFile> = { ...tree };
  for (const { file, after: text } of plan.files) after[file] = text;
  for (const { path, target } of plan.links) after[path] = { link: target };
  return after;
}

function valueOf(tree: Tree, scope: string, option: string): unknown {
  const value = effective(load(memoryFiles(tree), entry), scope, option)?.value;
  // core/usermanager.lua: what a host without the option gets
  return value && 'value' in value ? value.value : option === 'authentication' ? 'internal_hashed' : undefined;
}
