import { effective, firstIndex, type Origin, type Setting } from '@prosodist/core';
import type { Position } from 'vscode-languageserver-types';
import { toOffset } from '../positions.js';
import { sectionAt } from '../sections.js';
import { findFile, realPath, type Tree, type TreeFile } from '../tree.js';
import { type Mark, markAt, marksIn } from './marks.js';
import { placesIn } from './places.js';

/** What the cursor is on. */
export interface Thing {
  readonly file: TreeFile;
  readonly mark: Mark;
}

/** What stands at a position of a file, a host inside of an address or path too; undefined where nothing is named. */
export function thingAt(tree: Tree, path: string, position: Position): Thing | undefined {
  const file = findFile(tree, path);
  if (!file) return undefined;
  const offset = toOffset(file.document, position);
  const mark = markAt(file, offset) ?? hostInside(file, offset);
  return mark && { file, mark };
}

/** The host that a part of a string names: `admin@meet.example.com`, `/etc/ssl/meet.example.com.crt`. */
function hostInside(file: TreeFile, offset: number): Mark | undefined {
  const string = marksIn(file, offset, offset).find(({ kind }) => kind === 'string');
  if (!string) return undefined;
  const text = file.document.text.slice(string.start, string.end).toLowerCase();
  const at = offset - string.start;
  const start = at - /[\w.-]*$/.exec(text.slice(0, at))![0].length;
  const end = at + /^[\w.-]*/.exec(text.slice(at))![0].length;
  const words = [text.slice(start, end), text.slice(start, end).replace(/\.[a-z0-9]+$/, '')];
  const name = words.find(word => (file.configuration.sections.get(word)?.openings.length ?? 0) > 0);
  if (name === undefined) return undefined;
  const kind = file.configuration.sections.get(name)!.kind === 'component' ? 'component' : 'host';
  return { kind, id: name, start: string.start + start, end: string.start + start + name.length, role: 'read' };
}

/** Every file of a tree once, under the name that it was read by first. */
export function filesOf(tree: Tree): TreeFile[] {
  const { configuration, unlinked } = tree.result;
  const files = new Map<string, TreeFile>();
  for (const candidate of [configuration, ...unlinked.map(file => file.configuration)]) {
    for (const [path, document] of candidate.documents) {
      const real = realPath(tree, path);
      if (!files.has(real)) files.set(real, { path, document, configuration: candidate });
    }
  }
  return [...files.values()];
}

/** The settings that begin at a place: a loop sets several in one. */
export function settingsAt(
  { path, configuration }: TreeFile,
  { start, end }: { readonly start: number; readonly end: number },
): Setting[] {
  const { settings } = placesIn(configuration, path);
  const found: Setting[] = [];
  for (let index = firstIndex(settings, ({ origin }) => origin.start > start) - 1; index >= 0; index--) {
    const setting = settings[index]!;
    const { nameOrigin } = setting;
    if (nameOrigin.file === path && nameOrigin.start <= start && end <= nameOrigin.end) found.push(setting);
    // a statement's origin begins with its first name, or is a few names before this one
    if (setting.origin.end < start) break;
  }
  return found.reverse();
}

/** The section that an option stands in at a place. */
export function scopeAt(file: TreeFile, mark: { readonly start: number; readonly end: number }): string {
  return settingsAt(file, mark)[0]?.scope ?? sectionAt(file, mark.start).scope;
}

/** Where an option has its value from, as seen from a place: what holds there; from that place itself, what it overrides. */
export function sourcesOf(file: TreeFile, mark: Mark): Origin[] {
  const scope = scopeAt(file, mark);
  const found = effective(file.configuration, scope, mark.id);
  if (!found) return [];
  const isHere = ({ nameOrigin }: Setting) =>
    nameOrigin.file === file.path && nameOrigin.start <= mark.end && mark.start <= nameOrigin.end;
  if (!isHere(found.setting)) return [found.setting.nameOrigin];
  const global = found.inherited ? undefined : effective(file.configuration, '*', mark.id)?.setting;
  const others = [...found.overrode, ...(global ? [global] : [])].filter(setting => !isHere(setting));
  return (others.length > 0 ? others : [found.setting]).map(({ nameOrigin }) => nameOrigin);
}
