// The editor knows lines, the files have line ends of their own. What was not edited keeps its bytes.

/** Something that replaces `[from, to)` of the editor's text, whose line ends count one each. */
export interface EditorChange {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** The line end that most lines of a text have. */
export function usualLineEnd(text: string): '\r\n' | '\n' {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return windows * 2 > all ? '\r\n' : '\n';
}

/**
 * The text of a file after changes in the editor.
 * @param changes sorted, all meant against the text before them
 */
export function withChanges(text: string, changes: readonly EditorChange[]): string {
  const lineEnd = usualLineEnd(text);
  const offsets = offsetsOf(text);
  let out = '';
  let at = 0;
  for (const { from, to, lines } of changes) {
    out += text.slice(at, offsets(from)) + lines.join(lineEnd);
    at = offsets(to);
  }
  return out + text.slice(at);
}

/** Turns offsets of the editor, which must be asked for in ascending order, into those of the text. */
function offsetsOf(text: string): (offset: number) => number {
  let [editor, file] = [0, 0];
  const double = /\r\n/g;
  return offset => {
    for (;;) {
      double.lastIndex = file;
      const next = double.exec(text);
      const distance = next ? next.index - file : Number.POSITIVE_INFINITY;
      if (editor + distance >= offset) {
        file += offset - editor;
        editor = offset;
        return file;
      }
      file += distance + 2;
      editor += distance + 1;
    }
  };
}
