import { strict as assert } from 'node:assert';
import { applyEdits, parse } from '@prosodist/core';
import type { CompletionItem, TextEdit } from 'vscode-languageserver-types';
import { type CompletionClient, completion, resolveCompletion, toOffset } from '../src/index.js';
import { CASES } from './completionCases.js';
import { FIXTURES, JITSI } from './examples.js';
import { type Fixture, fixture, positionOf, treeOf } from './fixture.js';

function itemsAt(source: string | Fixture, client: CompletionClient = {}, prosody: '0.12' | '13.0' = '13.0'): CompletionItem[] {
  const found = typeof source === 'string' ? fixture(source, { prosody }) : source;
  return completion(found.tree, found.path, positionOf(found), client).items;
}

/** The text after an item was taken. */
function taken(text: string, item: CompletionItem): string {
  const edits = [item.textEdit as TextEdit, ...(item.additionalTextEdits ?? [])];
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      start: toOffset({ text }, range.start),
      end: toOffset({ text }, range.end),
      text: newText,
    })),
  );
}

/** Takes the item of a label: the text after it, all files but the one with the cursor left out. */
function take(source: string, label: string, client: CompletionClient = {}, prosody: '0.12' | '13.0' = '13.0'): string {
  const found = fixture(source, { prosody });
  const item = itemsAt(found, client).find(candidate => candidate.label === label);
  assert.ok(
    item,
    `${label} is not proposed: ${itemsAt(found)
      .slice(0, 20)
      .map(({ label }) => label)
      .join(' ')}`,
  );
  return taken(found.text, item);
}

const newText = (item: CompletionItem | undefined) => (item?.textEdit as TextEdit | undefined)?.newText;

const labels = (source: string, prosody: '0.12' | '13.0' = '13.0') => itemsAt(source, {}, prosody).map(({ label }) => label);

