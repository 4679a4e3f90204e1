import { type Control, type Document, type Node, placeholderIn, shown } from '../syntax/index.js';
import { firstIndex } from '../text/index.js';
import { joinValues, takeAll } from './joins.js';
import { type Frame, type Globals, originOf, type Run } from './run.js';
import { NIL, unknown, type Value } from './values.js';

function documentOf({ run, file }: Frame): Document | undefined {
  const document = run.builder.documents.get(file);
  return document?.template ? document : undefined;
}

/** Why what is written in a stretch of a template is not known, or `undefined` where it is all there. */
export function placeholderReason(document: Document, start: number, end: number): string | undefined {
  const found = placeholderIn(document.placeholders, start, end);
  return found && `the placeholder ${shown(found.text)}`;
}

/** Why the lines that a control line holds may not be there. */
export function controlReason(control: Control): string {
  return `the template's ${shown(control.text)}`;
}

/** Why a node's own text is not known: a placeholder stands in it. */
export function masked(frame: Frame, node: Node): string | undefined {
  const document = documentOf(frame);
  return document && placeholderReason(document, frame.base + node.range[0], frame.base + node.range[1]);
}

/** A literal's value: unknown where a placeholder is part of it, or where it may not be there. */
export function literal(frame: Frame, node: Node, value: () => Value): Value {
  const document = documentOf(frame);
  if (!document) return value();
  const at = originOf(frame, node);
  const reason = placeholderReason(document, at.start, at.end);
  if (reason) return unknown(reason, at);
  const control = document.controls.find(({ start, end }) => start > frame.base && start <= at.start && at.end <= end);
  return control ? joinValues([value(), NIL], controlReason(control), at) : value();
}

/** Why a table may have other entries than those written: control lines, or a placeholder as an entry of its own. */
export function openedBy(frame: Frame, node: Node, fields: readonly Node[]): string | undefined {
  const document = documentOf(frame);
  if (!document) return undefined;
  const at = originOf(frame, node);
  const { placeholders } = document;
  for (let index = firstIndex(placeholders, ({ start }) => start >= at.start); index < placeholders.length; index++) {
    const { start, end, kind, text } = placeholders[index]!;
    if (start >= at.end) return undefined;
    if (kind === 'comment') continue;
    const inside = fields.some(({ range }) => frame.base + range[0] < start && end < frame.base + range[1]);
    if (!inside) return `the ${kind === 'value' ? 'placeholder' : "template's"} ${shown(text)}`;
  }
  return undefined;
}

/** The global variables of a template's file: a name that a placeholder is part of is nobody's. */
export function templateGlobals(document: Document, globals: Globals): Globals {
  if (!document.template) return globals;
  return {
    get(name, at) {
      const reason = placeholderReason(document, at.start, at.end);
      return reason && /^_+$|__/.test(name) ? unknown(reason, at) : globals.get(name, at);
    },
    set(name, value, place) {
      if (placeholderReason(document, place.name.start, place.name.end) === undefined) globals.set(name, value, place);
    },
  };
}

/**
 * Runs top-level statements `[from, to)`; what stands between control lines is run as a way that may be taken, each branch
 * from the same state.
 * @param runOne runs one statement and gives the position to go on from, or null to stop
 */
export function runControlled(
  run: Run,
  file: string,
  document: Document,
  from: number,
  to: number,
  runOne: (position: number) => number | null,
  outer: readonly Control[] = [],
): void {
  const { statements, controls } = document;
  const within = (at: number, control: { start: number; end: number }) =>
    statements[at]!.start >= control.start && statements[at]!.end <= control.end;
  for (let position: number | null = from; position !== null && position < to; ) {
    const at: number = position;
    const control = controls.find(candidate => within(at, candidate) && !outer.includes(candidate));
    if (control) {
      let end = at + 1;
      while (end < to && within(end, control)) end++;
      const ways = control.branches.map(branch => () => {
        const [first, last] = span(document, at, end, branch);
        runControlled(run, file, document, first, last, runOne, [...outer, control]);
        return undefined;
      });
      const nothing = control.complete ? [] : [() => undefined];
      takeAll(run, controlReason(control), { file, start: control.start, end: control.end }, [...ways, ...nothing]);
      position = end;
    } else {
      const inner = innerControl(document, at);
      if (!inner) position = runOne(at);
      else {
        // control lines inside a block of Lua: which of its statements will be there is not known
        const way = () => {
          runOne(at);
          return undefined;
        };
        takeAll(run, controlReason(inner), { file, start: inner.start, end: inner.end }, [way, () => undefined]);
        position = at + 1;
      }
    }
  }
}

function span(document: Document, from: number, to: number, branch: { start: number; end: number }): [number, number] {
  const starts = (at: number) => document.statements[at]!.start;
  let first = from;
  while (first < to && starts(first) < branch.start) first++;
  let last = first;
  while (last < to && starts(last) < branch.end) last++;
  return [first, last];
}

const BLOCKS = new Set([
  'DoStatement',
  'IfStatement',
  'WhileStatement',
  'RepeatStatement',
  'ForNumericStatement',
  'ForGenericStatement',
]);

function innerControl({ statements, controls }: Document, at: number): Control | undefined {
  const { start, end, node } = statements[at]!;
  return BLOCKS.has(node.type) ? controls.find(control => control.start > start && control.end < end) : undefined;
}
