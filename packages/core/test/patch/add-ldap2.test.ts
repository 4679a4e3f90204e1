import assert from 'node:assert/strict';
import { effective, load, type MemoryFile, memoryFiles, type Operation, overlayFiles, type Plan, plan } from '../../src/index.js';

const ENTRY = '/etc/prosody/prosody.cfg.lua';
const MEET =
  'VirtualHost "meet.example.com"\n    authentication = "jitsi-anonymous" -- do not delete me\n    modules_enabled = { "bosh" }\n';
const AUTH = 'VirtualHost "auth.meet.example.com"\n    authentication = "internal_hashed"\n';
const DEBIAN = {
  [ENTRY]: '-- ours\nadmins = { }\n\n-- the hosts\nVirtualHost "localhost"\n\nInclude "conf.d/*.cfg.lua"\n',
  '/etc/prosody/conf.avail/meet.cfg.lua': MEET + AUTH,
  '/etc/prosody/conf.d/meet.cfg.lua': { link: '../conf.avail/meet.cfg.lua' },
};

describe('add.ldap2', () => {
  it("follows Debian's habit: a file in conf.avail and a link", () => {
    const result = run(DEBIAN, { op: 'add.ldap2' });
    assert.equal(
      text(result, ENTRY),
      '-- ours\nadmins = { }\nconsider_bosh_secure = true\n\n-- the hosts\nVirtualHost "localhost"\n\nInclude "conf.d/*.cfg.lua"\n',
    );
    assert.equal(text(result, '/etc/prosody/conf.avail/meet.cfg.lua'), (MEET + AUTH).replace('"jitsi-anonymous"', '"ldap2"'));
    assert.deepEqual(result.links, [{ path: '/etc/prosody/conf.d/ldap.cfg.lua', target: '../conf.avail/ldap.cfg.lua' }]);
    assert.equal(result.files.find(file => file.file.endsWith('/ldap.cfg.lua'))?.secret, true);
  });

  it('done twice it changes nothing', () => {
    for (const tree of [DEBIAN, ONE_FILE, FOLDER, CRLF, TABLE_FORM]) {
      const files = memoryFiles(tree);
      const first = plan(files, ENTRY, [{ op: 'add.ldap2' }]);
      const again = plan(written(tree, first), ENTRY, [{ op: 'add.ldap2' }]);
      assert.deepEqual([again.ok, again.files, again.links, again.outcomes[0]?.status], [true, [], [], 'already']);
    }
  });

  it('Prosody would use it, and the accounts of the services stay', () => {
    for (const tree of [DEBIAN, ONE_FILE, FOLDER, CRLF, TABLE_FORM, WAITING]) {
      const before = load(memoryFiles(tree), ENTRY);
      const after = load(written(tree, run(tree, { op: 'add.ldap2' })), ENTRY);
      const value = (host: string, name: string) => effective(after, host, name)?.value;
      assert.deepEqual(after.errors, []);
      assert.equal((value('meet.example.com', 'authentication') as { value?: string }).value, 'ldap2');
      assert.equal(value('meet.example.com', 'ldap')?.kind, 'table');
      assert.equal((value('*', 'consider_bosh_secure') as { value?: boolean }).value, true);
      const auth = (configuration: typeof after) =>
        effective(configuration, 'auth.meet.example.com', 'authentication')?.value as { value?: string } | undefined;
      assert.equal(auth(after)?.value, auth(before)?.value ?? (tree === WAITING ? 'internal_hashed' : undefined));
    }
  });

  it('a table that waits is linked, not written again', () => {
    const result = run(WAITING, { op: 'add.ldap2' });
    assert.deepEqual(result.links, [{ path: '/etc/prosody/conf.d/ours.cfg.lua', target: '../conf.avail/ours.cfg.lua' }]);
    assert.ok(!result.files.some(file => file.before === null));
  });

  it('line ends stay', () => {
    for (const file of run(CRLF, { op: 'add.ldap2' }).files) assert.ok(!/[^\r]\n/.test(file.after), file.file);
  });

  it('WebSocket has a switch of its own', () => {
    const tree = { [ENTRY]: 'admins = { }\nmodules_enabled = { "bosh"; "websocket" }\nVirtualHost "meet.example.com"\n' };
    assert.match(
      text(run(tree, { op: 'add.ldap2' }), ENTRY),
      /\nconsider_bosh_secure = true\nconsider_websocket_secure = true\n/,
    );
  });

  for (const [title, tree, operation, code, words] of REFUSALS()) {
    it(`refused: ${title}`, () => {
      const result = plan(memoryFiles(tree), ENTRY, [operation]);
      assert.equal(result.ok, false);
      assert.deepEqual([result.files, result.links], [[], []]);
      assert.equal(result.outcomes.at(-1)?.code, code);
      assert.match(result.outcomes.at(-1)!.why, words);
    });
  }
});

