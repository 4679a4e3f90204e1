import type { FileSystem, ProsodyVersion } from '@prosodist/core';
import { type Addresses, findFile, readTree, realPath, type Tree, withHidden } from '@prosodist/language-service';
import type { Environment, ProjectSettings } from '../environment.js';
import { type Documents, lastEditedLast, type OpenDocument } from './documents.js';
import { type Candidate, Entries } from './entries.js';
import { nameOfUri, pathOfUri, uriOfPath } from './paths.js';
import type { Settings } from './settings.js';
import { loneFile, snapshot } from './snapshot.js';

/** The tree that a document belongs to, and the path that it has there. */
export interface Place {
  readonly tree: Tree;
  readonly path: string;
  /** What `prosodist.json` says about the document. */
  readonly project?: ProjectSettings;
}

/** Milliseconds after which the disk is looked at again, though nobody has said that it changed. */
export const FRESH = 1000;

/** A file that includes one that includes one …: where files have to be waited for, every level is a reading. */
const ROUNDS = 12;

interface Known {
  readonly tree: Tree;
  readonly generation: number;
  readonly read: number;
}

/** The trees of the open documents: read when they are asked for, and again when something has changed. */
export class Trees {
  #generation = 0;
  #files: { readonly files: FileSystem; readonly generation: number; readonly made: number } | undefined;
  readonly #trees = new Map<string, Known>();
  readonly #entries: Entries;
  readonly #projects = new WeakMap<FileSystem, Map<string, ProjectSettings>>();

  constructor(
    private readonly documents: Documents,
    private readonly settings: Settings,
    private readonly environment: Environment,
  ) {
    this.#entries = new Entries(environment);
  }

  /** A buffer has changed: trees are read again when they are asked for. */
  textChanged(): void {
    this.#generation += 1;
  }

  /** Files may have come, gone or changed: main files are looked for again too. */
  filesChanged(): void {
    this.environment.filesChanged?.();
    this.#generation += 1;
    this.#entries.changed();
  }

