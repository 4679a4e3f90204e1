import type { GlobalOptions } from '../context.js';
import type { Io } from '../io.js';
import { CommandError, STATUS } from '../status.js';

/**
 * `prosodist lsp --stdio`: the language server. It lies beside the program as a file of its own, and starts when it is
 * loaded; the process lives as long as its connection.
 */
export async function lsp(
  _: Io,
  __: readonly string[],
  { stdio }: GlobalOptions & { readonly stdio?: boolean },
): Promise<number> {
  if (!stdio) throw new CommandError('the language server talks over standard input and output only: `prosodist lsp --stdio`');
  // the bundle is CommonJS; without it there is no file beside
  if (typeof require === 'undefined')
    throw new CommandError('the language server comes with the bundled program only (npm run build)');
  require('./language-server.cjs');
  return STATUS.ok;
}