describe('completion', () => {
  for (const [what, before, label, after] of CASES) it(`writes ${what}`, () => assert.equal(take(before, label), after));

  it('is as well-formed after as before, in the files that are', () => {
    for (const [, before, label] of CASES) {
      const clean = fixture(before);
      if (clean.tree.result.configuration.documents.get(clean.path)?.problems.length) continue;
      const after = take(before, label);
      assert.deepEqual(parse(after).problems, [], after);
    }
  });

  it('takes out of a whole host whatever is proposed there, and stays Lua', () => {
    const found = fixture('VirtualHost "a.example"\n    <|>\nComponent "b.a.example" "muc"\n');
    const items = itemsAt(found);
    assert.ok(items.length > 300);
    for (const item of items) assert.deepEqual(parse(taken(found.text, item)).problems, [], item.label);
  });

  it('of a table in the middle stays Lua, whatever is taken', () => {
    for (const source of [
      'ldap = { hostname = "x" <|> user = { } }\n',
      'modules_enabled = { "a" <|> "b" }\n',
      'ssl = { <|> key = "x" }\n',
      'authentication = <|>\nVirtualHost "x"\n',
    ]) {
      const found = fixture(source);
      const items = itemsAt(found);
      assert.ok(items.length > 0, source);
      for (const item of items) assert.deepEqual(parse(taken(found.text, item)).problems, [], `${source} ${item.label}`);
    }
  });

  it('leaves out what is set in the section, does nothing in a host, or is obsolete', () => {
    const host = labels('VirtualHost "a.example"\n  storage = "memory"\n  <|>\n');
    assert.ok(host.includes('authentication'));
    for (const name of ['storage', 'pidfile', 'c2s_ports', 'setuid']) assert.ok(!host.includes(name), name);
    assert.ok(labels('<|>').includes('pidfile'));
    assert.ok(labels('ldap = { hostname = "x"; <|> }').every(name => name !== 'hostname'));
    assert.ok(labels('modules_enabled = { "tls"; <|> }').every(name => name !== 'tls'));
  });

  it('knows the version', () => {
    assert.ok(labels('<|>', '13.0').includes('tls_profile'));
    assert.ok(!labels('name = <|>', '0.12').includes('FileLine'));
    assert.ok(!labels('modules_enabled = { "<|>" }', '0.12').includes('flags'));
    assert.ok(labels('modules_enabled = { "<|>" }', '13.0').includes('flags'));
  });

  it('puts the options of loaded modules first', () => {
    const items = itemsAt('modules_enabled = { "bosh" }\nVirtualHost "a.example"\n authentication = "ldap"\n <|>\n');
    const rank = (label: string) => items.find(item => item.label === label)?.sortText?.[0];
    assert.equal(rank('ldap_base'), '1');
    assert.equal(rank('archive_expires_after'), '3');
    assert.equal(rank('lobby_muc'), '4');
  });

  it('puts installed modules first', () => {
    const { files } = fixture('plugin_paths = { "/opt/modules" }\nmodules_enabled = { "<|>" }\n');
    const tree = treeOf({
      ...files,
      '/opt/modules/mod_own_thing.lua': '-- ours\n',
      '/usr/lib/prosody/modules/mod_bosh.lua': '-- theirs\n',
    });
    const list = completion(tree, tree.entry, { line: 1, character: 21 }).items;
    const find = (label: string) => list.find(item => item.label === label);
    assert.equal(find('own_thing')?.detail, 'on this machine');
    assert.ok(find('own_thing')!.sortText! < find('muc_mam')!.sortText!);
    assert.equal(find('muc_mam')?.detail, 'Prosody, not installed');
  });

  it('marks what is deprecated', () => {
    const item = itemsAt('<|>').find(({ label }) => label === 'legacy_ssl_ports');
    assert.deepEqual(item?.tags, [1]);
    assert.equal(itemsAt('<|>', { tags: false }).find(({ label }) => label === 'legacy_ssl_ports')?.tags, undefined);
  });

  it('writes snippets for editors that have them, and plain text for others', () => {
    const item = (client: CompletionClient) => itemsAt('<|>', client).find(({ label }) => label === 'Component')!;
    assert.equal(item({}).insertTextFormat, undefined);
    assert.equal(item({ snippets: true }).insertTextFormat, 2);
    assert.match(
      (item({ snippets: true }).textEdit as TextEdit).newText,
      /^Component "\$\{1:conference\.example\.com\}" "\$\{2:muc\}"/,
    );
    const filter = itemsAt('<|>', { snippets: true }).find(({ label }) => label === 'ldap_filter');
    assert.equal(newText(filter), `ldap_filter = "\${1:(uid=\\$user)}"`);
    const choice = itemsAt('<|>', { snippets: true }).find(({ label }) => label === 'ldap_scope');
    assert.equal(newText(choice), `ldap_scope = "\${1|subtree,base,onelevel|}"`);
  });

  it('of the table of ldap is Lua, and indented as its line', () => {
    const after = take('VirtualHost "a.example"\n  <|>\n', 'ldap');
    assert.match(after, /\n {2}ldap = \{\n {6}hostname = /);
    assert.deepEqual(parse(after).problems, []);
  });

  it("is silent in comments, numbers, expressions and strings that are nobody's", () => {
    for (const source of [
      '-- auth<|>',
      '--[[ auth<|> ]] x = 1',
      'x = 1<|>',
      'x = "a" .. <|>',
      'x.<|>',
      'local x = { <|> }',
      'f(<|>)',
      'x = = {} -- <|>\n',
      'name = "<|>"',
    ])
      assert.deepEqual(labels(source), [], source);
  });

  it('offers no words of Lua', () => {
    const all = new Set([...labels('<|>'), ...labels('name = <|>'), ...labels('VirtualHost "x"\n<|>')]);
    for (const word of ['function', 'local', 'print', 'string', 'if', 'nil']) assert.ok(!all.has(word), word);
  });

  it('documents an item when it is looked at, without the tree', () => {
    const doc = (source: string, label: string) => {
      const item = itemsAt(source).find(candidate => candidate.label === label)!;
      assert.equal(item.documentation, undefined);
      const { documentation } = resolveCompletion(JSON.parse(JSON.stringify(item)) as CompletionItem);
      return typeof documentation === 'object' ? documentation.value : '';
    };
    assert.match(doc('<|>', 'trusted_proxies'), /X-Forwarded-For[\s\S]*type set[\s\S]*mod_http/);
    assert.match(doc('<|>', 'ldap_base'), /below which the users are/);
    assert.match(doc('modules_enabled = { "<|>" }', 'limits'), /Reads `limits`/);
    assert.match(doc('ldap = { <|> }', 'hostname'), /LDAP server[\s\S]*ldaps/);
    assert.match(doc('ldap_filter = "(<|>"', 'memberOf'), /groups/);
    for (const data of [undefined, 1, {}, { kind: 'key' }, { kind: 'option', name: '__proto__' }, { kind: 'key', path: [] }])
      assert.doesNotThrow(() => resolveCompletion({ label: 'x', data }));
  });

  it('never shows a secret', () => {
    const items = itemsAt('ldap = { bind_password = "hush" }\nVirtualHost "a"\nldap_password = "hush"\nldap = { <|> }\n');
    assert.doesNotMatch(JSON.stringify(items), /hush/);
  });

  it('is fast at 10,000 hosts', function () {
    this.timeout(60_000);
    const many = Array.from({ length: 10_000 }, (_, index) => `VirtualHost "h${index}.example"\n    authentication = "ldap"\n`);
    const found = fixture(`${many.join('')}main_muc = "<|>"\n`);
    itemsAt(found);
    const start = process.cpuUsage();
    for (let round = 0; round < 10; round++) itemsAt(found);
    const { user, system } = process.cpuUsage(start);
    assert.ok((user + system) / 10_000 < 150, `${(user + system) / 10_000} ms each`);
  });
});

describe('every truncation', function () {
  this.timeout(120_000);
  it('can be completed at its end, in the middle, and behind what is missing', () => {
    for (const source of [...FIXTURES, ...CASES.map(([, before]) => before)]) {
      const { files } = fixture(source);
      for (const [path, whole] of Object.entries(files)) {
        if (typeof whole !== 'string') continue;
        for (let length = 0; length <= whole.length; length += source === JITSI ? 5 : 1) {
          const text = whole.slice(0, length);
          const tree = treeOf({ ...files, [path]: text }, { rules: [] });
          for (const offset of [length, Math.floor(length / 2)]) {
            const { items } = completion(tree, path, {
              line: text.slice(0, offset).split('\n').length - 1,
              character: offset - text.lastIndexOf('\n', offset - 1) - 1,
            });
            for (const item of items.slice(0, 10)) taken(text, item);
          }
        }
      }
    }
  });
});