const ONE_FILE = { [ENTRY]: `admins = { }\n\n${MEET}\n${AUTH}` };
const FOLDER = { [ENTRY]: 'admins = { }\nInclude "conf.d/*.cfg.lua"\n', '/etc/prosody/conf.d/meet.cfg.lua': MEET + AUTH };
const CRLF = Object.fromEntries(
  Object.entries(DEBIAN).map(([path, file]) => [path, typeof file === 'string' ? file.replaceAll('\n', '\r\n') : file]),
);
const TABLE_FORM = {
  [ENTRY]:
    'admins = { }\nVirtualHost "meet.example.com" {\n  modules_enabled = { "bosh" };\n}\nVirtualHost("auth.meet.example.com")\n',
};
const WAITING = {
  ...DEBIAN,
  '/etc/prosody/conf.avail/meet.cfg.lua': `${MEET}VirtualHost "auth.meet.example.com"\n    ssl = { }\n`,
  '/etc/prosody/conf.avail/ours.cfg.lua': 'authentication = "ldap2"\nldap = { hostname = "dc1" }\n',
};

function REFUSALS(): readonly (readonly [string, Record<string, MemoryFile>, Operation, string, RegExp])[] {
  return [
    [
      'two hosts that people log in to',
      { [ENTRY]: 'VirtualHost "a.example"\nVirtualHost "b.example"\n' },
      { op: 'add.ldap2' },
      'ambiguous',
      /a\.example, b\.example/,
    ],
    ['no host', { [ENTRY]: 'admins = { }\nVirtualHost "localhost"\n' }, { op: 'add.ldap2' }, 'not-found', /no virtual host/],
    ['an unknown host', DEBIAN, { op: 'add.ldap2', host: 'x.example' }, 'not-found', /x\.example/],
    ["the accounts of Jitsi's services", DEBIAN, { op: 'add.ldap2', host: 'auth.meet.example.com' }, 'protected', /focus, jvb/],
    [
      'a file that is not Lua',
      { [ENTRY]: 'admins = = 1\nVirtualHost "meet.example.com"\n' },
      { op: 'add.ldap2' },
      'parse-error',
      /not valid Lua/,
    ],
    [
      'a provider set by code',
      { [ENTRY]: 'ldap = { }\nVirtualHost "meet.example.com"\nif ENV_X then authentication = "token" end\n' },
      { op: 'add.ldap2' },
      'dynamic',
      /may not run/,
    ],
  ];
}

function run(tree: Record<string, MemoryFile>, operation: Operation): Plan {
  const result = plan(memoryFiles(tree), ENTRY, [operation]);
  assert.equal(result.ok, true, result.outcomes.at(-1)?.why);
  return result;
}

function text(result: Plan, file: string): string {
  return result.files.find(planned => planned.file === file)?.after ?? '';
}

function written(tree: Record<string, MemoryFile>, { files, links }: Plan) {
  const changes = new Map<string, MemoryFile>(files.map(file => [file.file, file.after]));
  for (const link of links) changes.set(link.path, { link: link.target });
  return overlayFiles(memoryFiles(tree), changes);
}
