import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentUnit, StreamLanguage } from '@codemirror/language';
import { lua } from '@codemirror/legacy-modes/mode/lua';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import type { Range } from 'vscode-languageserver-types';
import type { EditorChange } from './line-ends.js';
import { colours, theme } from './look.js';
import { rangeIn } from './positions.js';
import { semanticMarks, setTokens } from './tokens.js';

export interface EditorEvents {
  /**
   * Somebody has changed the text of a file.
   * @param changes sorted, and meant against the text before
   * @param whole what was put in is there at once, as a paste is: no more of it is being typed
   */
  changed(file: string, changes: readonly EditorChange[], whole: boolean): void;
  /** What is asked of the worker: completion and hover. */
  readonly services: Extension;
  /** For the style element that the editor makes: the page's policy lets no other in. */
  readonly nonce: string;
}

/** The editor: one view, and a state for each file that was looked at, so that each keeps its cursor and its undo. */
export class Editor {
  readonly view: EditorView;
  private file = '';
  private readonly states = new Map<string, EditorState>();
  /** Set while a text comes from elsewhere, which is no typing. */
  private quiet = false;
  private readonly extensions: Extension;

  constructor(
    parent: HTMLElement,
    private readonly events: EditorEvents,
  ) {
    this.extensions = this.makeExtensions();
    this.view = new EditorView({ parent, state: this.stateOf('') });
  }

  /** Shows a file. Its state from before goes on where the text is the same or can be edited to what it is. */
  show(file: string, text: string): void {
    if (this.file !== '') this.states.set(this.file, this.view.state);
    this.file = file;
    this.view.setState(this.states.get(file) ?? this.stateOf(text));
    this.replace(text);
  }

  /** Forgets all files: another configuration is open. */
  clear(): void {
    this.states.clear();
    this.file = '';
  }

  /** The text of the file that is shown has become another: what is the same at both ends stays, and the cursor with it. */
  replace(text: string): void {
    const now = this.view.state.doc.toString();
    const then = text.replace(/\r\n?/g, '\n');
    if (now === then) return;
    let start = 0;
    while (start < now.length && start < then.length && now[start] === then[start]) start++;
    let same = 0;
    while (same < Math.min(now.length, then.length) - start && now.at(-1 - same) === then.at(-1 - same)) same++;
    this.quiet = true;
    this.view.dispatch({ changes: { from: start, to: now.length - same, insert: then.slice(start, then.length - same) } });
    this.quiet = false;
  }

  /** Puts the cursor to a place and shows it. */
  reveal(range: Range): void {
    const { from, to } = rangeIn(this.view.state.doc, range);
    this.view.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    });
    this.view.focus();
  }

  setDiagnostics(diagnostics: readonly Diagnostic[]): void {
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  setTokens(packed: readonly number[]): void {
    this.view.dispatch({ effects: setTokens.of(packed) });
  }

  private stateOf(doc: string): EditorState {
    return EditorState.create({ doc, extensions: this.extensions });
  }

  private makeExtensions(): Extension {
    return [
      EditorView.cspNonce.of(this.events.nonce),
      EditorView.contentAttributes.of({
        'aria-label': 'Text of the file',
        spellcheck: 'false',
        autocapitalize: 'off',
        tabindex: '0',
      }),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      search({ top: true }),
      indentUnit.of('    '),
      StreamLanguage.define(lua),
      semanticMarks,
      colours,
      theme,
      this.events.services,
      // the Tab key goes on to the next part of the page, as everywhere
      keymap.of([
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...completionKeymap,
        ...lintKeymap,
      ]),
      EditorView.updateListener.of(update => {
        if (!update.docChanged || this.quiet) return;
        const changes: EditorChange[] = [];
        update.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
          changes.push({ from, to, lines: [...inserted.iterLines()] });
        });
        const whole = ['input.paste', 'input.drop'].some(event => update.transactions.some(made => made.isUserEvent(event)));
        this.events.changed(this.file, changes, whole);
      }),
    ];
  }
}
