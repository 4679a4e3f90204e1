import {
  type Changes,
  changedFiles,
  changesOf,
  fixAll,
  folderOf,
  ignoreEdit,
  isEmpty,
  type MemoryFile,
  NO_CHANGES,
  type Operation,
  plan,
} from '@prosodist/core';
import { findFile, withoutSecrets } from '@prosodist/language-service';
import { createTwoFilesPatch } from 'diff';
import type { Change, Refusal } from '../protocol.js';
import { findingsIn, placeOf } from './judged.js';
import type { State } from './state.js';

const OUTDATED: Refusal = { problem: 'The text has changed since; the findings are being looked for again.', at: null };

/** The fix of one finding. */
export function fixChange(state: State, id: number, generation: number): Change | Refusal {
  const finding = generation === state.generation ? findingsIn(state.tree)[id] : undefined;
  if (!finding) return OUTDATED;
  if (!finding.fix) return { problem: 'There is no fix for this finding.', at: null };
  return changeFrom(state, finding.fix.title, finding.fix);
}

/** All fixes, the tree read again after each round until none is left. */
export function fixAllChange(state: State, unsafe: boolean): Change | Refusal {
  const { files, project, tree } = state;
  const fixed = fixAll(files, project.entry, { ...tree.options, unsafe });
  if (fixed.applied.length === 0) return { problem: 'There is nothing that could be fixed this way.', at: null };
  const refused = fixed.refused.length > 0 ? `, ${fixed.refused.length} left out because they would break something` : '';
  const title = `${fixed.applied.length} ${fixed.applied.length === 1 ? 'fix' : 'fixes'}${refused}`;
  return changeOf(state, changedFiles(files, changesOf(fixed)), title);
}

/** A comment that hides a finding, or all of its rule in the file. */
export function ignoreChange(state: State, id: number, generation: number, reach: 'line' | 'file'): Change | Refusal {
  const finding = generation === state.generation ? findingsIn(state.tree)[id] : undefined;
  if (!finding) return OUTDATED;
  const document = findFile(state.tree, finding.at.file)?.document;
  const edit = document && ignoreEdit(document, finding, { reach });
  if (!edit) return { problem: 'No comment can stand here: the place is inside a text of several lines.', at: null };
  return changeFrom(state, `Hide ${finding.rule}`, { ...NO_CHANGES, edits: [edit] });
}

/** What an operation of the patcher would change, or why it is refused. */
export function operationChange(state: State, operation: Operation): Change | Refusal {
  const { files, project, tree } = state;
  const made = plan(files, project.entry, [operation], tree.options);
  const [outcome] = made.outcomes;
  const at = outcome?.at[0] ? placeOf(tree, outcome.at[0]) : null;
  if (!made.ok) return { problem: `Refused: ${outcome?.why ?? 'it cannot be done'}.`, at };
  if (outcome?.status === 'already') return { problem: `Nothing to do: ${outcome.why}.`, at };
  return changeOf(state, changedFiles(files, changesOf(made)), outcome?.why ?? operation.op);
}

function changeFrom(state: State, title: string, changes: Changes): Change | Refusal {
  if (isEmpty(changes)) return { problem: 'Nothing would change.', at: null };
  return changeOf(state, changedFiles(state.files, changes), title);
}

function changeOf({ project, tree }: State, changed: Iterable<readonly [string, MemoryFile | null]>, title: string): Change {
  const files = Object.fromEntries(changed);
  const after: Record<string, MemoryFile> = {};
  for (const [file, content] of Object.entries({ ...project.files, ...files })) if (content !== null) after[file] = content;
  const patch = patchOf(project.files, after, project.entry);
  return { title, files, diff: withoutSecrets(patch, tree.result.configuration) };
}

type Files = Readonly<Record<string, MemoryFile>>;

/** All that has changed since the files were opened: the patch, and how it is shown. */
export function wholePatch({ project, tree }: State, originals: Files): { readonly patch: string; readonly shown: string } {
  const patch = patchOf(originals, project.files, project.entry);
  return { patch, shown: withoutSecrets(patch, tree.result.configuration) };
}

/**
 * A unified diff of two states of the files, which `patch -p1` takes in the folder of the main file. A link shows as a file of
 * one line, its target, under a mode of its own, as git has it.
 */
export function patchOf(before: Files, after: Files, entry: string): string {
  const folder = folderOf(entry);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap(file => filePatch(before[file], after[file], relative(folder, file))).join('');
}

function filePatch(before: MemoryFile | undefined, after: MemoryFile | undefined, name: string): string[] {
  const [old, young] = [textOf(before), textOf(after)];
  if (old === young) return [];
  const head = [`diff --git a/${name} b/${name}\n`];
  if (before === undefined) head.push(`new file mode ${modeOf(after)}\n`);
  if (after === undefined) head.push(`deleted file mode ${modeOf(before)}\n`);
  const [a, b] = [before === undefined ? '/dev/null' : `a/${name}`, after === undefined ? '/dev/null' : `b/${name}`];
  const patch = createTwoFilesPatch(a, b, old ?? '', young ?? '', undefined, undefined, { context: 3 });
  return [...head, patch.replace(/^=+\n/, '')];
}

function modeOf(file: MemoryFile | undefined): string {
  return typeof file === 'object' ? '120000' : '100644';
}

function textOf(file: MemoryFile | undefined): string | undefined {
  return typeof file === 'object' ? file.link : file;
}

function relative(folder: string, file: string): string {
  return file.startsWith(folder) ? file.slice(folder.length).replace(/^\//, '') : file.replace(/^\//, '');
}
