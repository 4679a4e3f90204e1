// The page about the language server: every method of the protocol, whether it is served, and how. The methods are those of the
// protocol's own library, the answers those of the list that the server starts from.
import protocol from 'vscode-languageserver-protocol/node';

/** Served by the library, or part of every session. */
const BASE = {
  initialize: 'The capabilities follow what the client can do.',
  initialized: 'Settings and files to watch are registered where the client lets the server do so.',
  shutdown: 'The session ends.',
  exit: 'So does the process; also when the editor is gone without a word.',
  'client/registerCapability': 'For settings and watched files.',
  'window/logMessage': 'What went wrong in a request, never a text or a value of the configuration.',
  'window/workDoneProgress/create': 'For the diagnostics of the workspace.',
  'window/workDoneProgress/cancel': 'The work ends.',
  'window/showMessage': 'Where an action was only half done.',
  '$/setTrace': 'Taken, without effect.',
};

/** Why something is not there. */
const NOT = {
  'textDocument/formatting': "A configuration is its owner's: only tables can be formatted, with a range.",
  'textDocument/rangesFormatting': 'One range at a time.',
  'textDocument/onTypeFormatting': 'Nothing is moved while somebody writes.',
  'textDocument/declaration': 'The definition is the declaration.',
  'textDocument/typeDefinition': 'Lua has no types.',
  'textDocument/implementation': 'Lua has no interfaces.',
  'textDocument/documentColor': 'There are no colours.',
  'textDocument/colorPresentation': 'There are no colours.',
  'textDocument/inlineCompletion': 'Nothing is guessed.',
  'textDocument/inlineValue': 'Nothing is run.',
  'textDocument/linkedEditingRange': 'Rename does it, in every file.',
  'textDocument/moniker': 'Nothing is indexed for others.',
  'textDocument/prepareTypeHierarchy': 'Lua has no types.',
  'textDocument/willSaveWaitUntil': 'Fixes on save are `source.fixAll.prosodist`, which the editor asks for.',
  'textDocument/semanticTokens': 'It only registers the methods below.',
  'textDocument/willSave': 'Nothing has to be done before a file is saved.',
  'typeHierarchy/subtypes': 'Lua has no types.',
  'typeHierarchy/supertypes': 'Lua has no types.',
  'documentLink/resolve': 'Links come with their targets.',
  'workspaceSymbol/resolve': 'Symbols come with their places.',
  'workspace/didCreateFiles': 'Watched files tell it, also when another program made them.',
  'workspace/didDeleteFiles': 'Watched files tell it.',
  'workspace/didRenameFiles': 'Watched files tell it.',
  'workspace/willCreateFiles': 'No file is refused.',
  'workspace/willDeleteFiles': 'No file is refused.',
  'workspace/willRenameFiles': 'What includes a file is usually a pattern.',
  'workspace/workspaceFolders': 'The folders come with the start, and each change of them.',
  'workspace/foldingRange/refresh': 'What folds follows from the text alone.',
  'workspace/inlineValue/refresh': 'Nothing is run.',
  'workspace/semanticTokens/refresh': 'Editors ask again with each change.',
  'window/showDocument': 'Nothing is opened unasked.',
  'window/showMessageRequest': 'Nobody is asked anything.',
  'client/unregisterCapability': 'What is registered stays.',
  '$/logTrace': 'Nothing is traced.',
  'telemetry/event': 'Nothing is told to anybody.',
};

/**
 * The page as Markdown.
 * @param {readonly { methods: readonly string[], note: string }[]} features
 */
export function featuresPage(features) {
  const served = new Map(features.flatMap(({ methods, note }) => methods.map(method => [method, note])));
  const known = Object.values(protocol)
    .map(value => value?.type?.method)
    .filter(method => typeof method === 'string' && !method.startsWith('notebookDocument/'));
  const methods = [...new Set([...known, ...served.keys(), ...Object.keys(BASE)])].sort();
  const rows = methods.map(method => {
    const note = served.get(method) ?? BASE[method];
    return note === undefined ? `| \`${method}\` | no | ${NOT[method] ?? ''} |` : `| \`${method}\` | yes | ${note} |`;
  });
  return [
    '# What the language server does',
    '',
    'Made by `npm run docs` from the list that the server starts from (`packages/language-server/src/capabilities.ts`). Every method of',
    'the Language Server Protocol 3.18 but those about notebooks.',
    '',
    '| method | served | |',
    '|---|---|---|',
    ...rows,
    '',
    'Documents that the server makes (`workspace/textDocumentContent`) have the URIs `prosodist-effective:/HOST.cfg.lua?of=URI&scope=HOST` and',
    '`prosodist-preview:/ACTION.diff?of=URI&id=ACTION&argument=…`, where `of` is an open document of the tree; id and argument are those',
    "of a code action's `data`.",
    '',
  ].join('\n');
}
