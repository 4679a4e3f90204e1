import type { CallExpression, Expression, LuaStatement, Statement } from '../syntax/index.js';
import { put } from './builder.js';
import type { Opening, Setting, UnsetName } from './configuration.js';
import { isMovable, movedOpening, movedSetting, movedUnset } from './moved.js';
import { currentScope, enterScope, type FileEnvironment } from './prosody/environment.js';
import { hasRoom, joinUnits, ownSteps, type Question, sameAnswers, type Unit, watching } from './reuse.js';
import { type Run, work } from './run.js';

/**
 * Evaluating a file again after an edit, section by section: what a stretch of plain statements did is done again without evaluating
 * it, as long as they are the same statements, wherever they stand by now, and find what they found before.
 */

/** What a stretch of statements did. */
export interface Segment {
  readonly statements: readonly Statement[];
  /** The section that was open before and behind it. */
  readonly before: string;
  readonly after: string;
  /** `host/option` of what it set, which the file had not set before. */
  readonly set: readonly string[];
  readonly steps: number;
  readonly asked: ReadonlyMap<string, Question>;
  readonly settings: readonly Setting[];
  readonly openings: readonly Opening[];
  readonly unsetNames: readonly UnsetName[];
  readonly unit: Unit;
  /** What was evaluated once; the segment is that, this many characters further on. */
  readonly origin: Segment | null;
  readonly moved: number;
}

/** The segments of one file by their first statement. Statements that are written alike are one node. */
export type Segments = Map<LuaStatement, Segment[]>;

/**
 * Where the segment that begins at a statement ends: before the next opening of a section, and before the first statement that is not
 * plain. The position itself where that is not plain.
 */
export function segmentEnd(statements: readonly Statement[], from: number): number {
  if (!isPlain(statements[from]!.node)) return from;
  let end = from + 1;
  while (end < statements.length && isPlain(statements[end]!.node) && !isOpening(statements[end]!.node)) end++;
  return end;
}

/** Does again what the same statements did in the earlier evaluation; false where they have to be evaluated. */
export function replaySegment(run: Run, environment: FileEnvironment, statements: readonly Statement[]): boolean {
  const known = run.reuse.earlierSegments.get(environment.file)?.get(statements[0]!.node);
  const segment = known?.find(each => isSame(each.statements, statements) && fits(run, environment, each));
  if (!segment || !hasRoom(run, segment.steps)) return false;
  const moved = segmentAt(segment, statements);
  work(run, { file: environment.file, start: 0, end: 0 }, segment.steps);
  for (const setting of moved.settings) put(run, setting);
  const { builder, journal, reuse } = run;
  builder.openings.push(...moved.openings);
  builder.unsetNames.push(...moved.unsetNames);
  for (const key of segment.set) journal.write(environment.seen, key, true);
  if (segment.after !== segment.before) enterScope(run, environment, segment.after);
  reuse.units.push(segment.unit);
  reuse.replayed.add(environment.file);
  keepSegment(run, environment.file, moved);
  return true;
}

/** Watches a segment while `evaluate` runs it, and keeps what it did if that can be done again. */
export function watchSegment(
  run: Run,
  environment: FileEnvironment,
  statements: readonly Statement[],
  evaluate: () => void,
): void {
  const { builder } = run;
  const { settings, openings, unsetNames, warnings, errors, includes } = builder;
  const [settingsBefore, openingsBefore, unsetBefore] = [settings.length, openings.length, unsetNames.length];
  const problems = () => warnings.length + errors.length + includes.length;
  const [problemsBefore, stepsBefore, unitsBefore] = [problems(), ownSteps(run), run.reuse.units.length];
  const before = currentScope(environment);
  const watched = watching(run, evaluate);
  if (!watched.replayable || problems() !== problemsBefore) return;
  const did = {
    settings: settings.slice(settingsBefore),
    openings: openings.slice(openingsBefore),
    unsetNames: unsetNames.slice(unsetBefore),
  };
  const certain = [...did.settings, ...did.openings].every(({ doubt }) => doubt === undefined);
  if (!certain || !did.settings.every(({ value }) => isMovable(value))) return;
  keepSegment(run, environment.file, {
    statements,
    before,
    after: currentScope(environment),
    // one that had been set before would have given a warning
    set: did.settings.filter(({ form }) => form === 'assignment').map(({ scope, name }) => `${scope}/${name}`),
    steps: ownSteps(run) - stepsBefore,
    asked: watched.asked,
    ...did,
    unit: joinUnits(run, unitsBefore),
    origin: null,
    moved: 0,
  });
}

function keepSegment(run: Run, file: string, segment: Segment): void {
  let known = run.reuse.segments.get(file);
  if (!known) {
    known = new Map();
    run.reuse.segments.set(file, known);
  }
  const first = segment.statements[0]!.node;
  const alike = known.get(first);
  if (alike) alike.push(segment);
  else known.set(first, [segment]);
}

/** The statements are the same ones, with the same distances between them. */
function isSame(known: readonly Statement[], statements: readonly Statement[]): boolean {
  if (known.length !== statements.length) return false;
  const distance = statements[0]!.start - known[0]!.start;
  return statements.every(({ node, start }, index) => node === known[index]!.node && start - known[index]!.start === distance);
}

function fits(run: Run, environment: FileEnvironment, { before, set, asked }: Segment): boolean {
  if (currentScope(environment) !== before) return false;
  return set.every(key => !environment.seen.has(key)) && sameAnswers(run, asked);
}

/** A segment where its statements stand now. What is moved is always what was evaluated, so that moves do not pile up. */
function segmentAt(segment: Segment, statements: readonly Statement[]): Segment {
  const origin = segment.origin ?? segment;
  const by = statements[0]!.start - origin.statements[0]!.start;
  if (by === segment.moved) return segment;
  if (by === 0) return origin;
  return {
    ...segment,
    statements,
    settings: origin.settings.map(setting => movedSetting(setting, by)),
    openings: origin.openings.map(opening => movedOpening(opening, by)),
    unsetNames: origin.unsetNames.map(unset => movedUnset(unset, by)),
    origin,
    moved: by,
  };
}

const plain = new WeakMap<LuaStatement, boolean>();

/** An option that is set, or a section that is opened. Whatever else it does is found out while it is evaluated. */
function isPlain(node: LuaStatement): boolean {
  let answer = plain.get(node);
  if (answer === undefined) {
    answer =
      isOpening(node) || (node.type === 'AssignmentStatement' && node.variables.every(({ type }) => type === 'Identifier'));
    plain.set(node, answer);
  }
  return answer;
}

const OPENING = new Set(['VirtualHost', 'Host', 'host', 'Component', 'component']);

function isOpening(node: LuaStatement): boolean {
  if (node.type !== 'CallStatement') return false;
  let called: Expression = node.expression;
  while ('base' in called && called.type.endsWith('CallExpression')) called = (called as CallExpression).base;
  return called.type === 'Identifier' && OPENING.has(called.name);
}
