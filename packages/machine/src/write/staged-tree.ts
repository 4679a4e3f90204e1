import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { baseName, decode, encode, load, resolveLink } from '@prosodist/core';
import { diskFiles } from '../disk.js';
import { errorCode, osPath } from '../paths.js';
import type { Writable } from '../write.js';
import { ownName, type Place } from './place.js';
import { self, writeNew } from './stage.js';

/** The tree as it would be after a write, in a folder that only we can enter. */
export interface StagedTree {
  readonly folder: string;
  /** The folder that it is a copy of. */
  readonly original: string;
  readonly entry: string;
  /** The files that the write changes or makes: their copies, and the names that the plan has for them. */
  readonly files: readonly { readonly copy: string; readonly file: string }[];
  remove(): void;
}

/** Folders in folders that are mirrored; a link may lead round in a circle. */
const DEEPEST = 6;

/**
 * Makes the tree that a plan leads to. What does not change is a link to the real thing; a folder in which something changes
 * is a folder of its own. Absolute paths in Include that lead into the tree lead into the copy.
 */
export function stageTree(place: Place, plan: Writable, cwd: string): StagedTree {
  const folder = makeFolder(place);
  const remove = () => rmSync(osPath(folder, '/'), { recursive: true, force: true });
  try {
    const mirror = new Mirror(plan, cwd);
    mirror.copy(place.folder, folder, 0);
    const entry = `${folder}/${place.entry}`;
    leadInside(entry, place.folder, folder);
    const files = plan.files.map(({ file, after }) => {
      const own = ownName(file, cwd);
      return { file, copy: mirror.copies.get(own) ?? outside(folder, own, after) };
    });
    return { folder, original: place.folder, entry, files, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function makeFolder({ staged }: Place): string {
  try {
    mkdirSync(osPath(staged, '/'), 0o700);
    return staged;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) throw error;
    return mkdtempSync(join(tmpdir(), 'prosodist-'));
  }
}

class Mirror {
  /** Where the copy of a planned file is; under its own name, when it has several. */
  readonly copies = new Map<string, string>();
  private readonly texts: ReadonlyMap<string, string>;
  private readonly links: ReadonlyMap<string, string>;
  private readonly removes: ReadonlySet<string>;

  constructor({ files, links, removes = [] }: Writable, cwd: string) {
    this.texts = new Map(files.map(({ file, after }) => [ownName(file, cwd), after]));
    this.links = new Map(links.map(({ path, target }) => [ownName(path, cwd), target]));
    this.removes = new Set(removes.map(file => ownName(file, cwd)));
  }

  copy(source: string, target: string, depth: number): void {
    const own = [...this.texts.keys(), ...this.links.keys()].filter(file => dirname(file) === source).map(baseName);
    for (const name of new Set([...namesIn(source), ...own])) {
      const file = `${source === '/' ? '' : source}/${name}`;
      if (name.startsWith('.prosodist') || this.removes.has(file)) continue;
      this.place(file, `${target}/${name}`, depth);
    }
  }

  private place(file: string, copy: string, depth: number): void {
    const link = this.links.get(file);
    const real = realPath(link === undefined ? file : resolveLink(file, link));
    const text = this.texts.get(real);
    if (text !== undefined) {
      writeCopy(copy, text);
      if (file === real || !this.copies.has(real)) this.copies.set(real, copy);
    } else if (depth < DEEPEST && this.changesIn(real) && isFolder(real)) {
      mkdirSync(osPath(copy, '/'), 0o700);
      this.copy(real, copy, depth + 1);
    } else symlinkSync(osPath(real, '/'), osPath(copy, '/'));
  }

  /** Whether something below a folder changes, or is a link to what does. */
  private changesIn(folder: string): boolean {
    const below = [...this.texts.keys(), ...this.links.keys(), ...this.removes].some(file => file.startsWith(`${folder}/`));
    return below || (isFolder(folder) && namesIn(folder).some(name => this.texts.has(realPath(`${folder}/${name}`))));
  }
}

/** Copies of the files whose Include names the real folder get the copy's folder instead, until no more are read from it. */
function leadInside(entry: string, original: string, folder: string): void {
  const files = diskFiles({ cwd: '/' });
  for (let round = 0; round < DEEPEST; round++) {
    const { includes, documents } = load(files, entry);
    const strays = includes.filter(({ pattern }) => pattern.startsWith(`${original}/`) && !pattern.startsWith(`${folder}/`));
    for (const file of new Set(strays.map(({ origin }) => origin.file))) {
      if (!file.startsWith(`${folder}/`)) continue;
      let text = documents.get(file)?.text ?? '';
      const here = strays
        .filter(({ origin }) => origin.file === file)
        .sort((one, other) => other.origin.start - one.origin.start);
      for (const { origin, pattern } of here) {
        const [head, call, tail] = [text.slice(0, origin.start), text.slice(origin.start, origin.end), text.slice(origin.end)];
        text = head + call.replace(pattern, () => folder + pattern.slice(original.length)) + tail;
      }
      rmSync(osPath(file, '/'));
      writeCopy(file, text);
    }
    if (strays.length === 0) return;
  }
}

/** A planned file that lies elsewhere still is verified, by itself. */
function outside(folder: string, file: string, text: string): string {
  const place = mkdtempSync(`${folder}/.outside-`);
  writeCopy(`${place}/${baseName(file)}`, text);
  return `${place}/${baseName(file)}`;
}

function writeCopy(file: string, text: string): void {
  writeNew(osPath(file, '/'), encode(text), { ...self(), mode: 0o600 });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(osPath(folder, '/'), { encoding: 'buffer' }).map(name => decode(name));
  } catch {
    return [];
  }
}

function realPath(file: string): string {
  return diskFiles({ cwd: '/' }).realPath(file);
}

function isFolder(file: string): boolean {
  return statSync(osPath(file, '/'), { throwIfNoEntry: false })?.isDirectory() ?? false;
}