  /** Every tree that is known now, without reading anything. */
  known(): Tree[] {
    return [...this.#trees.values()].map(({ tree }) => tree);
  }

  /** Forgets the trees that no open document needs. */
  keepOnly(used: ReadonlySet<Tree>): void {
    for (const [key, { tree }] of this.#trees) if (!used.has(tree)) this.#trees.delete(key);
    this.#entries.keepOnly(new Set(this.documents.all().map(({ path }) => path)));
  }

  /**
   * The tree of an open document: that of the main file in the settings, of the one found beside it, or of another open
   * document that includes it; else the document alone.
   * @param age the oldest state of the disk that will do, in milliseconds
   * @returns undefined for documents that are no configuration of Prosody
   */
  async of(uri: string, age: number = FRESH): Promise<Place | undefined> {
    for (let round = 1; ; round++) {
      const place = await this.#of(uri, age);
      if (round === ROUNDS || !(await this.environment.fetchMissing?.())) return place;
      this.#generation += 1;
      this.#entries.changed();
    }
  }

  async #of(uri: string, age: number): Promise<Place | undefined> {
    if (!this.documents.get(uri)) return undefined;
    const named = await this.settings.of(uri);
    // it may have been changed or closed while the client was asked
    const document = this.documents.get(uri);
    if (!document) return undefined;
    const { path, recognised } = document;
    if (path === undefined) return recognised ? this.#alone(document, named.prosody) : undefined;
    const project = this.#project(path, age);
    // what the editor is told by hand goes before what lies beside the files
    const prosody = named.prosodyNamed ? named.prosody : (project.prosody ?? named.prosody);
    const entries = [named.entryFile, project.entry].filter(entry => entry !== undefined);
    const given = entries.map(entry => ({ entry, complete: true }));
    const found = recognised ? [...given, ...this.#entries.of(path, this.#snapshot(age), prosody)] : [];
    for (const { entry, complete } of [...found, ...this.#others(path)]) {
      const tree = this.#read(entry, complete, prosody, project, age);
      if (holds(tree, path)) return { tree, path, project };
    }
    return recognised ? { tree: this.#read(path, false, prosody, project, age), path, project } : undefined;
  }

  /** The settings beside a file: looked for once in each state of the disk. */
  #project(path: string, age: number): ProjectSettings {
    const files = this.#snapshot(age);
    const known = this.#projects.get(files) ?? new Map<string, ProjectSettings>();
    this.#projects.set(files, known);
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    const project = known.get(folder) ?? this.environment.settings(folder, files);
    known.set(folder, project);
    return project;
  }

  /** The trees of other documents: one that is not saved yet may include what nothing on disk does. */
  #others(path: string): Candidate[] {
    return this.known().filter(({ entry }) => entry !== path && entry.includes('/'));
  }

  /** A document without a path, judged by itself: nothing that it includes can be read. */
  #alone({ uri, text }: OpenDocument, prosody: ProsodyVersion): Place {
    const path = nameOfUri(uri);
    const addresses = { uriOf: () => uri, pathOf: (asked: string) => (asked === uri ? path : undefined) };
    const key = JSON.stringify([uri, prosody]);
    const known = this.#trees.get(key);
    const project: ProjectSettings = { lint: {}, problems: [] };
    if (known?.generation === this.#generation) return { tree: known.tree, path, project };
    const tree = readTree(loneFile(path, text), path, addresses, { prosody, complete: false, ...previous(known) });
    this.#trees.set(key, { tree, generation: this.#generation, read: Date.now() });
    return { tree, path, project };
  }

  #read(entry: string, complete: boolean, prosody: ProsodyVersion, project: ProjectSettings, age: number): Tree {
    const { file, lint, known: knownFindings } = project;
    const key = JSON.stringify([entry, complete, prosody, file]);
    const known = this.#trees.get(key);
    if (known?.generation === this.#generation && Date.now() - known.read <= age) return known.tree;
    const files = this.#snapshot(age);
    const all = readTree(files, entry, this.#addresses(), { ...lint, prosody, complete, ...previous(known) });
    const tree = knownFindings ? withHidden(all, knownFindings(all.result, files)) : all;
    this.#trees.set(key, { tree, generation: this.#generation, read: Date.now() });
    return tree;
  }

  #snapshot(age: number): FileSystem {
    const known = this.#files;
    if (known?.generation === this.#generation && Date.now() - known.made <= age) return known.files;
    const files = snapshot(this.environment.files(), this.documents.all());
    this.#files = { files, generation: this.#generation, made: Date.now() };
    return files;
  }

  /**
   * A file that is open under another name (a link and its target) is addressed as the document that is open, and one that is not
   * as itself: opened under both names it would be two buffers in the editor, each of which takes the other's changes back.
   */
  #addresses(): Addresses {
    const open = new Map<string, string>();
    const files = this.#snapshot(Number.POSITIVE_INFINITY);
    const documents = lastEditedLast(this.documents.all());
    for (const { path, uri } of documents) if (path !== undefined) open.set(files.realPath(path), uri);
    for (const { path, uri } of documents) if (path !== undefined) open.set(path, uri);
    const uriOf = (path: string) => open.get(path) ?? open.get(files.realPath(path)) ?? uriOfPath(files.realPath(path));
    return { uriOf, pathOf: pathOfUri };
  }
}

function previous(known: Known | undefined) {
  return known ? { previous: known.tree.result.configuration } : {};
}

/** Whether a tree has a file: it is read, or it waits in `conf.avail` and the rules have something to say about it. */
function holds(tree: Tree, path: string): boolean {
  const file = findFile(tree, path);
  if (!file) return false;
  if (file.configuration === tree.result.configuration) return true;
  const real = realPath(tree, path);
  return tree.result.findings.some(({ at }) => realPath(tree, at.file) === real);
}
