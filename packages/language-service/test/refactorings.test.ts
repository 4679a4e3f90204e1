import { strict as assert } from 'node:assert';
import { parse } from '@prosodist/core';
import type { CodeAction } from 'vscode-languageserver-types';
import { type ActionData, resolveAction } from '../src/index.js';
import { JITSI } from './examples.js';
import { actionsAt, applied, client, type Fixture, FOLDER, fixture } from './fixture.js';

const titles = (source: string) => actionsAt(fixture(source)).map(({ title }) => title);

function named(found: Fixture, title: string, asking = client()): CodeAction {
  const actions = actionsAt(found, asking);
  const action = actions.find(candidate => candidate.title === title);
  assert.ok(action, `no ${JSON.stringify(title)} among ${JSON.stringify(actions.map(candidate => candidate.title))}`);
  return action;
}

/** The marked file after an action. */
function after(source: string, title: string): string {
  const found = fixture(source);
  const texts = applied(found, named(found, title).edit);
  for (const text of Object.values(texts)) assert.deepEqual(parse(text).problems, [], text);
  return texts[found.path] ?? found.text;
}

const MAPPED = 'modules_enabled = { "tls" }\nVirtualHost "a.example"\n';

describe('code actions that change the configuration', () => {
  it('move an option to the global section', () => {
    const text = after(
      'modules_enabled = { "tls" }\n\nVirtualHost "a.example"\n    c2s_ti<|>meout = 60\n',
      'Move c2s_timeout to the global section',
    );
    assert.match(text, /^c2s_timeout = 60$/m);
    assert.ok(text.indexOf('c2s_timeout') < text.indexOf('VirtualHost'));
    assert.deepEqual(
      titles('c2s_ti<|>meout = 1\nVirtualHost "a"\n').filter(title => title.startsWith('Move')),
      [],
    );
    const both = 'c2s_timeout = 1\nVirtualHost "a"\n  c2s_ti<|>meout = 60\n';
    assert.deepEqual(
      titles(both).filter(title => title.startsWith('Move')),
      [],
      'both would be one',
    );
  });

  it('enable the module that reads an option', () => {
    const text = after(
      'modules_enabled = { "tls" }\nlim<|>its = { c2s = { rate = "10kb/s" } }\nVirtualHost "a.example"\n',
      'Enable mod_limits in the global section',
    );
    assert.match(text, /modules_enabled = \{ "tls"[;,] "limits"/);
    assert.match(after(`${MAPPED}    motd_t<|>ext = "hello"\n`, 'Enable mod_motd in a.example'), /modules_enabled = \{ "motd"/);
    const loaded = 'modules_enabled = { "limits" }\nlim<|>its = { }\nVirtualHost "a"\n';
    assert.deepEqual(
      titles(loaded).filter(title => title.startsWith('Enable')),
      [],
    );
  });

  it('add the component that an option names', () => {
    const text = after(`${MAPPED}    lobby_muc = "lob<|>by.a.example"\n`, 'Add component lobby.a.example (mod_muc)');
    assert.match(text, /^Component "lobby\.a\.example" "muc"$/m);
    const speakers = `${MAPPED}    speakerstats_component = "spea<|>kers.a.example"\n`;
    assert.match(after(speakers, 'Add component speakers.a.example (mod_speakerstats_component)'), /"speakerstats_component"$/m);
  });

  it('add rooms for a host that has none', () => {
    const text = after('VirtualHost "a.exa<|>mple"\n', 'Add component conference.a.example (mod_muc)');
    assert.match(text, /^Component "conference\.a\.example" "muc"$/m);
    assert.deepEqual(
      titles('VirtualHost "a.exa<|>mple"\nComponent "c.a.example" "muc"\n').filter(title => title.includes('component')),
      [],
    );
  });

  it('add the host that an option names', () => {
    const text = after(`${MAPPED}    muc_mapper_domain_base = "b.exa<|>mple"\n`, 'Add virtual host b.example');
    assert.match(text, /^VirtualHost "b\.example"$/m);
  });

  it('link a file that waits into conf.d', () => {
    const found = fixture(
      'Include "conf.d/*.cfg.lua"\n--- file: conf.avail/a.cfg.lua\nVirtualHost "a<|>.example"\n--- file: conf.d/x.cfg.lua\n-- x\n',
    );
    const action = named(found, 'Link a.cfg.lua into conf.d');
    assert.deepEqual(action.command?.arguments?.[0]?.links, [
      { path: `${FOLDER}conf.d/a.cfg.lua`, target: '../conf.avail/a.cfg.lua' },
    ]);
  });

  it('add core ldap, and move from ldap2 to it', () => {
    const source = JITSI.replace('authentication = "anonymous"', 'authentica<|>tion = "anonymous"');
    const found = fixture(source);
    const action = named(found, 'Add core ldap authentication to meet.example.com', { ...client(), applyEdit: false });
    const texts = Object.values(applied(found, action.edit)).join('\n');
    assert.match(texts, /authentication = "ldap"/);
    assert.match(texts, /ldap_base = /);
    const old = `${MAPPED}    authentica<|>tion = "ldap2"\n    ldap = { hostname = "ldaps://dc1.example"; user = { basedn = "OU=Staff,DC=a,DC=example"; usernamefield = "uid"; filter = "(objectClass=person)" } }\n`;
    const moved = after(old, 'Migrate a.example to core ldap');
    assert.match(moved, /authentication = "ldap"/);
    assert.match(moved, /ldap_base = "OU=Staff,DC=a,DC=example"/);
    assert.ok(!titles(old).includes('Add core ldap authentication to a.example'));
    assert.ok(!titles('VirtualHost "auth.a.exa<|>mple"\n').some(title => title.includes('ldap')), 'accounts of services');
  });

  it('are made when they are chosen, where the client asks then', () => {
    const lazy = { ...client(), resolvesEdits: true };
    const found = fixture(`${MAPPED}    lobby_muc = "lob<|>by.a.example"\n`);
    const action = named(found, 'Add component lobby.a.example (mod_muc)', lazy);
    assert.equal(action.edit, undefined);
    const resolved = resolveAction(found.tree, action, action.data as ActionData, lazy);
    assert.ok(!('problem' in resolved) && resolved.title === action.title);
    assert.deepEqual(applied(found, resolved.edit), applied(found, named(found, action.title).edit));
  });

  it('say why, where they cannot be done any more', () => {
    const { tree } = fixture('VirtualHost "a.example"\n');
    for (const [id, argument] of [
      ['add-ldap2', 'gone.example'],
      ['move-to-global', '["gone","x"]'],
      ['nothing', ''],
      ['link-file', 'x'],
    ]) {
      const resolved = resolveAction(tree, { title: 'x' }, { uri: '', id: id!, argument: argument! }, client());
      assert.ok('problem' in resolved && resolved.problem.length > 5, id);
    }
  });

  it('name what they change in each file, for editors that show it', () => {
    const asking = { ...client(), annotations: true };
    const found = fixture(JITSI.replace('authentication = "anonymous"', 'authentica<|>tion = "anonymous"'));
    const { edit, command } = named(found, 'Add ldap2 authentication to meet.example.com', asking);
    const made = edit ?? command?.arguments?.[0]?.edit;
    const labels = Object.values(made.changeAnnotations as Record<string, { label: string; description: string }>);
    assert.ok(labels.length >= 2);
    assert.ok(labels.every(({ label }) => label === 'Add ldap2 authentication to meet.example.com'));
    assert.ok(labels.some(({ description }) => description === 'prosody.cfg.lua'));
    const text = JSON.stringify(made.documentChanges);
    assert.equal(text.match(/"newText"/g)?.length, text.match(/"newText":(?:"(?:[^"\\]|\\.)*"),"annotationId"/g)?.length);
  });
});

describe('comments that hide findings', () => {
  const source = 'modules_enabled = { "tls"; "saslauth" }\nVirtualHost "a.example"\n    pid<|>file = "/x"\n';

  it('are written above the line, or at the top of the file', () => {
    assert.match(
      after(source, 'Ignore misplaced-option on this line'),
      /\n {4}-- prosodist: ignore\[misplaced-option\]\n {4}pidfile/,
    );
    assert.match(after(source, 'Ignore misplaced-option in this file'), /^-- prosodist: ignore-file\[misplaced-option\]\n/);
  });

  it('hide it', () => {
    for (const reach of ['on this line', 'in this file']) {
      const { tree } = fixture(after(source, `Ignore misplaced-option ${reach}`));
      assert.ok(!tree.result.findings.some(({ rule }) => rule === 'misplaced-option'));
    }
  });

  it('come behind the fixes, and not for what no comment can hide', () => {
    const all = titles(source);
    assert.ok(all.findIndex(title => title.startsWith('Ignore')) > all.findIndex(title => title.startsWith('Move')));
    assert.deepEqual(
      titles('admins = <|>= {}\n').filter(title => title.startsWith('Ignore')),
      [],
    );
  });
});
