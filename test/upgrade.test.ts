import assert from 'node:assert/strict';
import { fixAll, judgeUpgrade, memoryFiles, upgrade } from '@prosodist/core';
import { describeWith } from './support/needing.js';
import { asFileSystem } from './support/ours.js';
import { prosodyLab } from './support/prosody.js';

/** The way back, held against the real Prosodys: what 13.0 has of the tree before, 0.12 has of the tree after. */

const ENTRY = '/etc/prosody/prosody.cfg.lua';
const TREES: Readonly<Record<string, string>> = {
  'appended entries':
    'modules_enabled = {\n  "tls"; -- why\n  "roster";\n}\nmodules_enabled { "bosh" }\nmodules_enabled:append { "websocket", "ping" }\nVirtualHost "example.com"\n  admins = { "a@example.com" }\n  admins { "b@example.com" }\nComponent "muc.example.com" "muc"\n  x_list = { }\n  x_list { "c" }\n',
  'Lua by its new name':
    'x_name = Lua.tostring(5) .. Lua.string.rep("x", 2)\nlocal t = Lua.table.concat({ "a", "b" }, ",")\nx_list = { t }\nVirtualHost "example.com"\n',
};

const older = prosodyLab('0.12');
const newer = prosodyLab('13.0');

describeWith('upgrade --to 0.12 against both Prosodys', 'missing' in older ? older : newer, lab => {
  for (const [title, text] of Object.entries(TREES)) {
    it(title, () => {
      assert.ok(!('missing' in older));
      assert.equal(older.load({ [ENTRY]: text }, ENTRY).ok, false, '0.12 refuses it');
      const fixed = fixAll(memoryFiles({ [ENTRY]: text }), ENTRY, {
        prosody: '0.12',
        judge: (files, configuration) => judgeUpgrade(files, configuration, { to: '0.12' }),
      });
      const after = older.load({ [ENTRY]: fixed.files[0]!.after }, ENTRY);
      assert.equal(after.ok, true, JSON.stringify(after));
      assert.deepEqual(after.config, lab.load({ [ENTRY]: text }, ENTRY).config);
    });
  }
});

for (const [from, to, grave] of [
  ['0.12', '13.0', []],
  // Debian's 13.0 loads what 0.12 has from prosody-modules only
  ['13.0', '0.12', ['moved-module: mod_cloud_notify is no part of Prosody 0.12']],
] as const) {
  describeWith(`Debian's own configuration of ${from}`, prosodyLab(from), lab => {
    it(`has ${grave.length === 0 ? 'nothing' : 'one thing'} that is grave on the way to ${to}`, () => {
      const { findings } = upgrade(asFileSystem(lab.stockTree()), ENTRY, { to });
      assert.deepEqual(
        findings.filter(({ severity }) => severity !== 'info').map(({ rule, message }) => `${rule}: ${message}`),
        grave,
      );
    });
  });
}
