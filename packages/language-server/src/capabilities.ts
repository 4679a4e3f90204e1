// The one list of what the server does. What `initialize` advertises, which handlers listen, and docs/features.md come from it.
import {
  ACTION_KINDS,
  APPLY_COMMAND,
  COMPLETION_TRIGGERS,
  SIGNATURE_TRIGGERS,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
  VIRTUAL_SCHEMES,
} from '@prosodist/language-service';
import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import type { ClientFeatures } from './client.js';
import type { Server } from './context.js';
import { callHierarchy } from './handlers/callHierarchy.js';
import { codeAction } from './handlers/codeAction.js';
import { codeLens } from './handlers/codeLens.js';
import { completion } from './handlers/completion.js';
import { definition } from './handlers/definition.js';
import { documentLink } from './handlers/documentLink.js';
import { documentSymbol } from './handlers/documentSymbol.js';
import { executeCommand } from './handlers/executeCommand.js';
import { foldingRange } from './handlers/foldingRange.js';
import { hover } from './handlers/hover.js';
import { inlayHint } from './handlers/inlayHint.js';
import { pullDiagnostics } from './handlers/pullDiagnostics.js';
import { pushDiagnostics } from './handlers/pushDiagnostics.js';
import { rangeFormatting } from './handlers/rangeFormatting.js';
import { references } from './handlers/references.js';
import { rename } from './handlers/rename.js';
import { semanticTokens } from './handlers/semanticTokens.js';
import { signatureHelp } from './handlers/signatureHelp.js';
import { textDocumentContent } from './handlers/textDocumentContent.js';
import { textDocumentSync } from './handlers/textDocumentSync.js';
import { workspaceChanges } from './handlers/workspaceChanges.js';
import { workspaceSymbol } from './handlers/workspaceSymbol.js';

/** One thing that the server does. */
export interface Feature {
  /** The methods of the protocol that it serves or sends. */
  readonly methods: readonly string[];
  /** What it does, in a line for docs/features.md. */
  readonly note: string;
  /** What `initialize` says of it to a client; nothing where the client has to know nothing. */
  readonly capabilities?: (client: ClientFeatures) => ServerCapabilities;
  /** Starts listening. */
  readonly serve: (server: Server) => void;
}

