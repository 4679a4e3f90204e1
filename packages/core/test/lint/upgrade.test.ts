import assert from 'node:assert/strict';
import { findOption, fixAll, judgeUpgrade, memoryFiles, type ProsodyVersion, upgrade } from '../../src/index.js';

const ENTRY = '/etc/prosody/prosody.cfg.lua';

interface Case {
  readonly to: ProsodyVersion;
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  /** `rule:line` of everything that is told, in its order. */
  readonly told: readonly string[];
  /** What the safe fixes make of it; absent where they change nothing. */
  readonly after?: string;
  /** And what they leave. */
  readonly left?: readonly string[];
}

const HOST = 'VirtualHost "example.com"\n';
const CORE = 'modules_enabled = { "tls" }\n';

const CASES: Readonly<Record<string, Case>> = {
  'a tree that both read alike': { to: '13.0', text: `${CORE}c2s_timeout = 300\n${HOST}`, told: [] },
  'and back': { to: '0.12', text: `${CORE}c2s_timeout = 300\n${HOST}`, told: [] },
  'what is wrong in both is no matter of the version': {
    to: '13.0',
    text: `${CORE}admins = { "a" }\nc2s_require_encrption = true\n${HOST}`,
    told: [],
  },
  'a period in words': { to: '0.12', text: `${CORE}c2s_timeout = "1d"\n${HOST}`, told: ['wrong-option-type:2'] },
  'an option that does nothing any more': {
    to: '13.0',
    text: `${CORE}daemonize = false\n${HOST}`,
    told: ['deprecated-option:2'],
  },
  'a module that is empty': {
    to: '13.0',
    text: `modules_enabled = { "tls"; "posix" }\n${HOST}`,
    told: ['deprecated-module:1'],
    after: `modules_enabled = { "tls" }\n${HOST}`,
    left: [],
  },
  'appended entries': {
    to: '0.12',
    text: `modules_enabled = {\n    "tls"; -- why\n}\nmodules_enabled { "bosh"; "websocket" }\n${HOST}`,
    told: ['load-error:4'],
    after: `modules_enabled = {\n    "tls"; -- why\n    "bosh";\n    "websocket";\n}\n${HOST}`,
    left: [],
  },
  'appended by its method, in a host': {
    to: '0.12',
    text: `${CORE}${HOST}    admins = { "a@example.com" }\n    admins:append { "b@example.com" }\n`,
    told: ['load-error:4'],
    after: `${CORE}${HOST}    admins = { "a@example.com"; "b@example.com" }\n`,
    left: [],
  },
  'appended twice': {
    to: '0.12',
    text: `modules_enabled = { "tls" }\nmodules_enabled { "bosh" }\nmodules_enabled { "websocket" }\n${HOST}`,
    told: ['load-error:2', 'load-error:3'],
    after: `modules_enabled = { "tls"; "bosh"; "websocket" }\n${HOST}`,
    left: [],
  },
  'appended with a comment, which nobody throws away unasked': {
    to: '0.12',
    text: `modules_enabled = { "tls" }\nmodules_enabled {\n  "bosh"; -- for the web\n}\n${HOST}`,
    told: ['load-error:2'],
  },
  'appended by a value that is computed': {
    to: '0.12',
    text: `modules_enabled = { "tls" }\nlocal more = { "bosh" }\nmodules_enabled(more)\n${HOST}`,
    told: ['load-error:3'],
  },
  'Lua by its new name': {
    to: '0.12',
    text: `${CORE}plugin_server = Lua.os.getenv("X") or Lua.tostring(1)\n${HOST}`,
    told: ['load-error:2'],
    after: `${CORE}plugin_server = os.getenv("X") or tostring(1)\n${HOST}`,
    left: [],
  },
  'Lua by its old name': { to: '13.0', text: `${CORE}x_home = os.getenv("HOME")\n${HOST}`, told: ['bare-lua-name:2'] },
  'functions of 13.0': {
    to: '0.12',
    text: `${CORE}${HOST}ssl = { password = FileLine "/etc/prosody/key.txt" }\n`,
    files: { '/etc/prosody/key.txt': 'x\n' },
    told: ['load-error:3'],
  },
  'an option read back': {
    to: '13.0',
    text: `${CORE}authentication = "internal_plain"\nx_copy = authentication\n${HOST}`,
    told: ['changed-value:3'],
  },
  'an option that nobody reads any more': {
    to: '13.0',
    text: `modules_enabled = { "tls" }\ndeny_user_invites_by_roles = { }\n${HOST}`,
    told: ['removed-option:2'],
  },
  'a module that has come into Prosody': {
    to: '13.0',
    text: `modules_enabled = { "tls", "cloud_notify" }\n${HOST}`,
    told: ['moved-module:1'],
  },
  'and out of it': { to: '0.12', text: `modules_enabled = { "tls", "cloud_notify" }\n${HOST}`, told: ['moved-module:1'] },
  'admins who were owners of rooms': {
    to: '13.0',
    text: `${CORE}admins = { "focus@auth.example.com" }\n${HOST}Component "muc.example.com" "muc"\n`,
    told: ['changed-default:4'],
    after: `${CORE}admins = { "focus@auth.example.com" }\n${HOST}Component "muc.example.com" "muc"\n    component_admins_as_room_owners = true\n`,
    left: [],
  },
  'rooms without admins': { to: '13.0', text: `${CORE}${HOST}Component "muc.example.com" "muc"\n`, told: [] },
  'rooms that say it': {
    to: '13.0',
    text: `${CORE}admins = { "a@example.com" }\n${HOST}Component "muc.example.com" "muc"\n    component_admins_as_room_owners = true\n`,
    told: [],
  },
  'what a comment hides': {
    to: '13.0',
    text: `${CORE}daemonize = false -- prosodist: ignore[deprecated-option] also for 0.12\n${HOST}`,
    told: [],
  },
};

