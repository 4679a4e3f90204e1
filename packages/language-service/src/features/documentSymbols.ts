import { firstIndex, lineEnd, type Opening, type Setting, type Value } from '@prosodist/core';
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import { placesIn } from '../names/places.js';
import { toRange } from '../positions.js';
import { type FileSection, sectionsOf } from '../sections.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';
import { formatValue } from './values.js';

/** Longest value beside an option's name, in characters. */
const DETAIL = 60;

/** The outline of a file: the global section, virtual hosts and components, each with the options that it sets. */
export function documentSymbols(tree: Tree, path: string): DocumentSymbol[] {
  const file = findFile(tree, path);
  return file ? sectionsOf(file).flatMap(section => sectionSymbol(file, section)) : [];
}

function sectionSymbol(file: TreeFile, section: FileSection): DocumentSymbol[] {
  const { opening } = section;
  const settings = settingsIn(file, section);
  const children = settings.map(setting => optionSymbol(file, setting));
  const whole = trimmed(file, section);
  if (opening) {
    const kind = opening.kind === 'host' ? SymbolKind.Class : SymbolKind.Interface;
    const detail = opening.kind === 'host' ? 'virtual host' : `component${opening.module ? ` ${opening.module.name}` : ''}`;
    const name = opening.written || opening.scope || '?';
    const selectionRange = toRange(file.document, nameIn(opening, whole));
    return [{ name, detail, kind, range: toRange(file.document, whole), selectionRange, children }];
  }
  const first = children[0];
  if (!first) return [];
  const range = toRange(file.document, whole);
  return [{ name: 'Global section', kind: SymbolKind.Namespace, range, selectionRange: first.selectionRange, children }];
}

/** Where the name stands; a name that comes from a variable stands elsewhere, and then the opening itself is meant. */
function nameIn({ origin, nameOrigin }: Opening, whole: { start: number; end: number }): { start: number; end: number } {
  const written = nameOrigin.file === origin.file && nameOrigin.start >= origin.start && nameOrigin.end <= origin.end;
  const { start, end } = written ? nameOrigin : origin;
  return { start: Math.max(start, whole.start), end: Math.max(whole.start, Math.min(end, whole.end)) };
}

/** A section's stretch: from its first text to the end of the last line before the next section. */
function trimmed({ document }: TreeFile, section: FileSection): { start: number; end: number } {
  const text = document.text.slice(section.start, section.end);
  const start = section.start + (/\S/.exec(text)?.index ?? 0);
  const end = section.start + text.trimEnd().length;
  return { start, end: Math.max(start, Math.min(section.end, lineEnd(document.text, end))) };
}

function settingsIn({ path, configuration }: TreeFile, section: FileSection): Setting[] {
  const { settings } = placesIn(configuration, path);
  const found = new Map<string, Setting>();
  for (let index = firstIndex(settings, ({ origin }) => origin.start >= section.start); index < settings.length; index++) {
    const setting = settings[index]!;
    if (setting.origin.start >= section.end) break;
    // a loop sets the same option many times
    const key = `${setting.origin.start} ${setting.name}`;
    if (setting.scope === section.scope && !found.has(key)) found.set(key, setting);
  }
  return [...found.values()];
}

function optionSymbol({ path, document }: TreeFile, { name, value, origin, nameOrigin }: Setting): DocumentSymbol {
  const inside = nameOrigin.file === path && nameOrigin.start >= origin.start && nameOrigin.end <= origin.end;
  return {
    name: name || '?',
    detail: formatValue(value, name, DETAIL),
    kind: kindOf(value),
    range: toRange(document, origin),
    selectionRange: toRange(document, inside ? nameOrigin : origin),
  };
}

function kindOf(value: Value): SymbolKind {
  if (value.kind === 'string') return SymbolKind.String;
  if (value.kind === 'number') return SymbolKind.Number;
  if (value.kind === 'boolean') return SymbolKind.Boolean;
  if (value.kind === 'function') return SymbolKind.Function;
  if (value.kind !== 'table') return SymbolKind.Variable;
  return value.table.entries.size === 0 || value.table.entries.has(1) ? SymbolKind.Array : SymbolKind.Object;
}
