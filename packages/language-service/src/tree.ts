import {
  type Configuration,
  type Document,
  type FileSystem,
  type Finding,
  type LintOptions,
  type LintResult,
  lint,
  normalize,
} from '@prosodist/core';

/** How the caller names files: paths for the core, URIs for the editor. */
export interface Addresses {
  /** URI of a file; that of the open document, where the file is open under another name. */
  uriOf(path: string): string;
  /** Path of a URI; undefined where nothing could be read. */
  pathOf(uri: string): string | undefined;
}

/** A configuration tree that was read and judged: what every feature works on. A value; it is never changed. */
export interface Tree extends Addresses {
  readonly files: FileSystem;
  /** Path of the main file. */
  readonly entry: string;
  /** False for a lone file whose surroundings are not known. */
  readonly complete: boolean;
  readonly result: LintResult;
  /** With what it was read, for whoever has to read it again with changes. */
  readonly options: LintOptions;
  /** Findings of `result` that are not to be shown: those of a baseline. */
  readonly hidden?: ReadonlySet<Finding>;
}

/** A file of a tree: the path that it was read by, its text, and the configuration that it belongs to. */
export interface TreeFile {
  readonly path: string;
  readonly document: Document;
  /** The tree's, or the one of a file in `conf.avail` that nothing includes. */
  readonly configuration: Configuration;
}

/**
 * Reads and judges a tree.
 * @param files where files are read from; the tree keeps it
 * @param entry path of the main file, or of the lone file
 * @param options as for `lint`; `previous` saves parsing what has not changed
 */
export function readTree(files: FileSystem, entry: string, addresses: Addresses, options: LintOptions = {}): Tree {
  const result = lint(files, entry, options);
  return {
    files,
    entry,
    complete: options.complete ?? true,
    result,
    options: { ...options, previous: result.configuration },
    uriOf: path => addresses.uriOf(path),
    pathOf: uri => addresses.pathOf(uri),
  };
}

/** A tree of which some findings are not shown, because they are known. What rules found stays in its result. */
export function withHidden(tree: Tree, hidden: ReadonlySet<Finding>): Tree {
  return hidden.size === 0 ? tree : { ...tree, hidden };
}

function shownFindings({ result, hidden }: Tree): readonly Finding[] {
  return hidden ? result.findings.filter(finding => !hidden.has(finding)) : result.findings;
}

/** The file itself, links followed: one file can be known as `conf.d/x` and `conf.avail/x`. */
export function realPath(tree: Tree, path: string): string {
  return normalize(tree.files.realPath(path));
}

/** A file of the tree under whatever name; undefined when the tree has not read it. */
export function findFile(tree: Tree, path: string): TreeFile | undefined {
  const { configuration, unlinked } = tree.result;
  const real = realPath(tree, path);
  for (const candidate of [configuration, ...unlinked.map(file => file.configuration)]) {
    const { documents } = candidate;
    const known = documents.has(path) ? path : [...documents.keys()].find(other => realPath(tree, other) === real);
    if (known !== undefined) return { path: known, document: documents.get(known)!, configuration: candidate };
  }
  return undefined;
}

/** The text of a file as it was judged: one of the tree, or one beside it that rules look at (saslauthd.conf, jicofo.conf). */
export function textOf(tree: Tree, path: string): string | undefined {
  const document = findFile(tree, path)?.document;
  if (document) return document.text;
  const read = tree.files.readFile(path);
  return read.ok ? read.text : undefined;
}

/** The findings of a file under whatever name it was read, each once, in the order of the text. */
export function findingsOf(tree: Tree, path: string): Finding[] {
  const real = realPath(tree, path);
  const names = new Map<string, string>();
  const realOf = (file: string) => {
    const known = names.get(file) ?? realPath(tree, file);
    names.set(file, known);
    return known;
  };
  const byStart = new Map<number, Finding[]>();
  for (const finding of shownFindings(tree)) {
    if (realOf(finding.at.file) !== real) continue;
    const beside = byStart.get(finding.at.start);
    if (!beside) byStart.set(finding.at.start, [finding]);
    else if (!beside.some(other => isSame(other, finding))) beside.push(finding);
  }
  return [...byStart.values()].flat().sort((a, b) => a.at.start - b.at.start);
}

/** The real paths of all files that have findings, each once. */
export function filesWithFindings(tree: Tree): string[] {
  const files = new Set(shownFindings(tree).map(finding => finding.at.file));
  return [...new Set([...files].map(file => realPath(tree, file)))];
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.message === b.message && a.at.start === b.at.start && a.at.end === b.at.end;
}
