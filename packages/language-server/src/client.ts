import type { InitializeParams } from 'vscode-languageserver/node';

/** What the client can do, as far as it makes a difference here. */
export interface ClientFeatures {
  /** It asks for diagnostics; else they are sent to it. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  readonly applyEdit: boolean;
  readonly codeActionLiterals: boolean;
  readonly markdown: boolean;
  readonly symbolTree: boolean;
  /** What a diagnostic may carry. */
  readonly diagnostics: { readonly relatedInformation: boolean; readonly tags: boolean; readonly codeDescription: boolean };
}

/** Reads the client's capabilities. A client that says nothing gets what every client can show. */
export function clientFeatures(params: Partial<InitializeParams> | undefined): ClientFeatures {
  const { workspace, textDocument } = params?.capabilities ?? {};
  const { documentChanges = false, resourceOperations = [] } = workspace?.workspaceEdit ?? {};
  const { publishDiagnostics: push, diagnostic: pull } = textDocument ?? {};
  const formats = textDocument?.hover?.contentFormat;
  return {
    pullsDiagnostics: pull !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    hasConfiguration: workspace?.configuration ?? false,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    documentChanges,
    createFiles: resourceOperations.includes('create'),
    applyEdit: workspace?.applyEdit ?? false,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    markdown: formats?.includes('markdown') ?? true,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    diagnostics: {
      relatedInformation: pull?.relatedInformation ?? push?.relatedInformation ?? false,
      tags: (pull?.tagSupport ?? push?.tagSupport) !== undefined,
      codeDescription: pull?.codeDescriptionSupport ?? push?.codeDescriptionSupport ?? false,
    },
  };
}
