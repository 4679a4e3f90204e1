import { strict as assert } from 'node:assert';
import { MarkupContent } from 'vscode-languageserver-types';
import { hover } from '../src/index.js';
import { JITSI } from './examples.js';
import { fixture, positionOf } from './fixture.js';

function cardAt(source: string, markdown = true): string {
  const found = fixture(source);
  const card = hover(found.tree, found.path, positionOf(found), { markdown });
  return card && MarkupContent.is(card.contents) ? card.contents.value : '';
}

const at = (place: string) => cardAt(JITSI.replace(place, place.includes('<|>') ? place : `<|>${place}`));

describe('hover', () => {
  it('of an option tells its type, default, scope, readers and what holds here', () => {
    const card = cardAt(JITSI.replace('    authentication = "anonymous"', '    auth<|>entication = "anonymous"'));
    assert.match(card, /\*\*authentication\*\*/);
    assert.match(card, /default `"internal_hashed"`/);
    assert.match(card, /global section or a host/);
    assert.match(card, /For `meet\.example\.com`: `"anonymous"`, set in \[meet\.example\.com\.cfg\.lua:5\]\(file:\/\/.*#L5\)/);
  });

  it('says in words what a default is computed from', () => {
    assert.match(cardAt('c2s_require_encryp<|>tion = true\n'), /default that of `require_encryption`, else `true`/);
    assert.match(cardAt('site_na<|>me = "a"\n'), /default the name of the host/);
  });

  it('of an option in the global section says so', () => {
    assert.match(cardAt('c2s_po<|>rts = { 5222 }\n'), /only in the global section[\s\S]*In the global section: `\{ 5222 \}`/);
  });

  it('of an outdated option says what to use', () => {
    assert.match(cardAt('bosh_po<|>rts = { 5280 }\n'), /\*\*Deprecated\*\*: .*http_ports/);
  });

  it('of a misspelt option suggests the right one', () => {
    assert.match(cardAt('modules_enable<|> = {}\n'), /Did you mean `modules_enabled`/);
  });

  it('never shows a secret', () => {
    for (const markdown of [true, false]) {
      const card = cardAt(JITSI.replace('    app_secret', '    app_se<|>cret'), markdown);
      assert.match(card, /•••/);
      assert.doesNotMatch(card, /hush/);
    }
    const table = cardAt('ld<|>ap = { hostname = "dc1", bind_password = "hush", user = { basedn = "DC=x" } }\n');
    assert.match(table, /bind_password = •••/);
    assert.doesNotMatch(table, /hush/);
  });

  it('of a host tells its provider and its modules, and those of the global section', () => {
    const card = at('meet.example.com"\n    auth');
    assert.match(card, /\*\*meet\.example\.com\*\*: virtual host/);
    assert.match(card, /"anonymous"/);
    assert.match(card, /here: `bosh`, `pubsub`, `speakerstats`/);
    assert.match(card, /global section, loaded too: `roster`/);
  });

  it('of a host without a provider tells the one that it inherits', () => {
    assert.match(
      cardAt('authentication = "ldap2"\nVirtualHost "a.<|>example"\n'),
      /For `a\.example`: `"ldap2"`.*from the global section/,
    );
    assert.match(cardAt('VirtualHost "a.<|>example"\n'), /not set, so `internal_hashed`/);
  });

  it('of a component tells its module', () => {
    assert.match(at('conference.meet'), /component \(mod_muc\)/);
    assert.match(at('muc"\n    storage'), /\*\*mod_muc\*\*: module for a component/);
  });

  it('of a host elsewhere is the same', () => {
    assert.match(at('meet.example.com";\n'), /virtual host/);
  });

  it('of a module tells where it comes from and what it reads', () => {
    assert.match(at('bosh"; "pubsub'), /\*\*mod_bosh\*\*: module, part of Prosody[\s\S]*`consider_bosh_secure`/);
    assert.match(at('speakerstats'), /mod_speakerstats/);
  });

  it('of a provider is that of its module', () => {
    assert.match(cardAt('authentication = "ldap<|>2"\n'), /\*\*mod_auth_ldap2\*\*: authentication provider/);
  });

  it('of an option in a statement that cannot be read tells at least what it is', () => {
    assert.match(cardAt('VirtualHost "a.example"\n  authentica<|>tion = = "ldap2"\n'), /For `a\.example`/);
  });

  it('is none on comments, blanks and other text', () => {
    for (const source of [
      '-- authen<|>tication\n',
      '<|>\n',
      'x = 1 <|> \n',
      'local auth<|>entication = 1\n',
      'ldap = { us<|>rs = {} }\n',
    ]) {
      assert.equal(cardAt(source), '', source);
    }
  });

  it('keeps backticks in values apart from Markdown', () => {
    assert.match(cardAt('log<|> = "a`b"\n'), /`` "a`b" ``/);
  });
});
