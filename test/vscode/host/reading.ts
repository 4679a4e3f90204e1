import assert from 'node:assert/strict';
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  commands,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  Location,
  type LocationLink,
  MarkdownString,
  Position,
  type SemanticTokens,
  type SemanticTokensLegend,
  type SymbolInformation,
} from 'vscode';
import { LDAP, MAIN, MEET, placeOf, show, uriOf } from './tools.js';

/** What is shown of a configuration. */
export function reading(): void {
  describe('reading', () => {
    it('explains an option', async () => {
      const { document } = await show(MAIN);
      const at = placeOf(document, 'c2s_require_encryption', 3);
      const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
      const text = hovers
        .flatMap(({ contents }) => contents.map(each => (each instanceof MarkdownString ? each.value : '')))
        .join('\n');
      for (const words of [/c2s_require_encryption/, /boolean/, /mod_saslauth/]) assert.match(text, words);
      assert.equal(hovers[0]!.range && document.getText(hovers[0]!.range), 'c2s_require_encryption');
    });

    it('goes from an address to the host, in another file', async () => {
      const { document } = await show(MEET);
      const at = placeOf(document, '"focus@auth.meet.example.com"', '"focus@au'.length);
      const found = await commands.executeCommand<(Location | LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        at,
      );
      const [target] = found.map(each => (each instanceof Location ? each : new Location(each.targetUri, each.targetRange)));
      assert.equal(target!.uri.path.split('/').at(-1), 'meet.example.com.cfg.lua');
      assert.equal(document.lineAt(target!.range.start.line).text, 'VirtualHost "auth.meet.example.com"');
    });

    it('finds all that names a component', async () => {
      const { document } = await show(MEET);
      const at = placeOf(document, 'Component "conference.meet', 'Component "conf'.length);
      const found = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', document.uri, at);
      const lines = found.map(({ range }) => document.lineAt(range.start.line).text.trim());
      assert.deepEqual(new Set(lines), new Set(lines.filter(line => line.includes('conference.meet.example.com'))));
      assert.equal(lines.length, document.getText().split('conference.meet.example.com').length - 1);
    });

    it('has hosts with their options as symbols', async () => {
      const { document } = await show(MEET);
      const symbols = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
      const host = symbols.find(({ name }) => name === 'meet.example.com')!;
      assert.ok(host.children.some(({ name }) => name === 'authentication'));
      const all = await commands.executeCommand<SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'avmoderation');
      assert.ok(all.some(({ name }) => name === 'avmoderation.meet.example.com'));
    });

    it('colours the names by what they are', async () => {
      const { document } = await show(LDAP);
      const legend = await commands.executeCommand<SemanticTokensLegend>(
        'vscode.provideDocumentSemanticTokensLegend',
        document.uri,
      );
      const { data } = await commands.executeCommand<SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
      const types = new Map<string, string>();
      for (let at = 0, line = 0, character = 0; at < data.length; at += 5) {
        const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(at);
        character = lines > 0 ? characters : character + characters;
        line += lines;
        types.set(document.lineAt(line).text.slice(character, character + length), legend.tokenTypes[type]!);
      }
      assert.ok(types.has('authentication') && types.has('ldap2'), [...types].join('\n'));
      assert.notEqual(types.get('authentication'), types.get('ldap2'));
    });

    it('folds sections, and links what is included', async () => {
      const { document } = await show(MEET);
      const folds = await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
      const host = placeOf(document, 'VirtualHost "meet.example.com"').line;
      assert.ok(folds.some(({ start, end }) => start === host && end > host + 10));
      await show(MAIN);
      const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', uriOf(MAIN), 100);
      assert.ok(links.length > 0);
    });

    it('knows who includes a file', async () => {
      await show(MAIN);
      const { document } = await show(MEET);
      const [item] = await commands.executeCommand<CallHierarchyItem[]>(
        'vscode.prepareCallHierarchy',
        document.uri,
        new Position(0, 0),
      );
      const calls = await commands.executeCommand<CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', item);
      assert.deepEqual(
        calls.map(({ from }) => from.uri.path),
        [uriOf(MAIN).path],
      );
    });
  });
}
