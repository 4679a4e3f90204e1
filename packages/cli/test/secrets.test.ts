import assert from 'node:assert/strict';
import { load, maskRanges, memoryFiles, Secrets } from '@prosodist/core';
import { prosodist, withTree } from './support/run.js';

/** Each with MARKER where the secret is; `other` must stay. */
const SOURCES = [
  'app_secret = "MARKER"; other = "x"',
  "app_secret = 'MARKER'",
  'app_secret = [[MARKER]]',
  'app_secret = [==[\nMARKER\nMARKER]==]\nother = 1',
  'app_secret = MARKER -- other',
  'app_secret = MARKER',
  'app_secret "MARKER"',
  'app_secret == "MARKER"',
  'app_secret: "MARKER"',
  'app_secret = "MARKER',
  'app_secret = ("MARKER")',
  'app_secret = "MARKER" .. "MARKER"',
  'app_secret = os.getenv("OTHER") or "MARKER"',
  'app_secret =\n  "MARKER"',
  'local other = "MARKER"\napp_secret = other',
  'local a = "MARKER"\nlocal b = a .. "MARKER"\napp_secret = b',
  'local function f() return "MARKER" end\napp_secret = f()',
  'for _, other in ipairs({ "MARKER" }) do app_secret = other end',
  'ldap = { bind_password = "MARKER"; other = "x" }',
  'ldap = { ["bind_password"] = "MARKER" }',
  'ldap = { bind_password = MARKER }',
  'external_services = { { type = "turn", secret = "MARKER", other = "x" } }',
  'sql = { driver = "x", password = "MARKER" }',
  'VirtualHost "a.example" { app_secret = "MARKER" }',
  '-- app_secret = "MARKER" other',
  '--app_secret="MARKER"',
  "-- don't forget: app_secret = 'MARKER'",
  '-- was: app_secret = MARKER',
  '--[[ app_secret = "MARKER" ]]',
  '-- app_secret = [[MARKER]]',
  'other = { -- turn_secret = "MARKER",\n}',
  'app_secret = "MARKER"\nother = "x" -- it was MARKER once',
  'app_secret = "MARKER"\nother = "http://me:MARKER@other/"',
  'app_secret = "a\\77ARKER-Marker-7"',
  'app_secret = 12345678901 -- other',
  'if other = then app_secret = "MARKER" end',
  '= = app_secret = "MARKER"',
  'app_secret = { "MARKER" }',
];
const MARKER = 'MARKER-Marker-7';

describe('secrets in a text', () => {
  for (const source of SOURCES) {
    it(JSON.stringify(source), () => {
      const text = source.replaceAll('MARKER', MARKER).replace('\\77ARKER-Marker-7-Marker-7', '\\77ARKER-Marker-7');
      const secrets = new Secrets(false);
      secrets.learn(load(memoryFiles({ 'prosody.cfg.lua': text }), 'prosody.cfg.lua'));
      const masked = maskRanges(text, secrets.rangesIn(text));
      assert.ok(!/MARKER|Marker-7|12345678901/.test(masked), masked);
      assert.equal(masked.split('\n').length, text.split('\n').length);
      for (const word of ['other', 'OTHER', 'app_secret', '-- ']) {
        if (text.includes(word)) assert.ok(masked.includes(word), `${word} is gone: ${masked}`);
      }
    });
  }

  it('leaves alone what is no secret', () => {
    for (const text of [
      'authorization = "internal"\nadmins = { "a@example.com" }',
      'external_services = { { secret = true } }',
      'component_secret = FileContents("/etc/secret")',
      'component_secret = Credential "name"',
      'component_secret = ENV_SECRET',
      'component_secret = os.getenv("SECRET")',
      'app_secret = nil',
      '-- passwords are kept elsewhere',
    ]) {
      const secrets = new Secrets(false);
      secrets.learn(load(memoryFiles({ 'prosody.cfg.lua': text }), 'prosody.cfg.lua'));
      assert.equal(maskRanges(text, secrets.rangesIn(text)), text);
    }
  });
});

describe('secrets in a message', () => {
  const secrets = new Secrets(false);
  secrets.learnOption('secret', 'app_secret');
  secrets.learnOption({ bind_password: 'Long-enough-1' }, 'ldap');

  it('are hidden', () => {
    assert.equal(secrets.hide('near "secret"'), 'near "•••"');
    assert.equal(secrets.hide(`near '"secret'`), `near '"•••'`);
    assert.equal(secrets.hide('`app_secret = "secret"` is set'), '`app_secret = "•••"` is set');
    assert.equal(secrets.hide('got Long-enough-1 there'), 'got ••• there');
  });

  it('but words stay words', () => assert.equal(secrets.hide('a secret in `app_secret`'), 'a secret in `app_secret`'));

  it('and all is shown when asked for', () => {
    const shown = new Secrets(true);
    shown.learnOption('Long-enough-1', 'app_secret');
    assert.equal(shown.hide('Long-enough-1'), 'Long-enough-1');
  });
});

describe('no command prints a secret', () => {
  const operations = JSON.stringify([{ op: 'set', scope: 'global', name: 'turn_secret', value: `${MARKER}-new` }]);
  const commands = [
    ['check'],
    ['check', '--fail-on', 'info'],
    ['fix'],
    ['fix', '--unsafe'],
    ['fix', '--add-ldap2'],
    ['fix', '--write', '--diff', '--unsafe', '--add-ldap2'],
    ['show'],
    ['show', '--origin'],
    ['show', '--host', 'meet.example.com', '--origin'],
    ['patch', '-f', 'operations.json'],
    ['patch', '-f', 'operations.json', '--write', '--diff'],
  ];
  const variants: Record<string, Record<string, string>> = {
    'all sources in one file': {
      'prosody.cfg.lua': `${SOURCES.map(source => source.replaceAll('MARKER', MARKER)).join('\n')}\n`,
    },
    'findings around secrets': {
      'prosody.cfg.lua': [
        `VirtualHost "meet.example.com"\n  authentication = "anonymous"\n  app_secret = "${MARKER}"; app_secrt = "${MARKER}"`,
        `component_secret = "${MARKER}"\ncomponent_secret = "${MARKER}" -- ${MARKER}\nconsider_bosh_secure = true -- ${MARKER}`,
        'modules_enabled = { "bosh" }\nInclude "conf.d/*.cfg.lua"',
      ].join('\n'),
      'conf.avail/ldap.cfg.lua': `ldap = { host = "x", bind_password = ${MARKER.replaceAll('-', '_')}, bind_dn = "a", password = "${MARKER}" }\n`,
      'conf.d/x.cfg.lua': 'admins = { }\n',
    },
    'a secret that does not end': { 'prosody.cfg.lua': `app_secret = "${MARKER}\nVirtualHost "meet.example.com"\n` },
    'a secret without quotes': { 'prosody.cfg.lua': `app_secret = ${MARKER}\nVirtualHost "meet.example.com"\n` },
  };
  for (const [name, files] of Object.entries(variants)) {
    for (const command of commands) {
      for (const format of ['text', 'json']) {
        it(`${name}: ${command.join(' ')} --format ${format}`, () =>
          withTree({ ...files, 'operations.json': operations }, async cwd => {
            const { stdout, stderr } = await prosodist([...command, '--format', format, '.'], { cwd });
            // what stands in the source without being given to a secret's name is not ours to know
            assert.ok(!/MARKER/.test(stdout + stderr), stdout + stderr);
          }));
      }
    }
  }
});
