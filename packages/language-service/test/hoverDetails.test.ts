import { strict as assert } from 'node:assert';
import { MarkupContent } from 'vscode-languageserver-types';
import { hover, toOffset } from '../src/index.js';
import { fixture, positionOf, treeOf } from './fixture.js';

/** The card at the cursor, in plain text, and the text that it is about. */
function cardAt(source: string): { card: string; about: string } {
  const found = fixture(source);
  const result = hover(found.tree, found.path, positionOf(found), { markdown: false });
  const { text } = found;
  return {
    card: result && MarkupContent.is(result.contents) ? result.contents.value : '',
    about: result?.range ? text.slice(toOffset({ text }, result.range.start), toOffset({ text }, result.range.end)) : '',
  };
}

const AD = '(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2))(|(sAMAccountName=$user)(mail=a*z)))';
const filter = (marked: string) => `ldap_filter = "${marked}"\n`;

/** What is hovered, a part of the card, and what it is about. */
const CASES: readonly (readonly [what: string, source: string, card: string, about: string])[] = [
  ['a key of ldap', 'ldap = { host<|>name = "x" }\n', 'The LDAP server', 'hostname'],
  ['a key in brackets', 'ldap = { ["use_<|>tls"] = true }\n', 'StartTLS', '"use_tls"'],
  ['a key of the log', 'log = { in<|>fo = "x" }\n', 'level info and above', 'info'],
  ['a key of a limit', 'limits = { c2s = { ra<|>te = "1kb/s" } }\n', 'Bytes a second', 'rate'],
  ['a key of a table that is not closed', 'ldap = { user = { base<|>dn = "x"\n', 'below which the users are', 'basedn'],
  [
    'a bit of an account',
    filter(AD.replace('=2', '=<|>2')),
    'has all bits of 2 (disabled)',
    '(userAccountControl:1.2.840.113556.1.4.803:=2)',
  ],
  ['a negation', filter(AD.replace('(!', '(<|>!')), 'it is not so that', '(!(userAccountControl:1.2.840.113556.1.4.803:=2))'],
  [
    'the token of a login',
    filter(AD.replace('=$user', '=<|>$user')),
    'sAMAccountName is the login name',
    '(sAMAccountName=$user)',
  ],
  ['a text with stars', filter(AD.replace('a*z', 'a<|>*z')), 'mail begins with a and ends with z', '(mail=a*z)'],
  ['a whole filter', filter(AD.replace('(&', '(<|>&')), 'objectClass is user and it is not so', AD],
  ['a filter that is none', filter('(&(<|>a=b)'), 'Not a filter', '"(&(a=b)"'.slice(1, -1)],
  [
    'a part of a DN',
    'ldap_base = "OU=St<|>aff,OU=x,DC=corp,DC=example"\n',
    'organizational unit Staff, below OU=x,DC=corp,DC=example\nIn the domain corp.example',
    'OU=Staff',
  ],
  ['a name to bind with', 'ldap_rootdn = "sv<|>c@corp.example"\n', 'only Active Directory takes this', 'svc@corp.example'],
  ['a short domain', 'ldap_rootdn = "CORP\\\\sv<|>c"\n', 'short name CORP', 'CORP\\\\svc'],
  [
    'a server',
    'ldap_server = "ldaps://dc1<|>.example"\n',
    'dc1.example, port 636, TLS from the beginning',
    'ldaps://dc1.example',
  ],
  ['an attribute', 'ldap = { user = { usernamefield = "sAM<|>AccountName" } }\n', 'login name', 'sAMAccountName'],
  ['a port', 'c2s_ports = { 52<|>22 }\n', 'Port 5222: usually clients', '5222'],
  ['a size', 'c2s_stanza_size_limit = 2621<|>44\n', '262144 bytes, 256 KiB', '262144'],
  ['seconds', 'c2s_timeout = 54<|>00\n', '1 hour 30 minutes', '5400'],
  ['a period', 'archive_expires_after = "2<|>w"\n', '14 days', '"2w"'],
  ['a period of months', 'archive_expires_after = "1 mo<|>nth"\n', '31 days', '"1 month"'],
  ['a period that is ambiguous', 'archive_expires_after = "5<|>m"\n', '155 days, because the unit is ambiguous', '"5m"'],
  ['a period that is none', 'archive_expires_after = "soo<|>n"\n', 'Not understood', '"soon"'],
  ['a rate', 'limits = { c2s = { rate = "10<|>kb/s" } }\n', '10000 bytes, 9.8 KiB a second', '"10kb/s"'],
  ['a rate that is none', 'limits = { c2s = { rate = "fa<|>st" } }\n', '3000 bytes', '"fast"'],
  [
    'an include',
    'Include "conf.d/*<|>.cfg.lua"\n--- file: conf.d/a.cfg.lua\n-- a\n',
    'Reads /etc/prosody/conf.d/a.cfg.lua',
    '"conf.d/*.cfg.lua"',
  ],
  ['an option, in words', 'trusted_pro<|>xies = { }\n', 'X-Forwarded-For', 'trusted_proxies'],
];

describe('hover over details', () => {
  for (const [what, source, card, about] of CASES) {
    it(`tells of ${what}`, () => {
      const found = cardAt(source);
      assert.ok(found.card.includes(card), `${JSON.stringify(found.card)} has no ${JSON.stringify(card)}`);
      assert.equal(found.about, about);
    });
  }

  it('is silent where there is nothing to say, and never tells a secret', () => {
    for (const source of ['x = 4<|>2', 'ldap = { bind_password = "hu<|>sh" }', '-- c2s_ports = { 52<|>22 }', 'name = "a<|>b"'])
      assert.equal(cardAt(source).card, '', source);
    assert.doesNotMatch(cardAt('ldap = { bind_pass<|>word = "hush" }').card, /hush/);
  });

  it('tells since when there is an option', () => {
    assert.match(cardAt('registration_delete_grace<|>_period = "1 day"\n').card, /Since Prosody 13\.0/);
    assert.doesNotMatch(cardAt('c2s_time<|>out = 300\n').card, /Since|Until/);
  });

  it('tells where a module lies, and that its time is over', () => {
    const text = 'modules_enabled = { "posix"; "bosh" }\nVirtualHost "a.example"\n';
    const tree = treeOf(
      { '/etc/prosody/prosody.cfg.lua': text, '/usr/lib/prosody/modules/mod_bosh.lua': '' },
      { prosody: '13.0' },
    );
    const card = (character: number) => {
      const found = hover(tree, tree.entry, { line: 0, character }, { markdown: false });
      return found && MarkupContent.is(found.contents) ? found.contents.value : '';
    };
    assert.match(card(32), /Lies at \/usr\/lib\/prosody\/modules\/mod_bosh\.lua/);
    assert.match(card(23), /does nothing in Prosody 13/);
  });

  it('stays quick in a file of 10,000 hosts', function () {
    this.timeout(60_000);
    const many = Array.from({ length: 10_000 }, (_, index) => `VirtualHost "h${index}.example"\n    authentication = "ldap"\n`);
    const found = fixture(`${many.join('')}ldap_fil<|>ter = "(a=b)"\n`, { rules: [] });
    hover(found.tree, found.path, positionOf(found));
    const start = process.cpuUsage();
    for (let round = 0; round < 10; round++) hover(found.tree, found.path, positionOf(found));
    const { user, system } = process.cpuUsage(start);
    assert.ok((user + system) / 10_000 < 100, `${(user + system) / 10_000} ms each`);
  });
});
