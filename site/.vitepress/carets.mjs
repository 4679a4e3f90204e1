// The examples of the rules: a line of carets under a line says what is reported there. In the site the place is underlined and
// the message stands below the line, in words that are read aloud and found by the search.
const MARKER = /^\s*(\^+) (error|warning|info): (.+)$/;

/** @returns {import('shiki').ShikiTransformer} */
export function carets() {
  return {
    name: 'prosodist:carets',
    preprocess(code, options) {
      const { text, notes } = withoutMarkers(code);
      if (notes.length === 0) return undefined;
      this.meta.notes = notes;
      options.decorations = [...(options.decorations ?? []), ...decorations(notes)];
      return text;
    },
    // after the decorations, which count the lines
    root(root) {
      const notes = this.meta.notes ?? [];
      const code = root.children[0].children[0];
      const lines = code.children.filter(child => child.type === 'element');
      for (const note of [...notes].reverse()) {
        const at = code.children.indexOf(lines[note.line]);
        // behind the line's end, so that no empty line follows
        if (at >= 0) code.children.splice(at + 2, 0, noteOf(note));
      }
    },
  };
}

function withoutMarkers(code) {
  const notes = [];
  const kept = [];
  for (const line of code.split('\n')) {
    const marker = MARKER.exec(line);
    if (!marker) kept.push(line);
    else {
      const column = line.indexOf('^');
      notes.push({ line: kept.length - 1, column, width: marker[1].length, severity: marker[2], message: marker[3] });
    }
  }
  return { text: kept.join('\n'), notes };
}

/** Underlines what is inside its line, once where two findings are at one place: decorations may not cross each other. */
function decorations(notes) {
  const taken = [];
  return notes.flatMap(({ line, column, width, severity }) => {
    const crosses = taken.some(other => other.line === line && column < other.end && other.start < column + width);
    if (crosses || line < 0) return [];
    taken.push({ line, start: column, end: column + width });
    return [
      {
        start: { line, character: column },
        end: { line, character: column + width },
        properties: { class: `reported ${severity}` },
        alwaysWrap: true,
      },
    ];
  });
}

function noteOf({ column, severity, message }) {
  return {
    type: 'element',
    tagName: 'span',
    properties: { class: `note ${severity} vp-copy-ignore`, style: `--column: ${column}` },
    children: [
      { type: 'element', tagName: 'strong', properties: {}, children: [{ type: 'text', value: severity }] },
      { type: 'text', value: `: ${message}\n` },
    ],
  };
}
