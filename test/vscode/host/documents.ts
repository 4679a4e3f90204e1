import assert from 'node:assert/strict';
import {
  commands,
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  languages,
  Uri,
  window,
  workspace,
} from 'vscode';
import { codeOf, diagnosticsOf, MAIN, MEET, revert, show, until, untilFound, uriOf } from './tools.js';

const FAULTY = 'modules_enabled = { "tls" }\ncross_domain_bosh = false\nVirtualHost "memory.example.com"\n';

/** Documents that are no files of this computer. */
export function documents(): void {
  describe('documents', () => {
    const registered: Disposable[] = [];
    after(() => Disposable.from(...registered).dispose());

    it('shows what holds for a host', async () => {
      const { document } = await show(MEET);
      await untilFound(document.uri, 'deprecated-option');
      await commands.executeCommand('prosodist.showEffective', { section: { scope: 'meet.example.com' } });
      const shown = await until('document of it', () =>
        window.activeTextEditor?.document.uri.scheme === 'prosodist-effective' ? window.activeTextEditor.document : undefined,
      );
      assert.equal(shown.languageId, 'prosody');
      assert.match(shown.getText(), /authentication = "jitsi-anonymous"/);
      for (const secret of ['cZ5nWq0kTbUe8xRm', 'n3ver-the-Same']) assert.ok(!shown.getText().includes(secret));
      assert.deepEqual(diagnosticsOf(shown.uri), [], 'what the server makes is not judged');
    });

    it('keeps it as the configuration is, before it is saved', async () => {
      const { document } = await show(MEET);
      const made = workspace.textDocuments.find(({ uri }) => uri.scheme === 'prosodist-effective');
      assert.ok(made, 'the test before shows it');
      const editor = await window.showTextDocument(document);
      const at = document.getText().indexOf('"jitsi-anonymous"');
      await editor.edit(change => change.insert(document.positionAt(at + 1), 'not-'));
      await until('new text', () => made.getText().includes('"not-jitsi-anonymous"') || undefined);
      await revert(document);
      await until('old text', () => made.getText().includes('authentication = "jitsi-anonymous"') || undefined);
    });

    it('judges a file of another file system by what the editor has of it', async () => {
      registered.push(workspace.registerFileSystemProvider('memory', memory({ '/etc/prosody/prosody.cfg.lua': FAULTY })));
      const uri = Uri.parse('memory:/etc/prosody/prosody.cfg.lua');
      const { document } = await window.showTextDocument(uri);
      assert.equal(document.languageId, 'prosody');
      await untilFound(uri, 'deprecated-option');
      const [finding] = diagnosticsOf(uri);
      assert.equal(finding!.range.start.line, 1);
      // it is no file of this computer's /etc/prosody
      assert.deepEqual(
        languages.getDiagnostics().filter(([{ scheme, path }]) => scheme === 'file' && path.startsWith('/etc/prosody')),
        [],
      );
    });

    it('saves into that file system what a fix makes', async () => {
      const uri = Uri.parse('memory:/etc/prosody/prosody.cfg.lua');
      await window.showTextDocument(uri);
      await commands.executeCommand('prosodist.fixAll');
      const document = await workspace.openTextDocument(uri);
      await until('fixed text', () => !document.getText().includes('cross_domain_bosh') || undefined);
      await document.save();
      const saved = new TextDecoder().decode(await workspace.fs.readFile(uri));
      assert.equal(saved, FAULTY.replace('cross_domain_bosh = false\n', ''));
      await untilFound(uri, 'deprecated-option', false);
    });

    it('judges an untitled document, until it has another language', async () => {
      const document = await workspace.openTextDocument({ language: 'prosody', content: FAULTY });
      await window.showTextDocument(document);
      await until('finding', () => diagnosticsOf(document.uri).length > 0 || undefined);
      assert.deepEqual(diagnosticsOf(document.uri).map(codeOf), ['deprecated-option']);
      const lua = await languages.setTextDocumentLanguage(document, 'lua');
      await until('end of the findings', () => diagnosticsOf(lua.uri).length === 0 || undefined);
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('takes the text of an open file before the saved one', async () => {
      const { document } = await show(MEET);
      await show(MAIN);
      await untilFound(uriOf(MAIN), 'duplicate-option');
      const editor = await window.showTextDocument(document);
      await editor.edit(change => change.delete(document.lineAt(2).range));
      await untilFound(uriOf(MAIN), 'duplicate-option', false);
      await revert(document);
      await untilFound(uriOf(MAIN), 'duplicate-option');
    });
  });
}

/** A file system of a few files. */
function memory(texts: Record<string, string>): FileSystemProvider {
  const files = new Map(Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]));
  const changed = new EventEmitter<FileChangeEvent[]>();
  const isFolder = ({ path }: Uri) => path === '/' || [...files.keys()].some(name => name.startsWith(`${path}/`));
  const fileAt = (uri: Uri) => {
    const bytes = files.get(uri.path);
    if (!bytes) throw FileSystemError.FileNotFound(uri);
    return bytes;
  };
  return {
    onDidChangeFile: changed.event,
    watch: () => new Disposable(() => undefined),
    stat: uri =>
      isFolder(uri)
        ? { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 }
        : { type: FileType.File, ctime: 0, mtime: 0, size: fileAt(uri).length },
    readDirectory: () => [],
    readFile: fileAt,
    writeFile: (uri, bytes) => void files.set(uri.path, new Uint8Array(bytes)),
    createDirectory: () => undefined,
    delete: ({ path }) => void files.delete(path),
    rename: () => {
      throw FileSystemError.NoPermissions();
    },
  };
}
