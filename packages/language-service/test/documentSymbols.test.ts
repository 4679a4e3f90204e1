import { strict as assert } from 'node:assert';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { documentSymbols, toOffset } from '../src/index.js';
import { FIXTURES, JITSI } from './examples.js';
import { FOLDER, fixture } from './fixture.js';

const outline = (symbols: readonly DocumentSymbol[]) =>
  symbols.map(({ name, detail = '', children = [] }) => `${name} (${detail}): ${children.map(child => child.name).join(' ')}`);

describe('document symbols', () => {
  it('are the global section, hosts and components, with their options', () => {
    const { tree } = fixture(JITSI);
    assert.deepEqual(outline(documentSymbols(tree, `${FOLDER}conf.d/meet.example.com.cfg.lua`)), [
      'Global section (): muc_mapper_domain_base',
      'meet.example.com (virtual host): authentication modules_enabled app_secret',
      'conference.meet.example.com (component muc): storage restrict_room_creation',
      'auth.meet.example.com (virtual host): authentication',
    ]);
    assert.deepEqual(outline(documentSymbols(tree, `${FOLDER}prosody.cfg.lua`)), [
      'Global section (): admins modules_enabled authentication',
    ]);
  });

  it('of a host reach to the next opening, without the comment that belongs to that', () => {
    const { tree, path, text } = fixture('VirtualHost "a.example"\n  x = 1\n\n-- about b\nVirtualHost "b.example"\n');
    const [first, second] = documentSymbols(tree, path);
    const slice = (symbol?: DocumentSymbol) =>
      symbol && text.slice(toOffset({ text }, symbol.range.start), toOffset({ text }, symbol.range.end));
    assert.equal(slice(first), 'VirtualHost "a.example"\n  x = 1');
    assert.equal(slice(second), '-- about b\nVirtualHost "b.example"');
  });

  it('return to the global section behind a table', () => {
    const { tree, path } = fixture('VirtualHost "a.example" { enabled = true }\nadmins = {}\nVirtualHost "b.example"\n');
    assert.deepEqual(outline(documentSymbols(tree, path)), [
      'a.example (virtual host): enabled',
      'Global section (): admins',
      'b.example (virtual host): ',
    ]);
  });

  it('never show a secret', () => {
    const { tree } = fixture(JITSI);
    assert.doesNotMatch(JSON.stringify(documentSymbols(tree, `${FOLDER}conf.avail/meet.example.com.cfg.lua`)), /hush/);
  });

  it('have names, and each its selection inside of its range', () => {
    const check = (text: string) => (symbol: DocumentSymbol) => {
      const [start, end, from, to] = [
        symbol.range.start,
        symbol.range.end,
        symbol.selectionRange.start,
        symbol.selectionRange.end,
      ];
      const offsets = [start, from, to, end].map(position => toOffset({ text }, position));
      assert.deepEqual(
        offsets,
        [...offsets].sort((a, b) => a - b),
        JSON.stringify(symbol),
      );
      assert.notEqual(symbol.name, '');
      symbol.children?.forEach(check(text));
    };
    for (const source of FIXTURES) {
      const { tree } = fixture(source);
      for (const [path, document] of tree.result.configuration.documents)
        documentSymbols(tree, path).forEach(check(document.text));
    }
  });
});
