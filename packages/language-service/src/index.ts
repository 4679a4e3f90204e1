// The only door: editor features as plain functions over a tree.

export { APPLY_COMMAND, type Application } from './features/actions/apply.js';
export { ACTION_KINDS } from './features/actions/kinds.js';
export { type EditClient, workspaceEdit } from './features/actions/workspaceEdit.js';
export { codeActions } from './features/codeActions.js';
export { type DiagnosticData, type DiagnosticOptions, diagnostics, ruleUrl, SOURCE } from './features/diagnostics.js';
export { documentSymbols } from './features/documentSymbols.js';
export { hover } from './features/hover.js';
export { type Text, toOffset, toPosition, toRange } from './positions.js';
export { type FileSection, sectionAt, sectionsOf } from './sections.js';
export { type Addresses, filesWithFindings, findFile, findingsOf, readTree, realPath, type Tree, type TreeFile } from './tree.js';
