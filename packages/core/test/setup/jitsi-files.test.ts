import assert from 'node:assert/strict';
import { memoryFiles, setupLdap } from '../../src/index.js';

/** The edits of Jitsi's own files: exact, only what is wanted, and none where the file cannot be followed. */

const entry = '/etc/prosody/prosody.cfg.lua';
const tree = {
  [entry]:
    'VirtualHost "m.example"\n authentication = "jitsi-anonymous"\n modules_enabled = { "bosh" }\nVirtualHost "auth.m.example"\n authentication = "internal_hashed"\n',
};
const choices = {
  servers: ['ldaps://d.example'],
  bindName: 'a@example',
  password: { kind: 'text', value: 'x' },
  base: 'DC=a',
  guests: true,
} as const;

const block = 'authentication {\n    enabled: true\n    type: XMPP\n    login-url: "m.example"\n  }\n';

/** A file, its text, the text after; null where it is only told what to write. */
const cases: readonly (readonly [name: string, file: string, before: string, after: string | null])[] = [
  ['a block of its own', 'jicofo/jicofo.conf', 'jicofo {\n  xmpp { a: 1 }\n}\n', `jicofo {\n  ${block}  xmpp { a: 1 }\n}\n`],
  [
    'a block behind a comment',
    'jicofo/jicofo.conf',
    '# x\njicofo: { # y\n  a: 1\n}\n',
    `# x\njicofo: { # y\n  ${block}  a: 1\n}\n`,
  ],
  [
    'lines below all',
    'jicofo/jicofo.conf',
    'jicofo.a: 1',
    'jicofo.a: 1\njicofo.authentication.enabled: true\njicofo.authentication.type: XMPP\njicofo.authentication.login-url: "m.example"\n',
  ],
  [
    'values that differ',
    'jicofo/jicofo.conf',
    'jicofo {\n authentication: {\n  enabled: false // x\n  type = JWT\n  login-url: old.example\n }\n}\n',
    'jicofo {\n authentication: {\n  enabled: true // x\n  type = XMPP\n  login-url: "m.example"\n }\n}\n',
  ],
  [
    'a line that is missing',
    'jicofo/jicofo.conf',
    'jicofo {\n authentication {\n  enabled = yes\n  type: "XMPP"\n }\n}\n',
    'jicofo {\n authentication {\n  login-url: "m.example"\n  enabled = yes\n  type: "XMPP"\n }\n}\n',
  ],
  ['all there', 'jicofo/jicofo.conf', `jicofo {\n  ${block}}\n`, `jicofo {\n  ${block}}\n`],
  ['an include', 'jicofo/jicofo.conf', 'include "x.conf"\njicofo { a: 1 }\n', null],
  ['a template', 'jicofo/jicofo.conf', 'jicofo {\n {{ if .Env.X }}\n a: 1\n {{ end }}\n}\n', null],
  ['the old properties', 'jicofo/sip-communicator.properties', 'a=b', 'a=b\norg.jitsi.jicofo.auth.URL=XMPP:m.example\n'],
  [
    'old properties that differ',
    'jicofo/sip-communicator.properties',
    'org.jitsi.jicofo.auth.URL = XMPP:x\na=b\n',
    'org.jitsi.jicofo.auth.URL=XMPP:m.example\na=b\n',
  ],
  [
    'the commented example',
    'meet/m.example-config.js',
    "var config = {\n  hosts: {\n    domain: 'm.example',\n    // anonymousdomain: 'guest.example.com',\n    muc: 'x'\n  }\n};\n",
    "var config = {\n  hosts: {\n    domain: 'm.example',\n    anonymousdomain: 'guest.m.example',\n    muc: 'x'\n  }\n};\n",
  ],
  [
    'no example',
    'meet/other-config.js',
    "var config = {\r\n\thosts: {\r\n\t\tdomain: 'm.example'\r\n\t}\r\n};\r\n",
    "var config = {\r\n\thosts: {\r\n\t\tanonymousdomain: 'guest.m.example',\r\n\t\tdomain: 'm.example'\r\n\t}\r\n};\r\n",
  ],
  [
    'another guest host',
    'meet/m.example-config.js',
    'var config = { hosts: { domain: "m.example", anonymousdomain: "x.example" } };',
    'var config = { hosts: { domain: "m.example", anonymousdomain: "guest.m.example" } };',
  ],
  ['code around it', 'meet/m.example-config.js', 'var config = make();\n', null],
];

describe("setupLdap and Jitsi's files", () => {
  for (const [name, file, before, after] of cases)
    it(`${file}: ${name}`, () => {
      const path = `/etc/jitsi/${file}`;
      const plan = setupLdap(memoryFiles({ ...tree, [path]: before }), entry, choices, { jitsi: true });
      assert.ok(plan.ok);
      const written = plan.files.find(planned => planned.file === path)?.after ?? before;
      assert.equal(written, after ?? before);
      const step = plan.steps.find(one => one.step === 'jitsi')!;
      assert.equal(step.status, after === null ? 'told' : after === before ? 'done' : 'todo');
      if (after === null) assert.match(step.what, /cannot be followed/);
    });

  it('leaves the config.js of another domain alone', () => {
    const path = '/etc/jitsi/meet/x.example-config.js';
    const plan = setupLdap(memoryFiles({ ...tree, [path]: "var config = { hosts: { domain: 'x.example' } };" }), entry, choices, {
      jitsi: true,
    });
    assert.ok(plan.files.every(({ file }) => file !== path));
    assert.match(plan.steps.find(one => one.step === 'jitsi')!.help!, /anonymousdomain: 'guest\.m\.example'/);
  });

  it('shows the edits, and leaves the files alone unless they are asked for', () => {
    const path = '/etc/jitsi/jicofo/jicofo.conf';
    const plan = setupLdap(memoryFiles({ ...tree, [path]: 'jicofo {\n  a: 1\n}\n' }), entry, choices);
    assert.ok(plan.files.every(({ file }) => file !== path));
    assert.deepEqual(plan.services, ['prosody']);
    const step = plan.steps.find(one => one.step === 'jitsi')!;
    assert.deepEqual([step.status, step.shown.map(({ after }) => after)], ['told', [`jicofo {\n  ${block}  a: 1\n}\n`]]);
  });
});
