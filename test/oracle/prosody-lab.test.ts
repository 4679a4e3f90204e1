import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../support/needing.js';
import { type Lab, prosodyLab, type Tree } from '../support/prosody.js';
import { exampleTree, fixtureTrees } from '../support/trees.js';

const one = (text: string, more: Partial<Tree> = {}): Tree => ({
  files: { 'prosody.cfg.lua': text },
  entry: 'prosody.cfg.lua',
  ...more,
});
const load = (lab: Lab, { files, entry, ...options }: Tree) => lab.load(files, entry, options);

// Each would spoil the ones after it in a process that forgets nothing.
const vandals = [
  'string.format = nil; table.insert = print; os = nil; getmetatable("").__index = { x = 1 }',
  'local m = getmetatable(_G) or {}; setmetatable(package.loaded, { __index = error }); package.path = ""; require = nil',
  'io.stdout:write("{}"); io.write("noise"); io.read("a"); io.stdin:read("a"); x = 1',
  'debug.sethook(function () error("hook") end, "", 100); x = 1',
  'debug.setmetatable(nil, { __index = function () return 1 end }); debug.setmetatable(1, { __call = print }); x = 1',
  'package.loaded["util.paths"] = { resolve_relative_path = function () return "/dev/null" end }; Include "a.lua"',
  'os.setlocale("C"); collectgarbage("stop"); pairs = nil; next = nil; x = { 1 }',
  'VirtualHost "left.example" x = 1 y = function () end',
];

for (const version of ['0.12', '13.0'] as const)
  describeWith(`Prosody ${version} as judge`, prosodyLab(version), lab => {
    it('says what it has in memory, and where', () => {
      const files = {
        'prosody.cfg.lua': 'x = 1.0\ny = ENV_COLOUR\nInclude "/config/*.lua"\nInclude "link.lua"',
        '/config/b.lua': 'b = 1',
        '/config/a.lua': new Uint8Array([...Buffer.from('a = "'), 0xe4, ...Buffer.from('"')]),
        'link.lua': { link: 'conf.avail/target.lua' },
        'conf.avail/target.lua': 'VirtualHost "a.example"',
        empty: { directory: true },
      } as const;
      const dump = lab.load(files, 'prosody.cfg.lua', { env: { COLOUR: 'blau — ü' } });
      assert.deepEqual(dump.config, {
        '*': { a: { $type: 'bytes', hex: 'e4' }, b: 1, x: 1, y: 'blau — ü' },
        'a.example': { defined: true },
      });
      assert.match(dump.text, /"x":1\.0/);
      const names = dump.folders['/config'] ?? [];
      assert.deepEqual(dump.files, [
        ...names.map(name => `/config/${name}`),
        '/etc/prosody/link.lua',
        '/etc/prosody/prosody.cfg.lua',
      ]);
      assert.deepEqual(dump.folders['/etc/prosody/empty'], []);
    });

    it('leaves nothing behind for the next tree', () => {
      lab.load({ 'prosody.cfg.lua': '', 'conf.d/x.lua': 'x = 1', '/config/y.lua': '' }, 'prosody.cfg.lua');
      const dump = lab.load({ 'prosody.cfg.lua': 'Include "conf.d/*.lua"' }, 'prosody.cfg.lua');
      assert.match(dump.err ?? '', /conf\.d/);
    });

    it('a file of Debian makes place for one of the tree, and comes back; the lab keeps its own', () => {
      const text = 'x = io.open("/etc/debian_version"):read("a")';
      const read = (more: Tree['files'] = {}) => lab.load({ 'prosody.cfg.lua': text, ...more }, 'prosody.cfg.lua').config['*']?.x;
      const own = readFileSync(join(lab.tree, 'etc/debian_version'), 'utf8');
      assert.equal(read(), own);
      assert.equal(read({ '/etc/debian_version': 'mine' }), 'mine');
      assert.equal(read(), own);
      assert.equal(readFileSync(join(lab.tree, 'etc/debian_version'), 'utf8'), own);
    });

    it('writes through no link, and makes no folder of what is none', () => {
      assert.throws(() => lab.load({ '/bin/x.lua': '' }, '/bin/x.lua'), /no folder/);
      assert.throws(() => lab.load({ d: { link: '/tmp' }, 'd/x.lua': '' }, 'd/x.lua'), /EEXIST/);
    });

    it('ends what does not end, and survives what ends it', async () => {
      const endless = one('while true do end', { milliseconds: 500 });
      assert.equal(load(lab, endless).level, 'timeout');
      assert.equal(load(lab, one('os.exit()')).level, 'crash');
      const dumps = await lab.loadMany([
        endless,
        one('x = 1'),
        one('os.exit()'),
        one('os.execute("kill -9 $PPID")'),
        one('x = 2'),
      ]);
      assert.deepEqual(
        dumps.map(({ level, config }) => level ?? config['*']?.x),
        ['timeout', 1, 'crash', 'crash', 2],
      );
    }).timeout(60_000);

    it('reads many as it reads each alone', async () => {
      const trees: Tree[] = [
        { files: lab.stockTree(), entry: 'prosody.cfg.lua' },
        ...[exampleTree(), ...fixtureTrees()].map(({ files, entry }) => ({ files, entry })),
        ...vandals.map(text => one(text)),
        one('x = ENV_A', { env: { A: 'a=b\nc' } }),
        one('x = ENV_A .. 1'),
        one('x = Credential "secret"', { credentials: 'warn' }),
        one('x = Credential "secret"'),
      ];
      // In both orders, so that each comes after each kind of mischief.
      const alone = trees.map(tree => load(lab, tree));
      for (const order of [trees.map((_, index) => index), trees.map((_, index) => trees.length - 1 - index)]) {
        const dumps = await lab.loadMany(order.map(index => trees[index]!));
        for (const [at, index] of order.entries())
          assert.equal(dumps[at]?.text, alone[index]?.text, JSON.stringify(trees[index]?.files));
      }
    }).timeout(60_000);

    for (const { name, files, entry } of [exampleTree(), ...fixtureTrees()])
      it(`loads the tree ${name}`, () => {
        const dump = lab.load(files, entry);
        assert.equal(dump.err, null);
        assert.ok(Object.keys(dump.config).length > 1, 'there are hosts');
      });

    it('has prosodyctl, which says of the example what its README quotes', () => {
      const { status, output } = lab.check(exampleTree().files, 'prosody.cfg.lua');
      assert.equal(status, 2);
      const start = output.indexOf('Checking config...');
      assert.ok(String(exampleTree().files['README.md']).includes(output.slice(start).trim()), output);
    });

    it('passes its own configuration', () => {
      assert.deepEqual(lab.check(lab.stockTree(), 'prosody.cfg.lua').status, 0);
      const modules = JSON.parse(lab.modules(lab.stockTree(), 'prosody.cfg.lua')) as { ok: boolean };
      assert.equal(modules.ok, true);
    });
  });
