import { type FileEdit, tokens } from '@prosodist/core';
import type { Thing } from '../../names/things.js';
import type { Tree } from '../../tree.js';
import { usesOf } from '../references.js';
import type { Refusal } from '../rename.js';

/** A local under another name, which nothing else in the file may have: it could hide that, or be hidden. */
export function renamedLocal(tree: Tree, thing: Thing, name: string): FileEdit[] | Refusal {
  const { document, path } = thing.file;
  const old = thing.mark.local!.name;
  if (name === old) return [];
  if (tokens(name).length !== 1 || tokens(name)[0]!.kind !== 'name' || tokens(name)[0]!.end !== name.length)
    return { refused: `${name} is no name in Lua: letters, digits and _, not beginning with a digit, and no keyword.` };
  if (document.problems.length > 0)
    return { refused: 'The file cannot be read as Lua everywhere, so that a use could be missed. Repair it first.' };
  const taken = tokens(document.text).some(({ kind, start, end }) => kind === 'name' && document.text.slice(start, end) === name);
  if (taken) return { refused: `${name} is in use in this file already; the two could be mixed up.` };
  return usesOf(tree, thing).map(({ start, end }) => ({ file: path, start, end, text: name }));
}
