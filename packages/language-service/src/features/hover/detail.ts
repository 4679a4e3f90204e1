import { readString, type Token } from '@prosodist/core';
import { placesIn } from '../../names/places.js';
import { type Place, placeAt } from '../../place/place.js';
import type { Tree, TreeFile } from '../../tree.js';
import { ATTRIBUTES } from '../completion/attributes.js';
import { directoryKind } from '../completion/directory.js';
import { keyAt } from '../completion/keys.js';
import { bindWords, dnWords, filterWords, serverWords, type Words } from './directoryWords.js';
import { keyCard } from './keyCard.js';
import { measureWords, numberWords } from './numbers.js';
import type { Style } from './style.js';

/** A card, and the stretch of the file that it is about. */
export interface Detail {
  readonly lines: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** What a token is inside of values: a key, a part of a filter or DN, a number or period in words, the files of an include. */
export function detailAt(tree: Tree, file: TreeFile, token: Token, offset: number, style: Style): Detail | undefined {
  const { version } = file.configuration;
  const { text } = file.document;
  const written = text.slice(token.start, token.end);
  if (token.kind === 'number') {
    // in front of a number stands what it is the value of
    const path = placeAt(file, token.start)?.path;
    const words = path && numberWords(path, Number(written), version);
    return words === undefined ? undefined : { lines: [words], start: token.start, end: token.end };
  }
  const place = placeAt(file, Math.min(Math.max(offset, token.start + 1), token.end - (token.kind === 'string' ? 1 : 0)));
  if (!place) return undefined;
  if (place.role === 'entry' && (token.kind === 'name' || place.next === ']')) {
    const name = token.kind === 'name' ? written : readString(written).value;
    const path = [...place.path, name];
    const key = place.path.length > 0 ? keyAt(path, version) : undefined;
    return key && { lines: keyCard(path, key, style), start: token.start, end: token.end };
  }
  return token.kind === 'string' ? stringDetail(tree, file, token, offset, place, style) : undefined;
}

function stringDetail(tree: Tree, file: TreeFile, token: Token, offset: number, place: Place, style: Style): Detail | undefined {
  const content = readString(file.document.text.slice(token.start, token.end));
  const { value } = content;
  const whole = { start: token.start, end: token.end };
  if (place.call?.name === 'Include') return { lines: includeWords(tree, file, token, style), ...whole };
  if (place.role === 'argument') return undefined;
  const measure = measureWords(place.path, value, file.configuration.version);
  if (measure !== undefined) return { lines: [measure], ...whole };
  const at = valueOffset(content, offset - token.start, value.length);
  const words = directoryWords(directoryKind(place.path, file.configuration), value, at, style);
  if (!words) return undefined;
  const placed = (inside: number) => token.start + content.sourceOffset(inside);
  return { lines: words.lines, start: placed(words.start), end: placed(words.end) };
}

function directoryWords(kind: string | undefined, value: string, at: number, style: Style): Words | undefined {
  if (value === '') return undefined;
  if (kind === 'filter') return filterWords(value, at, style);
  if (kind === 'dn') return dnWords(value, at, style);
  if (kind === 'bind-name') return bindWords(value, at, style);
  if (kind === 'hostname') return serverWords(value, style);
  const known = kind === 'attribute' ? ATTRIBUTES.find(({ name }) => name.toLowerCase() === value.toLowerCase()) : undefined;
  return (
    known && { lines: [`${style.bold(known.name)}: attribute, ${known.where}`, known.documentation], start: 0, end: value.length }
  );
}

/** The place in a string's value for a place in its source. */
function valueOffset({ sourceOffset }: { sourceOffset(value: number): number }, source: number, length: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sourceOffset(middle) <= source) low = middle;
    else high = middle - 1;
  }
  return low;
}

function includeWords(tree: Tree, file: TreeFile, token: Token, style: Style): string[] {
  const include = placesIn(file.configuration, file.path).includes.find(
    ({ origin }) => origin.start <= token.start && token.end <= origin.end,
  );
  if (!include) return [];
  const { files, path } = include;
  if (files.length === 0) return [`${style.code(path)}: ${include.glob ? 'no file has such a name' : 'cannot be read'}`];
  const shown = files.slice(0, 20).map(name => style.link(name, tree.uriOf(name)));
  return [`${files.length === 1 ? 'Reads' : `Reads ${files.length} files, in this order:`} ${shown.join(', ')}`];
}