describe('upgrade', () => {
  for (const [title, { to, text, files = {}, told, after = text, left = told }] of Object.entries(CASES)) {
    it(`to ${to}: ${title}`, () => {
      const tree = memoryFiles({ ...files, [ENTRY]: text });
      const lines = (findings: ReturnType<typeof upgrade>['findings'], of: string) =>
        findings.map(({ rule, at }) => `${rule}:${of.slice(0, at.start).split('\n').length}`);
      const { findings } = upgrade(tree, ENTRY, { to });
      assert.deepEqual(lines(findings, text), told, findings.map(({ message }) => message).join('\n'));
      for (const { why, help } of findings) for (const said of [why, help]) assert.match(said, /\S.*[.…]$/, said);
      const judge = (...[changed, configuration]: Parameters<NonNullable<Parameters<typeof fixAll>[2]>['judge'] & {}>) =>
        judgeUpgrade(changed, configuration, { to });
      const fixed = fixAll(tree, ENTRY, { prosody: to, judge });
      assert.equal(fixed.files[0]?.after ?? text, after);
      assert.equal(fixed.stopped, null);
      assert.deepEqual(lines(fixed.after.findings, after), left);
    });
  }

  it('knows the defaults that the catalogue has from the sources', () => {
    for (const [version, value] of [
      ['0.12', true],
      ['13.0', false],
    ] as const)
      assert.deepEqual(findOption('component_admins_as_room_owners', version)?.default, { literal: value });
  });

  it('puts no secret into what it says', () => {
    const text = `${CORE}component_secret = "tr0ub4dor"\nx_secret = component_secret\n${HOST}`;
    const { findings } = upgrade(memoryFiles({ [ENTRY]: text }), ENTRY, { to: '13.0' });
    assert.ok(findings.some(({ rule }) => rule === 'changed-value'));
    assert.doesNotMatch(JSON.stringify(findings), /tr0ub/);
  });
});
