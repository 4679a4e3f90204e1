import { type Range, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '@prosodist/language-service';
import { offsetIn } from './positions.js';

/** What the names of the text mean, as the language service packs it. */
export const setTokens = StateEffect.define<readonly number[]>();

/** The marks of what names mean. An edit moves them, until the worker has read the text again. */
export const semanticMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(setTokens)) now = Decoration.set(unpack(transaction.state.doc, effect.value));
    return now;
  },
  provide: field => EditorView.decorations.from(field),
});

function unpack(doc: Text, packed: readonly number[]): Range<Decoration>[] {
  const found: Range<Decoration>[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at + 4 < packed.length; at += 5) {
    const [lines, characters, length, type, bits] = packed.slice(at, at + 5) as [number, number, number, number, number];
    character = lines > 0 ? characters : character + characters;
    line += lines;
    const from = offsetIn(doc, { line, character });
    const to = offsetIn(doc, { line, character: character + length });
    if (to <= from) continue;
    const modifiers = TOKEN_MODIFIERS.filter((_, bit) => bits & (1 << bit)).map(name => ` is-${name}`);
    found.push(Decoration.mark({ class: `of-${TOKEN_TYPES[type]}${modifiers.join('')}` }).range(from, to));
  }
  return found;
}
