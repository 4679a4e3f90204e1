import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { patchCases } from '../../core/test/support/patch-cases.js';
import { assertHasLdap } from '../src/commands/migrate.js';
import { luaValue } from '../src/lua-value.js';
import { parseOperations } from '../src/operations.js';
import { prosodist, withCopy, withTree } from './support/run.js';

interface Case {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly status: number;
  readonly tree?: string;
  readonly links?: Readonly<Record<string, string>>;
}

const COMMANDS =
  /^(?:set|unset|add|remove|host|component|include|enable|disable|comment|uncomment|rename-host|remove-host|migrate|patch)(?:-|$)/;
/** What takes something away and puts it back has something to do each time. */
const NOT_SETTLED = /^patch-all/;

const cases = fileURLToPath(new URL('cases', import.meta.url));

describe('a change', () => {
  for (const name of readdirSync(cases).filter(folder => COMMANDS.test(folder) && !NOT_SETTLED.test(folder))) {
    const wanted = JSON.parse(readFileSync(join(cases, name, 'case.json'), 'utf8')) as Case;
    const { argv, stdin = '', status, tree } = wanted;
    const folder = tree === undefined ? join(cases, name, 'tree') : join(cases, '../trees', tree);
    if (status !== 1 || !existsSync(folder)) continue;
    it(`is so once it is written: ${name}`, () =>
      withCopy(folder, async cwd => {
        for (const [path, target] of Object.entries(wanted.links ?? {})) symlinkSync(target, join(cwd, path));
        const plain = argv.filter(word => word !== '--check' && word !== '--format' && word !== 'json');
        const written = await prosodist([...plain, '--write'], { cwd, stdin });
        // what brings in an error is refused when it is written, and the case says so too
        const refused = written.status === 3 && /brings in/.test(written.stderr);
        assert.equal(written.status, refused ? 3 : 0, written.stderr);
        const again = await prosodist([...plain, '--check'], { cwd, stdin });
        assert.equal(again.status, refused ? 3 : 0, again.stderr);
      }));
  }
});

describe('a list of operations', () => {
  const TREE = { 'prosody.cfg.lua': 'VirtualHost "a.example"\n    authentication = "anonymous"\n' };
  const OPERATIONS = [
    { op: 'set', scope: { host: 'b.example' }, name: 'enabled', value: true },
    { op: 'set', scope: { host: 'a.example' }, name: 'authentication', value: 'internal_hashed' },
    { op: 'ensure.component', host: 'a.example', module: 'muc' },
    { op: 'set', scope: { component: 'a.example' }, name: 'enabled', value: true },
  ];
  const stdin = JSON.stringify(OPERATIONS);

  it('is refused with all that is refused in it, and nothing is written', () =>
    withTree(TREE, async cwd => {
      const { status, stdout, stderr } = await prosodist(['patch', '-f', '-', '--write', '.'], { cwd, stdin });
      assert.deepEqual([status, stdout], [3, '']);
      assert.match(stderr, /3 of 4 operations are refused; nothing was written\n/);
      for (const [number, code] of [
        [1, 'not-found'],
        [3, 'scope-conflict'],
        [4, 'wrong-kind'],
      ])
        assert.match(stderr, new RegExp(`^ {2}operation ${number} \\(.*\\): refused \\(${code}\\): `, 'm'));
      assert.equal(readFileSync(join(cwd, 'prosody.cfg.lua'), 'utf8'), TREE['prosody.cfg.lua']);
    }));

  it('tells them in JSON, each with its place in the list, beside what became of the others', () =>
    withTree(TREE, async cwd => {
      const { status, stdout } = await prosodist(['patch', '-f', '-', '--format', 'json', '.'], { cwd, stdin });
      const { changed, outcomes, refusals } = JSON.parse(stdout);
      assert.deepEqual([status, changed], [3, false]);
      assert.deepEqual(
        refusals.map(({ index, code }: { index: number; code: string }) => [index, code]),
        [
          [0, 'not-found'],
          [2, 'scope-conflict'],
          [3, 'wrong-kind'],
        ],
      );
      assert.deepEqual(
        outcomes.map(({ operation, status }: { operation: string; status: string }) => [operation, status]),
        [
          ['set', 'refused'],
          ['set', 'changed'],
          ['ensure.component', 'refused'],
          ['set', 'refused'],
        ],
      );
    }));
});

