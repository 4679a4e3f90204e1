import { type FileSystem, memoryFiles } from '@prosodist/core';
import { readTree, type Tree } from '@prosodist/language-service';
import type { Project } from '../protocol.js';

/** What is open: the files as the page has them, read and judged. */
export interface State {
  readonly project: Project;
  readonly files: FileSystem;
  readonly tree: Tree;
  readonly generation: number;
  readonly milliseconds: number;
}

const ADDRESSES = {
  uriOf: (path: string) => `file://${path.split('/').map(encodeURIComponent).join('/')}`,
  pathOf: (uri: string) => decodeURIComponent(uri.replace(/^file:\/\//, '')),
};

/** Reads and judges a configuration. A file alone is taken for a part of something: what it lacks may be elsewhere. */
export function openProject(project: Project, before: State | undefined): State {
  const start = performance.now();
  const files = memoryFiles(project.files);
  const same = before?.project.version === project.version && before.project.entry === project.entry;
  const tree = readTree(files, project.entry, ADDRESSES, {
    prosody: project.version,
    complete: Object.keys(project.files).length > 1,
    ...(same && { previous: before.tree.result.configuration }),
  });
  return { project, files, tree, generation: (before?.generation ?? 0) + 1, milliseconds: performance.now() - start };
}

/** The same with one file's text changed. */
export function withText(state: State, file: string, text: string): State {
  return openProject({ ...state.project, files: { ...state.project.files, [file]: text } }, state);
}
