import {
  baseName,
  type Configuration,
  type FileSystem,
  folderOf,
  type LoadOptions,
  load,
  type MemoryFile,
  overlayFiles,
} from '../evaluate/index.js';
import { minimalEdits, type TextEdit } from '../text/index.js';
import { type Changes, changedFiles, isEmpty, type NewLink } from './change.js';

/** One file that a plan writes. */
export interface PlannedFile {
  /** The file itself, links followed. */
  readonly file: string;
  /** Its text now; null when it is not there yet. */
  readonly before: string | null;
  readonly after: string;
  /** The least edits from `before` to `after`; empty for a new file. */
  readonly edits: readonly TextEdit[];
  /** Nobody else may read a new file. */
  readonly secret: boolean;
}

/** A tree with changes on top, which later ones build upon. */
export class Overlay {
  private changed = new Map<string, MemoryFile | null>();
  private secrets = new Set<string>();
  private previous: Configuration | undefined;

  constructor(private readonly base: FileSystem) {}

  get files(): FileSystem {
    return overlayFiles(this.base, this.changed);
  }

  load(entry: string, options: LoadOptions): Configuration {
    this.previous = load(this.files, entry, this.previous ? { ...options, previous: this.previous } : options);
    return this.previous;
  }

  /** @throws RangeError when edits overlap; then nothing is changed */
  apply(changes: Changes): void {
    if (isEmpty(changes)) return;
    for (const [file, content] of changedFiles(this.files, changes)) {
      // what goes has no edits any more, by whatever name they were made
      if (content === null && !this.base.stat(file)?.link) this.changed.delete(this.base.realPath(file));
      this.changed.set(file, content);
    }
    for (const { file, secret } of changes.creates) if (secret) this.secrets.add(file);
  }

  /** The tree as it is now; called later, the function takes back all that was applied since. */
  mark(): () => void {
    const [changed, secrets] = [new Map(this.changed), new Set(this.secrets)];
    return () => {
      this.changed = changed;
      this.secrets = secrets;
    };
  }

  /** What has changed so far, as changes against the tree below. */
  changes(): Changes {
    return changesOf(this.planned());
  }

  planned(): { files: PlannedFile[]; links: NewLink[]; removes: string[] } {
    const files: PlannedFile[] = [];
    const links: NewLink[] = [];
    const removes: string[] = [];
    for (const [file, content] of this.changed) {
      if (content === null) {
        if (isThere(this.base, file)) removes.push(file);
        continue;
      }
      if (typeof content !== 'string') {
        links.push({ path: file, target: content.link });
        continue;
      }
      const read = this.base.readFile(file);
      const before = read.ok ? read.text : null;
      if (before === content) continue;
      files.push({
        file,
        before,
        after: content,
        edits: before === null ? [] : minimalEdits(before, content),
        secret: this.secrets.has(file),
      });
    }
    return { files, links, removes };
  }
}

/** Whether there is an entry at a path: a file, a folder or a link, be it one to nothing. */
export function isThere(files: FileSystem, path: string): boolean {
  if (files.stat(path) !== undefined) return true;
  const listed = files.readDirectory(folderOf(path).replace(/(?!^)\/$/, ''));
  return listed.ok && listed.names.includes(baseName(path));
}

/** What a plan, or the result of fixing, changes in the tree that it was made for. */
export function changesOf({
  files,
  links,
  removes = [],
}: {
  readonly files: readonly PlannedFile[];
  readonly links: readonly NewLink[];
  readonly removes?: readonly string[];
}): Changes {
  return {
    edits: files.flatMap(({ file, edits }) => edits.map(edit => ({ file, ...edit }))),
    creates: files.filter(({ before }) => before === null).map(({ file, after, secret }) => ({ file, text: after, secret })),
    links,
    ...(removes.length > 0 && { removes }),
  };
}
