import type { MemoryFile, ProsodyVersion } from '@prosodist/core';
import type { Project } from '../protocol.js';

type Files = Readonly<Record<string, MemoryFile>>;

/** What is open, and what it was when it was opened. A value for each state; listeners hear of every change. */
export class Store {
  private now: Project;
  private start: Files;
  private readonly before: { readonly files: Files; readonly title: string }[] = [];

  constructor(project: Project) {
    this.now = project;
    this.start = project.files;
  }

  get project(): Project {
    return this.now;
  }

  /** The files as they were opened. */
  get originals(): Files {
    return this.start;
  }

  /** What `undo` would take back; undefined where there is nothing. */
  get undoable(): string | undefined {
    return this.before.at(-1)?.title;
  }

  open(project: Project): void {
    this.now = project;
    this.start = project.files;
    this.before.length = 0;
  }

  choose(version: ProsodyVersion, entry: string): void {
    this.now = { ...this.now, version, entry };
  }

  /** What somebody typed: the editor has an undo of its own for it. */
  type(file: string, text: string): void {
    this.now = { ...this.now, files: { ...this.now.files, [file]: text } };
    // what was changed before could not be taken back without what was typed since
    this.before.length = 0;
  }

  /** Takes a change of several files. */
  apply(files: Readonly<Record<string, MemoryFile | null>>, title: string): void {
    this.before.push({ files: this.now.files, title });
    const after: Record<string, MemoryFile> = {};
    for (const [file, content] of Object.entries({ ...this.now.files, ...files })) if (content !== null) after[file] = content;
    this.now = { ...this.now, files: after };
  }

  undo(): string | undefined {
    const last = this.before.pop();
    if (last) this.now = { ...this.now, files: last.files };
    return last?.title;
  }
}

/** The text of a file of a project; undefined for a link, and where nothing is. */
export function textOf({ files }: Project, file: string): string | undefined {
  const content = Object.hasOwn(files, file) ? files[file] : undefined;
  return typeof content === 'string' ? content : undefined;
}
