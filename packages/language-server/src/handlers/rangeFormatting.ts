import { formatTables } from '@prosodist/language-service';
import type { DocumentRangeFormattingParams, TextEdit } from 'vscode-languageserver';
import { placed, type Server } from '../context.js';

/** `textDocument/rangeFormatting`: tables, and nothing else. */
export function rangeFormatting(server: Server): void {
  const handle = placed(
    server,
    'textDocument/rangeFormatting',
    (): TextEdit[] => [],
    ({ tree, path }, { range, options }: DocumentRangeFormattingParams) => formatTables(tree, path, range, options),
  );
  server.connection.onDocumentRangeFormatting((params, token) => handle(params, token));
}
