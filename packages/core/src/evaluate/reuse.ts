import type { Document } from '../syntax/index.js';
import { put } from './builder.js';
import type { Configuration, LoadWarning, Opening, Setting, UnsetName } from './configuration.js';
import { type Run, work } from './run.js';
import type { Segments } from './segments.js';
import { type Table, truth, type Value } from './values.js';

/**
 * Evaluating a tree again after an edit: what an included file did is done again without evaluating it, as long as its
 * text is the same and it did nothing that could come out otherwise now. Most files of a tree only set options; what
 * they ask of the others is whether a section or a name is there already, and that is asked again.
 */

/** What a file did, and what it found out about the files before it. */
export interface FileRecord {
  readonly document: Document;
  readonly steps: number;
  readonly asked: ReadonlyMap<string, Question>;
  readonly settings: readonly Setting[];
  readonly openings: readonly Opening[];
  readonly unsetNames: readonly UnsetName[];
  readonly warnings: readonly LoadWarning[];
  readonly units: readonly Unit[];
}

/**
 * Something that was evaluated, and the sections that it did anything to. What is done again is the same unit, so that a section that
 * comes of the same units is the same section, wherever it stands by now.
 */
export interface Unit {
  readonly scopes: readonly string[];
}

/** Something asked of what came before, and the answer: a section's state, or whether a name stands for anything. */
export interface Question {
  readonly scope: string;
  readonly name: string | null;
  readonly answer: string;
}

/** Watches one file while it is evaluated. */
export interface Watch {
  /** False once it did what only evaluating can do again: read a file, call a function, read an option back. */
  replayable: boolean;
  readonly asked: Map<string, Question>;
}

export interface Reuse {
  readonly earlier: ReadonlyMap<string, FileRecord>;
  readonly records: Map<string, FileRecord>;
  /** Segments by the file that they stand in. */
  readonly earlierSegments: ReadonlyMap<string, Segments>;
  readonly segments: Map<string, Segments>;
  readonly earlierContents: ReadonlyMap<string, SectionContent>;
  readonly units: Unit[];
  watch: Watch | null;
  /** Files that were replayed, whole or in part. */
  readonly replayed: Set<string>;
}

/** A table that a replayed file had made is to be changed: everything has to be evaluated, so that nothing old is touched. */
export class NotReusable extends Error {}

interface Kept extends Pick<Reuse, 'records' | 'segments'> {
  readonly contents: ReadonlyMap<string, SectionContent>;
}

/** What a section consists of; one and the same as long as it is that, wherever it stands. */
export interface SectionContent {
  readonly units: readonly Unit[];
}

const known = new WeakMap<Configuration, Kept>();

export function newReuse(previous: Configuration | undefined, version: string): Reuse {
  const earlier = previous?.version === version ? known.get(previous) : undefined;
  return {
    earlier: earlier?.records ?? new Map(),
    records: new Map(),
    earlierSegments: earlier?.segments ?? new Map(),
    segments: new Map(),
    earlierContents: earlier?.contents ?? new Map(),
    units: [],
    watch: null,
    replayed: new Set(),
  };
}

/** Keeps the records with the configuration that they led to. */
export function keepRecords(configuration: Configuration, { records, segments, units, earlierContents }: Reuse): void {
  const contents = new Map<string, SectionContent>();
  for (const [scope, own] of unitsBySection(units)) {
    const before = earlierContents.get(scope);
    const isSame = before?.units.length === own.length && own.every((unit, index) => unit === before.units[index]);
    contents.set(scope, isSame ? before : { units: own });
  }
  known.set(configuration, { records, segments, contents });
}

/** Says that a configuration is a part of another one. */
export function declarePart(part: Configuration, whole: Configuration): void {
  const kept = known.get(whole);
  if (kept) known.set(part, kept);
}

/** What a section consists of; undefined where there is no such section, or nobody has kept count. */
export function sectionContent(configuration: Configuration, scope: string): SectionContent | undefined {
  return known.get(configuration)?.contents.get(scope);
}

/**
 * The sections of either configuration that differ in anything but the place where they stand, `*` among them.
 * @returns undefined where nobody can tell
 */
export function changedSections(before: Configuration, after: Configuration): ReadonlySet<string> | undefined {
  const [old, fresh] = [known.get(before)?.contents, known.get(after)?.contents];
  if (!old || !fresh || before.version !== after.version) return undefined;
  return new Set([...old.keys(), ...fresh.keys()].filter(scope => old.get(scope) !== fresh.get(scope)));
}

function unitsBySection(units: readonly Unit[]): Map<string, Unit[]> {
  const bySection = new Map<string, Unit[]>();
  for (const unit of units)
    for (const scope of unit.scopes) {
      const same = bySection.get(scope);
      if (same) same.push(unit);
      else bySection.set(scope, [unit]);
    }
  return bySection;
}

/** Makes one unit of those since a moment. */
export function joinUnits({ reuse: { units } }: Run, from: number): Unit {
  const unit = { scopes: [...new Set(units.splice(from).flatMap(({ scopes }) => scopes))] };
  units.push(unit);
  return unit;
}

/** Says that what happens now must be evaluated each time. */
export function mustEvaluate({ reuse: { watch } }: Run): void {
  if (watch) watch.replayable = false;
}

