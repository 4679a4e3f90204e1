import type { InitializeParams } from 'vscode-languageserver';
import { type Encoding, encodingOf } from './state/encoding.js';

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
  /** It asks for the changes of an action when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly annotations: boolean;
  readonly markdown: boolean;
  readonly symbolTree: boolean;
  /** A definition may say which text it is the definition of. */
  readonly definitionLinks: boolean;
  /** It asks first whether there is something to rename. */
  readonly preparesRename: boolean;
  /** The most folding ranges that it wants. */
  readonly foldingLimit: number | undefined;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
  /** Commands of its own that lenses may offer (`experimental.prosodist.commands`). */
  readonly commands: readonly string[];
  /** How it counts characters: the first way that it names and that is known here. */
  readonly encoding: Encoding;
  /** It shows documents that the server makes. */
  readonly virtualDocuments: boolean;
  /** What an item of a list of completions may carry. */
  readonly completion: { readonly snippets: boolean; readonly tags: boolean };
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
    resolvesEdits:
      textDocument?.codeAction?.dataSupport === true &&
      textDocument.codeAction.resolveSupport?.properties.includes('edit') === true,
    annotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    markdown: formats?.includes('markdown') ?? true,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    definitionLinks: textDocument?.definition?.linkSupport ?? false,
    preparesRename: textDocument?.rename?.prepareSupport ?? false,
    foldingLimit: textDocument?.foldingRange?.rangeLimit,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport ?? false,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport ?? false,
    commands: commandsOf(params?.capabilities?.experimental),
    encoding: encodingOf(params?.capabilities?.general?.positionEncodings),
    virtualDocuments: workspace?.textDocumentContent !== undefined,
    completion: {
      snippets: textDocument?.completion?.completionItem?.snippetSupport ?? false,
      tags: textDocument?.completion?.completionItem?.tagSupport !== undefined,
    },
    diagnostics: {
      relatedInformation: pull?.relatedInformation ?? push?.relatedInformation ?? false,
      tags: (pull?.tagSupport ?? push?.tagSupport) !== undefined,
      codeDescription: pull?.codeDescriptionSupport ?? push?.codeDescriptionSupport ?? false,
    },
  };
}

function commandsOf(experimental: unknown): string[] {
  const { prosodist } = (experimental ?? {}) as { prosodist?: { commands?: unknown } };
  const commands = prosodist?.commands;
  return Array.isArray(commands) ? commands.filter(command => typeof command === 'string') : [];
}
