import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  type CompletionList,
  ConfigurationTarget,
  commands,
  type FormattingOptions,
  Position,
  Range,
  type SignatureHelp,
  type TextEdit,
  Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { actionsAt, changed, complete, LDAP, MAIN, placeOf, revert, show, take, type, untilFound, uriOf } from './tools.js';

const saved = (name: string) => readFileSync(uriOf(name).fsPath, 'utf8');

/** What somebody types. */
export function editing(): void {
  describe('editing', () => {
    afterEach(async () => {
      for (const document of workspace.textDocuments) if (document.uri.scheme === 'file') await revert(document);
    });

    it('completes an option, a module and a host', async () => {
      const editor = await show(MAIN);
      const { document } = editor;
      const endOf = (words: string) => document.lineAt(placeOf(document, words).line).range.end;
      await complete(editor, await type(editor, endOf('pidfile ='), '\narchive_expires_a'), 'archive_expires_after');
      await complete(editor, await type(editor, endOf('"uptime"; --'), '\n\t\t"csi_simp'), 'csi_simple');
      await complete(editor, await type(editor, endOf('VirtualHost "localhost"'), '\n\thttp_host = "mee'), 'meet.example.com');
      const { gone, come } = changed(saved(MAIN), document.getText());
      assert.deepEqual(gone, []);
      assert.equal(come.length, 3, come.join('\n'));
      assert.match(come[0]!, /^\t\t"csi_simple"?;?$/);
      assert.match(come[1]!, /^archive_expires_after = /);
      assert.match(come[2]!, /^\thttp_host = "meet\.example\.com"?$/);
    });

    it('completes nothing in a comment', async () => {
      const { document } = await show(MAIN);
      const { items } = await commands.executeCommand<CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        placeOf(document, '-- Contact lists', 6),
      );
      assert.deepEqual(
        items.filter(({ kind }) => kind !== 0),
        [],
      );
    });

    it('names the argument that is written', async () => {
      const editor = await show(MAIN);
      const at = await type(editor, editor.document.lineAt(editor.document.lineCount - 1).range.end, '\nComponent "');
      const help = await commands.executeCommand<SignatureHelp>('vscode.executeSignatureHelpProvider', editor.document.uri, at);
      assert.equal(help.activeParameter, 0);
      assert.match(help.signatures[0]!.label, /^Component/);
    });

    it('repairs by a quick fix', async () => {
      const { document } = await show(LDAP);
      await untilFound(document.uri, 'unknown-ldap-key');
      await take(await actionsAt(document, 'host = "ldaps'), 'Rename to `hostname`');
      const { gone, come } = changed(saved(LDAP), document.getText());
      assert.deepEqual(gone, ['    host = "ldaps://dc1.corp.example",']);
      assert.deepEqual(come, ['    hostname = "ldaps://dc1.corp.example",']);
    });

    it('makes the safe fixes when a file is saved, if the user wants that', async () => {
      const before = saved(LDAP);
      const editor = await show(LDAP);
      const settings = workspace.getConfiguration('editor', { languageId: 'prosody', uri: editor.document.uri });
      const wish = (value: object | undefined) => settings.update('codeActionsOnSave', value, ConfigurationTarget.Workspace);
      try {
        await type(editor, new Position(0, 0), '\n');
        await editor.document.save();
        assert.equal(saved(LDAP), `\n${before}`, 'nobody has asked for it');
        await wish({ 'source.fixAll.prosodist': 'explicit' });
        await type(editor, new Position(0, 0), '\n');
        await editor.document.save();
        const text = saved(LDAP);
        for (const fixed of [
          /^ {4}hostname = "ldaps/m,
          /use_tls = false/,
          /"CN=svc-jitsi,OU=/,
          /usernamefield = "sAMAccountName"/,
        ])
          assert.match(text, fixed);
      } finally {
        await wish(undefined);
        await workspace.fs.writeFile(uriOf(LDAP), new TextEncoder().encode(before));
      }
    });

    it('aligns the table that is selected, and nothing else', async () => {
      const text = 'log = {\n\tinfo = "a";\n  error = "b";\n}\nx  =  1\n';
      const document = await workspace.openTextDocument({ language: 'prosody', content: text });
      const options: FormattingOptions = { insertSpaces: false, tabSize: 4 };
      const edits = await commands.executeCommand<TextEdit[]>(
        'vscode.executeFormatRangeProvider',
        document.uri,
        new Range(0, 0, 4, 0),
        options,
      );
      const edit = new WorkspaceEdit();
      edit.set(document.uri, edits);
      assert.ok(await workspace.applyEdit(edit));
      const lines = document.getText().split('\n');
      assert.equal(/^\s*/.exec(lines[1]!)![0], /^\s*/.exec(lines[2]!)![0]);
      assert.equal(document.getText().replace(/[ \t]/g, ''), text.replace(/[ \t]/g, ''));
      assert.equal(lines[4], 'x  =  1');
    });

    it('renames a host in all files', async () => {
      const { document } = await show(MAIN);
      const links = await workspace.fs.readDirectory(Uri.joinPath(uriOf(MAIN), '../conf.d'));
      assert.equal(links.length, 1);
      const meet = await workspace.openTextDocument(uriOf('meet/conf.avail/meet.example.com.cfg.lua'));
      const before = meet.getText();
      const edit = await commands.executeCommand<WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        meet.uri,
        placeOf(meet, 'VirtualHost "meet.example.com"', 'VirtualHost "me'.length),
        'talk.example.com',
      );
      assert.ok(await workspace.applyEdit(edit));
      const text = meet.getText().replace(/--.*/g, '');
      for (const name of ['talk', 'conference.talk', 'auth.talk', 'guest.talk'])
        assert.ok(text.includes(`"${name}.example.com"`), name);
      assert.ok(text.includes('"focus@auth.talk.example.com"'));
      assert.ok(!/"[^"/]*\bmeet\.example\.com"/.test(text), text);
      assert.ok(!document.isDirty, 'the main file does not name it');
      await show('meet/conf.avail/meet.example.com.cfg.lua');
      assert.equal(meet.getText(), before);
    });

    it('refuses to rename what has no name', async () => {
      const { document } = await show(MAIN);
      const asked = commands.executeCommand('vscode.prepareRename', document.uri, placeOf(document, 'c2s_require_encryption', 2));
      await assert.rejects(async () => asked, /renam/i);
    });
  });
}
