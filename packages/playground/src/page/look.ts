// The editor in the page's own colours, which change with light and dark.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.comment, color: 'var(--comment)', fontStyle: 'italic' },
    { tag: tags.string, color: 'var(--string)' },
    { tag: [tags.number, tags.bool, tags.atom], color: 'var(--number)' },
    { tag: tags.keyword, color: 'var(--keyword)' },
  ]),
);

export const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--card)', color: 'var(--text)', fontSize: '0.875rem' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--soft)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--line-now)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--match)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--match)', outline: '1px solid var(--soft)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--card)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    boxShadow: '0 4px 16px var(--shadow)',
    maxWidth: 'min(36rem, 92vw)',
    maxHeight: '50vh',
    overflow: 'auto',
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on)' },
  '.cm-completionDetail': { color: 'inherit', fontStyle: 'normal', opacity: '1', marginLeft: '1em' },
  '.cm-diagnostic': { padding: '6px 10px', whiteSpace: 'pre-line' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on)',
    borderRadius: '4px',
    padding: '3px 8px',
    margin: '4px 8px 0 0',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--red)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--amber)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--blue)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px solid var(--red)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', borderBottom: '2px solid var(--amber)' },
  '.cm-lintRange-info': { backgroundImage: 'none', borderBottom: '2px dotted var(--blue)' },
  // the editor's own signs are pictures, which the policy of the page keeps out
  '.cm-lint-marker': { content: 'none', width: '0.7em', height: '0.7em', borderRadius: '50%', marginTop: '0.4em' },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: 'var(--red)', borderRadius: '1px' },
  '.cm-lint-marker-warning': { content: 'none', backgroundColor: 'var(--amber)' },
  '.cm-lint-marker-info': { content: 'none', backgroundColor: 'var(--blue)' },
  '.cm-panels': { backgroundColor: 'var(--page)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-textfield': { backgroundColor: 'var(--card)', border: '1px solid var(--edge)', color: 'var(--text)' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--card)',
    border: '1px solid var(--edge)',
    color: 'var(--text)',
  },
});