describe('settings', () => {
  const TREE = {
    'site/main.lua': 'VirtualHost "a.example"\n',
    'prosodist.json': JSON.stringify({ entry: 'site/main.lua', rules: { 'missing-ldap-table': 'off' } }),
    'other.json': JSON.stringify({ entry: 'site/main.lua' }),
  };
  const SET = ['set', 'host:a.example', 'authentication', '"ldap2"', '--check'];

  it('of the tree decide which file is changed and what is an error in it, as for check', () =>
    withTree(TREE, async cwd => {
      const own = await prosodist(SET, { cwd });
      assert.equal(own.status, 1, own.stderr);
      const named = await prosodist([...SET, '--settings', 'other.json'], { cwd });
      assert.equal(named.status, 3, named.stderr);
      assert.match(named.stderr, /\[missing-ldap-table\]/);
      const none = await prosodist([...SET, '--no-settings', 'site/main.lua'], { cwd });
      assert.equal(none.status, 3, none.stderr);
    }));

  it('that are not there are told', () =>
    withTree(TREE, async cwd => {
      const { status, stderr } = await prosodist([...SET, '--settings', 'nowhere.json'], { cwd });
      assert.equal(status, 2);
      assert.match(stderr, /nowhere\.json/);
    }));
});

describe('migrate ldap2-to-ldap', () => {
  it('is refused on a machine with Prosody 0.11, which has no such module', () => {
    assert.doesNotThrow(() => assertHasLdap(undefined));
    assert.throws(() => assertHasLdap('0.11.9-2'), { status: 3, message: /Prosody 0\.11\.9-2 is installed here/ });
  });

  it('is taken back by undo, to the byte', () =>
    withCopy(join(cases, 'migrate/tree'), async cwd => {
      const text = () => readFileSync(join(cwd, 'prosody.cfg.lua'), 'utf8');
      const before = text();
      const { status, stderr } = await prosodist(['migrate', 'ldap2-to-ldap', '--write', '.'], { cwd });
      assert.equal(status, 0, stderr);
      assert.match(text(), /^ldap_server = /m);
      assert.equal((await prosodist(['undo', '--write', '.'], { cwd })).status, 0);
      assert.equal(text(), before);
    }));
});

describe('operations in JSON', () => {
  it('are taken as they are, all that the library has', () => {
    const all = patchCases().map(({ operations }) => operations);
    for (const operations of all) assert.deepEqual(parseOperations(JSON.stringify(operations), 'x'), operations);
  });
});

describe('a value of Lua on the command line', () => {
  const VALUES: readonly (readonly [string, unknown])[] = [
    ['"a"', 'a'],
    ["'it\\'s'", "it's"],
    ['[[a\nb]]', 'a\nb'],
    ['"\\65\\n"', 'A\n'],
    ['"{{ x }}"', '{{ x }}'],
    ['5', 5],
    ['-5', -5],
    ['1.5', 1.5],
    ['0x10', { raw: '0x10' }],
    ['1e3', { raw: '1e3' }],
    [' true ', true],
    ['{}', []],
    ['{ "a"; "b", }', ['a', 'b']],
    ['{ a = 1, ["b c"] = { true } }', { a: 1, 'b c': [true] }],
    ['{{ type = "turn" }}', [{ type: 'turn' }]],
    ['{ "a"; b = 1 }', { raw: '{ "a"; b = 1 }' }],
    ['{ raw = "x" }', { raw: '{ raw = "x" }' }],
    ['{ [1] = "x" }', { raw: '{ [1] = "x" }' }],
    ['{ a = 1, a = 2 }', { raw: '{ a = 1, a = 2 }' }],
    ['60 * 60', { raw: '60 * 60' }],
    ['{ Credential("x") }', [{ raw: 'Credential("x")' }]],
    ['os.getenv "X" or "y"', { raw: 'os.getenv "X" or "y"' }],
    ['ENV_SECRET', { raw: 'ENV_SECRET' }],
  ];
  for (const [text, value] of VALUES)
    it(`is read: ${text}`, () => {
      assert.deepEqual(luaValue(text), { value });
    });

  const FLAWS: readonly (readonly [string, number])[] = [
    ['', 0],
    ['abc', 0],
    ['  abc', 2],
    ['a.b', 0],
    ['nil', 0],
    ['{ 1, x }', 5],
    ['{ [x] = 1 }', 3],
    ['{ 1, ', 0],
    ['"a', 0],
    ['1 2', 2],
    ['1, 2', 3],
    ['1; y = 2', 3],
    ['1 -- x', 2],
    ['os.time()', 0],
    ['print "x"', 0],
    ['function() end', 0],
    ['...', 0],
    ['"a" .. b', 7],
    ['"a"; os.exit()', 5],
    ['/etc/x', 0],
  ];
  for (const [text, offset] of FLAWS)
    it(`is none: ${JSON.stringify(text)}`, () => {
      const read = luaValue(text);
      assert.ok('problem' in read, JSON.stringify(read));
      assert.equal(read.offset, offset, read.problem);
    });
});
