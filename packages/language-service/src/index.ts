// The only door: editor features as plain functions over a tree.

export { APPLY_COMMAND, type Application } from './features/actions/apply.js';
export { ACTION_KINDS } from './features/actions/kinds.js';
export { type EditClient, workspaceEdit } from './features/actions/workspaceEdit.js';
export { incomingIncludes, outgoingIncludes, prepareCallHierarchy } from './features/callHierarchy.js';
export { type ActionData, codeActions, resolveAction } from './features/codeActions.js';
export { codeLenses, type LensData, resolveCodeLens, TEST_DIRECTORY_COMMAND } from './features/codeLenses.js';
export { resolveCompletion } from './features/completion/resolve.js';
export { COMPLETION_TRIGGERS, type CompletionClient, type CompletionData, completion } from './features/completion.js';
export { definition } from './features/definition.js';
export { type DiagnosticData, type DiagnosticOptions, diagnostics, ruleUrl, SOURCE } from './features/diagnostics.js';
export { documentHighlights } from './features/documentHighlights.js';
export { documentLinks } from './features/documentLinks.js';
export { documentSymbols } from './features/documentSymbols.js';
export { foldingRanges } from './features/foldingRanges.js';
export { formatTables } from './features/formatTable.js';
export { hover } from './features/hover.js';
export { type HintData, inlayHints, resolveInlayHint } from './features/inlayHints.js';
export { references } from './features/references.js';
export { prepareRename, type Refusal, rename } from './features/rename.js';
export { selectionRanges } from './features/selectionRanges.js';
export { TOKEN_MODIFIERS, TOKEN_TYPES } from './features/semanticTokens/legend.js';
export { semanticTokens, tokenEdits } from './features/semanticTokens.js';
export { SIGNATURE_TRIGGERS, signatureHelp } from './features/signatureHelp.js';
export { formatValue } from './features/values.js';
export { withoutSecrets, withoutSecretValues } from './features/virtual/secrets.js';
export { readVirtualUri, VIRTUAL_SCHEMES, type VirtualDocument, virtualText, virtualUri } from './features/virtualDocuments.js';
export { workspaceSymbols } from './features/workspaceSymbols.js';
export { type Text, toOffset, toPosition, toRange } from './positions.js';
export { type FileSection, sectionAt, sectionsOf } from './sections.js';
export {
  type Addresses,
  filesWithFindings,
  findFile,
  findingsOf,
  readTree,
  realPath,
  type Tree,
  type TreeFile,
  withHidden,
} from './tree.js';