export const FEATURES: readonly Feature[] = [
  {
    methods: ['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didSave', 'textDocument/didClose'],
    note: 'Documents change in parts; what is open goes before what is saved, also for files that others include.',
    capabilities: ({ encoding }) => ({
      positionEncoding: encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    }),
    serve: textDocumentSync,
  },
  {
    methods: [
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
      'workspace/didChangeWorkspaceFolders',
      'workspace/configuration',
    ],
    note: 'Settings by document, several folders, files that change on disk.',
    capabilities: () => ({ workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }),
    serve: workspaceChanges,
  },
  {
    methods: ['textDocument/publishDiagnostics'],
    note: 'For clients that do not ask; with the version of the document, for every file of the tree.',
    serve: pushDiagnostics,
  },
  {
    methods: ['textDocument/diagnostic', 'workspace/diagnostic', 'workspace/diagnostic/refresh'],
    note: 'For clients that ask; the workspace is every file of the open trees, given part by part.',
    capabilities: ({ pullsDiagnostics }) =>
      pullsDiagnostics
        ? {
            diagnosticProvider: {
              identifier: 'prosodist',
              interFileDependencies: true,
              workspaceDiagnostics: true,
              workDoneProgress: true,
            },
          }
        : {},
    serve: pullDiagnostics,
  },
  {
    methods: ['textDocument/hover'],
    note: 'Options, values, modules, hosts: what they are, what holds here, and where it was set.',
    capabilities: () => ({ hoverProvider: true }),
    serve: hover,
  },
  {
    methods: ['textDocument/completion', 'completionItem/resolve'],
    note: 'Options of the section and version, modules, providers, hosts, keys and values of tables, files, filters and DNs.',
    capabilities: () => ({
      completionProvider: {
        triggerCharacters: [...COMPLETION_TRIGGERS],
        resolveProvider: true,
        completionItem: { labelDetailsSupport: false },
      },
    }),
    serve: completion,
  },
  {
    methods: ['textDocument/signatureHelp'],
    note: 'The arguments of VirtualHost, Component, Include, and of the functions of 13.0.',
    capabilities: () => ({ signatureHelpProvider: { triggerCharacters: [...SIGNATURE_TRIGGERS] } }),
    serve: signatureHelp,
  },
  {
    methods: ['textDocument/documentSymbol'],
    note: 'Hosts and components with their options.',
    capabilities: () => ({ documentSymbolProvider: true }),
    serve: documentSymbol,
  },
  {
    methods: ['textDocument/codeAction', 'codeAction/resolve'],
    note: 'Fixes (safe ones preferred, others marked), all safe fixes at once, comments that hide a finding, LDAP and more for a host.',
    capabilities: () => ({ codeActionProvider: { codeActionKinds: Object.values(ACTION_KINDS), resolveProvider: true } }),
    serve: codeAction,
  },
  {
    methods: ['textDocument/definition', 'textDocument/declaration'],
    note: 'Hosts, components, options (where the value that holds here was set), locals, included files, installed modules.',
    capabilities: () => ({ definitionProvider: true, declarationProvider: true }),
    serve: definition,
  },
  {
    methods: ['textDocument/references', 'textDocument/documentHighlight'],
    note: 'Every place that names a host (in addresses and paths too), component, option, module or local; what sets from what reads.',
    capabilities: () => ({ referencesProvider: true, documentHighlightProvider: true }),
    serve: references,
  },
  {
    methods: ['textDocument/documentLink'],
    note: 'Included files, certificates and other files that are there, pages of modules, addresses in comments.',
    capabilities: () => ({ documentLinkProvider: {} }),
    serve: documentLink,
  },
  {
    methods: ['workspace/symbol'],
    note: 'Hosts, components and options of all open trees, at most 256 at a time.',
    capabilities: () => ({ workspaceSymbolProvider: true }),
    serve: workspaceSymbol,
  },
  {
    methods: ['textDocument/foldingRange', 'textDocument/selectionRange'],
    note: 'Sections, tables, blocks, comments, long strings; selections that grow from the word to the file.',
    capabilities: () => ({ foldingRangeProvider: true, selectionRangeProvider: true }),
    serve: foldingRange,
  },
  {
    methods: ['textDocument/rename', 'textDocument/prepareRename'],
    note: 'A host with everything that is named after it in all files, a local in its file; refusals say why.',
    capabilities: ({ preparesRename }) => ({ renameProvider: preparesRename ? { prepareProvider: true } : true }),
    serve: rename,
  },
  {
    methods: ['textDocument/prepareCallHierarchy', 'callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls'],
    note: 'Who includes a file, and what a file includes.',
    capabilities: () => ({ callHierarchyProvider: true }),
    serve: callHierarchy,
  },
  {
    methods: ['textDocument/semanticTokens/full', 'textDocument/semanticTokens/full/delta', 'textDocument/semanticTokens/range'],
    note: 'Hosts, components, options, modules, allowed values, locals, the parts of LDAP filters and DNs.',
    capabilities: () => ({
      semanticTokensProvider: {
        legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
        full: { delta: true },
        range: true,
      },
    }),
    serve: semanticTokens,
  },
  {
    methods: ['textDocument/inlayHint', 'inlayHint/resolve', 'workspace/inlayHint/refresh'],
    note: 'Where an include begins, what a host inherits or sets instead of the global section; off by default.',
    capabilities: () => ({ inlayHintProvider: { resolveProvider: true } }),
    serve: inlayHint,
  },
  {
    methods: ['textDocument/codeLens', 'codeLens/resolve', 'workspace/codeLens/refresh'],
    note: 'Modules and options of each host, a test of its directory where the client has that; off by default.',
    capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
    serve: codeLens,
  },
  {
    methods: ['textDocument/rangeFormatting'],
    note: 'Aligns the tables of a range; never comments, strings or anything outside of tables.',
    capabilities: () => ({ documentRangeFormattingProvider: true }),
    serve: rangeFormatting,
  },
  {
    methods: ['workspace/textDocumentContent', 'workspace/textDocumentContent/refresh'],
    note: 'What Prosody uses for a host, and what an action would change, as documents; secrets are not shown.',
    capabilities: ({ virtualDocuments }) =>
      virtualDocuments ? { workspace: { textDocumentContent: { schemes: Object.values(VIRTUAL_SCHEMES) } } } : {},
    serve: textDocumentContent,
  },
  {
    methods: ['workspace/executeCommand', 'workspace/applyEdit'],
    note: 'Makes the edit of an action, then its links; takes the rights on new files with passwords away from others.',
    capabilities: () => ({ executeCommandProvider: { commands: [APPLY_COMMAND] } }),
    serve: executeCommand,
  },
];

/** What the server can do for a client: the capabilities of every feature in one. */
export function capabilitiesFor(client: ClientFeatures): ServerCapabilities {
  const said = FEATURES.map(feature => feature.capabilities?.(client) ?? {});
  // several features say something about the workspace
  const workspace = Object.assign({}, ...said.map(({ workspace }) => workspace));
  return Object.assign({}, ...said, { workspace });
}
