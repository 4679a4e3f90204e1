import { foldingRanges, selectionRanges } from '@prosodist/language-service';
import type { FoldingRange, FoldingRangeParams, SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { placed, type Server } from '../context.js';

/** `textDocument/foldingRange` and `textDocument/selectionRange`: the shape of a file. */
export function foldingRange(server: Server): void {
  const { connection } = server;
  const fold = placed(
    server,
    'textDocument/foldingRange',
    (): FoldingRange[] => [],
    ({ tree, path }, _: FoldingRangeParams) => foldingRanges(tree, path, server.client.foldingLimit),
  );
  const select = placed(
    server,
    'textDocument/selectionRange',
    (): SelectionRange[] => [],
    ({ tree, path }, { positions }: SelectionRangeParams) => selectionRanges(tree, path, positions),
  );
  connection.onFoldingRanges((params, token) => fold(params, token));
  connection.onSelectionRanges((params, token) => select(params, token));
}
