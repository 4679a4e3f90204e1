import { type Disposable, FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/**
 * The server knows paths. A file of another scheme has one too: `vscode-vfs://github/owner/name/x` is `/~vscode-vfs/github/owner/name/x`
 * to it. Documents without a folder, such as untitled ones, keep their URIs.
 */
export const converters = {
  code2Protocol: (uri: Uri): string => {
    if (uri.scheme === 'file' || !uri.path.startsWith('/') || MADE.test(uri.scheme)) return uri.toString();
    return uri.with({ scheme: 'file', authority: '', path: `/~${uri.scheme}/${uri.authority}${uri.path}` }).toString();
  },
  protocol2Code: (text: string): Uri => {
    const uri = Uri.parse(text);
    const [, scheme, authority = '', path] = /^\/~([^/]+)\/([^/]*)(\/.*)$/.exec(uri.path) ?? [];
    return uri.scheme === 'file' && scheme ? uri.with({ scheme, authority, path: path! }) : uri;
  },
};

const MADE = /^(?:untitled|prosodist-.*|git|output)$/;
const MOST_BYTES = 16 * 1024 * 1024;

/** What is at a path, as far as the server wants it. */
type Seen = { readonly text: string } | { readonly names: readonly string[] } | null;

/** Answers what the server asks of the file system: one request for many paths. */
export function serveFiles(client: BaseLanguageClient): Disposable {
  return client.onRequest(
    'prosodist/files',
    async ({ paths }: { paths: readonly string[] }): Promise<Seen[]> =>
      Promise.all(paths.map(path => look(converters.protocol2Code(Uri.file(path).toString())))),
  );
}

async function look(uri: Uri): Promise<Seen> {
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if (type & FileType.Directory) return { names: (await workspace.fs.readDirectory(uri)).map(([name]) => name) };
    if (size > MOST_BYTES) return null;
    return { text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch {
    return null;
  }
}
