import { strict as assert } from 'node:assert';
import { parse } from '@prosodist/core';
import { withoutSecrets } from '../src/features/virtual/secrets.js';
import { readVirtualUri, type VirtualDocument, virtualText, virtualUri } from '../src/index.js';
import { JITSI } from './examples.js';
import { FOLDER, fixture } from './fixture.js';

const OF = `file://${FOLDER}prosody.cfg.lua`;

describe('virtual documents', () => {
  it('have URIs that lead back, however an editor writes them', () => {
    const documents: VirtualDocument[] = [
      { kind: 'effective', of: OF, scope: 'meet.example.com' },
      { kind: 'effective', of: OF, scope: '*' },
      { kind: 'preview', of: 'file:///a%20b&c=d.lua', id: 'move-to-global', argument: '["a","b=c&d"]' },
    ];
    for (const document of documents) {
      const uri = virtualUri(document);
      assert.deepEqual(readVirtualUri(uri), document);
      const [path, query = ''] = uri.split('?');
      assert.deepEqual(readVirtualUri(`${path}?${encodeURIComponent(query)}`), document);
    }
    for (const uri of [
      '',
      'file:///x',
      'prosodist-effective:/x',
      'prosodist-preview:/x?of=%E0',
      'prosodist-other:/x?of=a&scope=b',
    ])
      assert.equal(readVirtualUri(uri), undefined, uri);
  });

  it('show what holds for a host, and where it was set', () => {
    const { tree } = fixture(JITSI);
    const text = virtualText(tree, { kind: 'effective', of: OF, scope: 'meet.example.com' });
    assert.deepEqual(parse(text).problems, [], text);
    assert.match(text, /-- set here\nauthentication = "anonymous" -- meet\.example\.com\.cfg\.lua:5\n/);
    assert.match(text, /-- from the global section\nadmins = \{ "admin@example\.com" \} -- prosody\.cfg\.lua:1/);
    assert.match(text, /-- modules that it loads: .*auth_anonymous.*bosh.*roster/);
    assert.match(text, /app_secret = "•••"/);
    assert.doesNotMatch(text, /hush/);
    assert.match(virtualText(tree, { kind: 'effective', of: OF, scope: 'gone' }), /no gone in this configuration/);
    assert.match(virtualText(tree, { kind: 'effective', of: OF, scope: '*' }), /the global section/);
  });

  it('show what an action would change, line by line', () => {
    const { tree } = fixture(
      'modules_enabled = { "tls" }\n\nVirtualHost "a.example"\n    app_secret = "hush-hush"\n    c2s_timeout = 60\n',
    );
    const text = virtualText(tree, { kind: 'preview', of: OF, id: 'move-to-global', argument: '["a.example","c2s_timeout"]' });
    assert.match(text, /^--- \/etc\/prosody\/prosody\.cfg\.lua$/m);
    assert.match(text, /^\+c2s_timeout = 60$/m);
    assert.match(text, /^- {4}c2s_timeout = 60$/m);
    assert.doesNotMatch(text, /hush/);
    assert.match(virtualText(tree, { kind: 'preview', of: OF, id: 'add-ldap2', argument: 'x' }), /Nothing would be changed/);
  });

  it('show new files and links', () => {
    const { tree } = fixture(JITSI);
    const text = virtualText(tree, { kind: 'preview', of: OF, id: 'add-ldap2', argument: 'meet.example.com' });
    assert.match(text, /^--- .*ldap\.cfg\.lua \(new\)\n\+/m);
    assert.match(text, /\(new link\)\n\+\.\.\/conf\.avail\/ldap\.cfg\.lua/);
    assert.match(text, /bind_password = "•••"/);
    assert.doesNotMatch(text, /hush|change-me/);
  });
});

describe('secrets in texts', () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ['app_secret = "hush1"', 'app_secret = "•••"'],
    ['app_secret = "hu" .. "sh1"', 'app_secret = "•••" .. "•••"'],
    ['ldap = { ["bind_password"] = [[hush1]]; bind_dn = "x" }', 'ldap = { ["bind_password"] = [[•••]]; bind_dn = "x" }'],
    ['local s = "hush1"\napp_secret = s', 'local s = "•••"\napp_secret = s'],
    ['app_secret = "hush1"\nVirtualHost "a.example"', 'app_secret = "•••"\nVirtualHost "a.example"'],
    ['-- app_secret = "hush1"', '-- app_secret = "•••"'],
    ['-- hush1 is it\napp_secret = "hush1"', '-- ••• is it\napp_secret = "•••"'],
    ['storage = "memory"', 'storage = "memory"'],
    ['app_secret = "hush1', 'app_secret = "•••'],
    // a slip of the pen makes no secret public
    ['bind_pasword = "hush1"', 'bind_pasword = "•••"'],
    ['ldap = { bind_pasword = "hush1" }', 'ldap = { bind_pasword = "•••" }'],
    ['component_secert: "hush1"', 'component_secert: "•••"'],
    ['ldap_pasword = hush1', 'ldap_pasword = •••'],
  ];
  for (const [text, shown] of cases)
    it(JSON.stringify(text), () => {
      const { tree } = fixture(text);
      assert.equal(withoutSecrets(text, tree.result.configuration), shown);
    });
});
