// Configuration trees on the real disk, and what an editor does to them.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

export class Workspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'prosodist-server-')));

  /** @param files path inside the folder → text, or `-> target` for a symbolic link */
  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), path);
    else writeFileSync(path, text);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  uri(name: string): string {
    return pathToFileURL(this.path(name)).href;
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Does a workspace edit to the files on disk. */
  apply(edit: WorkspaceEdit | undefined): void {
    for (const [uri, edits] of Object.entries(edit?.changes ?? {})) change(uri, edits);
    for (const part of edit?.documentChanges ?? []) {
      if ('edits' in part) change(part.textDocument.uri, part.edits as TextEdit[]);
      else if (part.kind === 'create') writeFileSync(fileURLToPath(part.uri), '', { flag: 'wx' });
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function change(uri: string, edits: TextEdit[]): void {
  const path = fileURLToPath(uri);
  writeFileSync(path, edited(readFileSync(path, 'utf8'), edits));
}

/** A text after edits. */
export function edited(text: string, edits: TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('file:///x', 'prosody', 0, text), edits);
}

export const MAIN = 'admins = { "a@example.com" }\nmodules_enabled = { "saslauth"; "bosh" }\nInclude "conf.d/*.cfg.lua"\n';
export const MEET = `VirtualHost "meet.example.com"
    authentication = "internal_hashed"
    turn_external_secret = "hush"

Component "conference.meet.example.com" "muc"
`;

/** Debian's habit: files in conf.avail, links to them in conf.d. */
export function debian(files: Readonly<Record<string, string>> = {}): Workspace {
  return new Workspace({
    'prosody.cfg.lua': MAIN,
    'conf.avail/meet.cfg.lua': MEET,
    'conf.d/meet.cfg.lua': '-> ../conf.avail/meet.cfg.lua',
    ...files,
  });
}
