import { CodeActionKind } from 'vscode-languageserver-types';

/** The kinds of actions that there are, for the server's capabilities. */
export const ACTION_KINDS = {
  quickFix: CodeActionKind.QuickFix,
  rewrite: CodeActionKind.RefactorRewrite,
  move: CodeActionKind.RefactorMove,
  fixAll: `${CodeActionKind.SourceFixAll}.prosodist`,
} as const;

/** Whether actions of a kind are asked for. Kinds contain each other by their words: `source` means `source.fixAll` too. */
export function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return !only || only.some(asked => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}
