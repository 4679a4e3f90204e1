// What the editor asks the worker while somebody writes.
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippet,
} from '@codemirror/autocomplete';
import { ChangeSet, type EditorState, type Extension } from '@codemirror/state';
import { type EditorView, hoverTooltip } from '@codemirror/view';
import type { CompletionItem, MarkupContent, Range, TextEdit } from 'vscode-languageserver-types';
import type { Client } from './client.js';
import { element } from './dom.js';
import { markdown } from './markdown.js';
import { offsetIn, positionIn, rangeIn } from './positions.js';

export interface ServiceHost {
  readonly client: Client;
  /** The file that is shown. */
  file(): string;
  /** Sends what was typed and is not sent yet, so that the worker has the text that the cursor is in. */
  flush(): void;
}

/** Completion and hover of the language service. */
export function services(host: ServiceHost): Extension {
  return [
    autocompletion({ override: [context => complete(host, context)], icons: false, maxRenderedOptions: 200 }),
    hoverTooltip(
      async (view, offset) => {
        host.flush();
        const hover = await host.client.ask('hover', { file: host.file(), position: positionIn(view.state.doc, offset) });
        if (!hover) return null;
        const { from, to } = hover.range ? rangeIn(view.state.doc, hover.range) : { from: offset, to: offset };
        const text = (hover.contents as MarkupContent).value;
        return {
          pos: from,
          end: to,
          above: true,
          create: () => ({ dom: element('div', { class: 'card-tip' }, markdown(text)) }),
        };
      },
      { hoverTime: 400 },
    ),
  ];
}

async function complete(host: ServiceHost, context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  if (!explicit && !context.matchBefore(/[\w"'/(=,{.-]$/)) return null;
  host.flush();
  const items = await host.client.ask('complete', { file: host.file(), position: positionIn(state.doc, pos) });
  if (context.aborted) return null;
  const starts = items.map(item => startOf(state, item, pos));
  const from = starts[0] ?? pos;
  // an editor's list has one beginning; what is to be written elsewhere is rare, and another list's
  const options = items.filter((_, index) => starts[index] === from).map(item => optionFrom(host, item));
  return options.length > 0 ? { from, options, validFor: /^["']?[\w.-]*$/ } : null;
}

function startOf({ doc }: EditorState, { textEdit }: CompletionItem, pos: number): number {
  const range = textEdit && rangeOf(textEdit);
  return range ? offsetIn(doc, range.start) : pos;
}

function rangeOf(edit: NonNullable<CompletionItem['textEdit']>): Range {
  return 'range' in edit ? edit.range : edit.replace;
}

function optionFrom({ client }: ServiceHost, item: CompletionItem): Completion {
  const { label, filterText, detail, sortText = '5', preselect } = item;
  return {
    label: filterText ?? label,
    displayLabel: label,
    ...(detail === undefined ? {} : { detail }),
    boost: (preselect ? 60 : 50) - 10 * Number(sortText[0]),
    info: async () => {
      const { documentation } = await client.ask('resolve', item);
      const text = typeof documentation === 'string' ? documentation : documentation?.value;
      return text ? element('div', { class: 'card-tip' }, markdown(text)) : null;
    },
    apply: (view, completion, _from, to) => take(view, completion, item, to),
  };
}

function take(view: EditorView, completion: Completion, item: CompletionItem, to: number): void {
  const { doc } = view.state;
  const { textEdit, additionalTextEdits = [], label } = item;
  const range = textEdit && rangeOf(textEdit);
  const text = textEdit?.newText ?? label;
  // what was typed since the list was made lies behind its range
  const main = range ? { from: offsetIn(doc, range.start), to: Math.max(to, offsetIn(doc, range.end)) } : { from: to, to };
  const more = ChangeSet.of(
    additionalTextEdits.map(({ range: other, newText }: TextEdit) => ({ ...rangeIn(doc, other), insert: newText })),
    doc.length,
  );
  if (!more.empty) view.dispatch({ changes: more });
  const [from, end] = [more.mapPos(main.from, -1), more.mapPos(main.to, -1)];
  if (item.insertTextFormat === 2) snippet(fromProtocol(text))(view, completion, from, end);
  else
    view.dispatch({
      changes: { from, to: end, insert: text },
      selection: { anchor: from + text.length },
      userEvent: 'input.complete',
    });
}

/** A snippet of the protocol as the editor writes it: `$1` and `$0` are in braces there, and nothing but braces is escaped. */
function fromProtocol(text: string): string {
  return text.replace(/\\([\\$}])|\$(\d+)|\$\{(\d+):((?:\\.|[^}\\])*)\}/g, (_all, escaped, bare, number, words) => {
    if (escaped !== undefined) return escaped;
    if (bare !== undefined) return bare === '0' ? '$\u007b}' : `\${${bare}}`;
    return `\${${number}:${String(words).replace(/\\(.)/g, '$1').replace(/[{}]/g, '\\$&')}}`;
  });
}