/** Notes that the file asks for the state of a section, or, with a name, whether that stands for anything there. */
export function ask(run: Run, scope: string, name: string | null = null): void {
  const asked = run.reuse.watch?.asked;
  const key = `${scope}\n${name ?? ''}`;
  if (asked && !asked.has(key)) asked.set(key, { scope, name, answer: answer(run, scope, name) });
}

function answer({ builder, library }: Run, scope: string, name: string | null): string {
  const options = builder.options.get(scope);
  if (name === null) {
    const module = options?.get('component_module')?.value;
    return `${options?.has('defined')} ${module && truth(module)} ${options?.get('load_global_modules') !== undefined}`;
  }
  const globals = library.get('_G');
  return `${options?.has(name)} ${globals?.kind === 'table' && globals.table.entries.has(name)}`;
}

/** Says that the table of an option is about to be changed from this file: the files that made it are evaluated each time. */
export function changeTable({ reuse, builder }: Run, scope: string, name: string, from: string): void {
  const option = builder.options.get(scope)?.get(name);
  for (const { origin } of option ? [...option.overrode, option.setting] : []) {
    if (reuse.replayed.has(origin.file)) throw new NotReusable();
    reuse.segments.delete(origin.file);
    if (origin.file !== from) reuse.records.delete(origin.file);
  }
}

/** Does again what a file did; false where it has to be evaluated. */
export function replay(run: Run, path: string, document: Document): boolean {
  const { reuse, builder, doubts } = run;
  const known = reuse.earlier.get(path);
  if (!known || known.document !== document || doubts.length > 0) return false;
  if (!hasRoom(run, known.steps)) return false;
  if (holdsCode(known) || !sameAnswers(run, known.asked)) return false;
  work(run, { file: path, start: 0, end: 0 }, known.steps);
  for (const setting of known.settings) put(run, setting);
  builder.openings.push(...known.openings);
  builder.unsetNames.push(...known.unsetNames);
  builder.warnings.push(...known.warnings);
  builder.files.push(path);
  reuse.units.push(...known.units);
  reuse.records.set(path, known);
  const segments = reuse.earlierSegments.get(path);
  if (segments) reuse.segments.set(path, segments);
  reuse.replayed.add(path);
  return true;
}

/** The steps so far, without those that are counted again when a setting is recorded again. */
export function ownSteps({ counts }: Run): number {
  return counts.steps - counts.overrides;
}

/** Whether so much can be done again well before the bound: where that is reached inside of it, the place has to be told. */
export function hasRoom({ counts, limits }: Run, steps: number): boolean {
  return counts.steps + steps <= limits.steps / 2;
}

/** Asks what was asked before; false where an answer is another one now. */
export function sameAnswers(run: Run, asked: ReadonlyMap<string, Question>): boolean {
  for (const { scope, name, answer: before } of asked.values()) {
    if (answer(run, scope, name) !== before) return false;
    ask(run, scope, name);
  }
  return true;
}

/** Watches what `evaluate` does; whoever watches already sees it too. */
export function watching(run: Run, evaluate: () => void): Watch {
  const { reuse } = run;
  const outer = reuse.watch;
  const watch: Watch = { replayable: run.doubts.length === 0, asked: new Map() };
  reuse.watch = watch;
  try {
    evaluate();
  } finally {
    reuse.watch = outer;
  }
  if (!outer) return watch;
  for (const [key, question] of watch.asked) if (!outer.asked.has(key)) outer.asked.set(key, question);
  if (!watch.replayable) outer.replayable = false;
  return watch;
}

/** Watches a file while `evaluate` runs it, and keeps what it did if that can be done again. */
export function watched(run: Run, path: string, document: Document, evaluate: () => void): void {
  const { reuse, builder } = run;
  const { settings, openings, unsetNames, warnings, errors, includes } = builder;
  const before = [settings, openings, unsetNames, warnings].map(list => list.length) as [number, number, number, number];
  const [errorsBefore, includesBefore, stepsBefore, unitsBefore] = [
    errors.length,
    includes.length,
    ownSteps(run),
    reuse.units.length,
  ];
  const watch = watching(run, evaluate);
  const found = {
    settings: settings.slice(before[0]),
    openings: openings.slice(before[1]),
    unsetNames: unsetNames.slice(before[2]),
    warnings: warnings.slice(before[3]),
  };
  const certain = [...found.settings, ...found.openings, ...found.warnings].every(({ doubt }) => doubt === undefined);
  if (!watch.replayable || !certain || errors.length > errorsBefore || includes.length > includesBefore) return;
  const units = reuse.units.slice(unitsBefore);
  reuse.records.set(path, { document, steps: ownSteps(run) - stepsBefore, asked: watch.asked, ...found, units });
}

const withCode = new WeakMap<FileRecord, boolean>();

/** Whether there is a function in what a file set: it works on the evaluation that made it, and on no later one. */
function holdsCode(record: FileRecord): boolean {
  let answer = withCode.get(record);
  if (answer === undefined) {
    answer = record.settings.some(({ value }) => isCode(value, new Set()));
    withCode.set(record, answer);
  }
  return answer;
}

function isCode(value: Value, seen: Set<Table>): boolean {
  if (value.kind === 'function') return true;
  if (value.kind !== 'table' || seen.has(value.table)) return false;
  seen.add(value.table);
  return [...value.table.entries.values()].some(entry => isCode(entry.value, seen));
}
