import type { ProsodyVersion } from '../catalog/index.js';
import { type Document, parse } from '../syntax/index.js';
import { chunkName, lineOf, newBuilder, recordFault, sectionsOf } from './builder.js';
import type { Configuration, Stopped } from './configuration.js';
import type { FileSystem } from './files.js';
import { Journal } from './journal.js';
import { SYNTAX } from './library/chunk.js';
import { standardLibrary } from './library/index.js';
import { afterMaybeAt, labelled, type Program, runTopStatement, topFrame } from './library/program.js';
import { runLost, taintTargets } from './lost.js';
import { fileEnvironment } from './prosody/environment.js';
import { addFields } from './prosody/fields.js';
import { unplaced } from './prosody/hosts.js';
import { raisedByInclude } from './prosody/include.js';
import { FOLDER_READ, fileError, withoutParser } from './prosody/messages.js';
import { keepRecords, NotReusable, newReuse, type Reuse, replay, watched } from './reuse.js';
import { Exhausted, fault, LIMITS, type Limits, LuaFault, type Run } from './run.js';
import { replaySegment, segmentEnd, watchSegment } from './segments.js';
import { runControlled, templateGlobals } from './templates.js';
import { type Origin, unknown } from './values.js';

export interface LoadOptions {
  /** The Prosody whose reading is wanted; 13.0 unless said. */
  readonly prosody?: ProsodyVersion;
  /** The environment variables that Prosody would see. Without it, what depends on one is unknown. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Documents of an earlier load, used again where a file's text is the same. */
  readonly previous?: Configuration;
  readonly limits?: Partial<Limits>;
}

/** Nesting of includes that is one without end: Lua says "C stack overflow" a little later (LUAI_MAXCCALLS of 200, one an include). */
const INCLUDE_DEPTH = 150;
const STACK_OVERFLOW = 'C stack overflow';

/**
 * Reads a configuration tree as Prosody does, without running it.
 * @param files where files are read from; nothing else is read
 * @param entry path of the main file, as given to `prosody --config`
 * @returns what Prosody would have in memory, and every error and warning; never throws
 * @example
 * const files = memoryFiles({ '/etc/prosody/prosody.cfg.lua': 'admins = { "a@example.com" }' });
 * load(files, '/etc/prosody/prosody.cfg.lua').sections.get('*')?.options.has('admins') // → true
 */
export function load(files: FileSystem, entry: string, options: LoadOptions = {}): Configuration {
  try {
    return evaluateTree(files, entry, options, newReuse(options.previous, options.prosody ?? '13.0'));
  } catch (error) {
    if (error instanceof NotReusable) return evaluateTree(files, entry, options, newReuse(undefined, ''));
    throw error;
  }
}

function evaluateTree(files: FileSystem, entry: string, options: LoadOptions, reuse: Reuse): Configuration {
  const run = newRun(files, options, reuse);
  const stopped = runEntry(run, entry);
  const { builder } = run;
  const configuration: Configuration = {
    entry,
    version: run.version,
    ok: builder.errors.length === 0 && !stopped,
    errors: builder.errors,
    warnings: builder.warnings,
    files: builder.files,
    documents: builder.documents,
    sections: sectionsOf(builder),
    settings: builder.settings,
    openings: builder.openings,
    includes: builder.includes,
    unsetNames: builder.unsetNames,
    stopped,
  };
  keepRecords(configuration, reuse);
  return configuration;
}

function newRun(files: FileSystem, options: LoadOptions, reuse: Reuse): Run {
  const { previous } = options;
  return {
    files,
    version: options.prosody ?? '13.0',
    environment: options.environment,
    limits: { ...LIMITS, ...options.limits },
    journal: new Journal(),
    builder: newBuilder(),
    stack: [],
    library: standardLibrary(),
    doubts: [],
    counts: { steps: 0, files: 0, guards: 0, overrides: 0 },
    reuse,
    parseFile(path, text): Document {
      const before = previous?.documents.get(path);
      return before?.text === text ? before : parse(text, before, path);
    },
  };
}

function runEntry(run: Run, entry: string): Stopped | null {
  const read = run.files.readFile(entry);
  const refuse = (text: string, level: 'file' | 'exception' = 'file') =>
    run.builder.errors.push({ level, kind: 'file', message: text, text, origin: null });
  const refusal = withoutParser(entry);
  // a template has another name once it is filled in
  if (refusal && !(read.ok && run.parseFile(entry, read.text).template)) refuse(refusal);
  if (!read.ok) {
    if (read.problem === 'directory') refuse(FOLDER_READ, 'exception');
    else refuse(fileError(entry, read.problem));
    return null;
  }
  try {
    runFile(run, entry, read.text, null, []);
    return null;
  } catch (error) {
    if (error instanceof Exhausted) return { reason: error.what, origin: error.at };
    if (error instanceof LuaFault) {
      recordFault(run.builder, error);
      return null;
    }
    if (error instanceof RangeError) return { reason: 'expressions nested too deeply', origin: null };
    throw error;
  }
}

/**
 * Runs one file as parser.load does, but goes on after an error: the first one is Prosody's, the others are there to be
 * found. A file that includes itself ends the whole evaluation, as it ends Prosody.
 */
function runFile(run: Run, path: string, text: string, from: Origin | null, above: readonly string[]): void {
  run.counts.files += 1;
  if (run.counts.files > run.limits.files) throw new Exhausted(`more than ${run.limits.files} files`, from);
  if (above.length >= INCLUDE_DEPTH) throw unplaced(STACK_OVERFLOW, from!);
  const document = run.parseFile(path, text);
  const { builder } = run;
  builder.documents.set(path, document);
  if (replay(run, path, document)) return;
  watched(run, path, document, () => evaluateFile(run, path, document, above));
}

function evaluateFile(run: Run, path: string, document: Document, above: readonly string[]): void {
  const { builder } = run;
  for (const problem of document.problems) {
    const origin = { file: path, start: problem.start, end: problem.end };
    if (run.doubts.length > 0) throw fault(problem.message, origin);
    if (run.counts.guards > 0) {
      const stop = { file: path, start: problem.luaStop, end: problem.luaStop };
      throw new LuaFault(unknown(SYNTAX, origin), problem.message, stop, origin, true);
    }
    builder.errors.push({
      level: 'parser',
      kind: 'syntax',
      message: problem.message,
      text: `${chunkName(path)}:${lineOf(builder, origin)}: ${problem.message}`,
      origin,
      luaLine: lineOf(builder, origin, problem.luaStop),
    });
  }
  const environment = fileEnvironment(run, path);
  addFields(run, environment, (file, content, at) => runFile(run, file, content, at, [...above, path]));
  const scope = { variables: new Map(), parent: null, ofFunction: true as const };
  const globals = templateGlobals(document, environment);
  const program: Program = { run, file: path, statements: document.statements, globals, scope, varargs: [] };
  const lost = document.problems.map(problem => problem.lost).sort((a, b) => a.start - b.start);
  const doubtsBefore = run.doubts.length;
  const warningsBefore = builder.warnings.length;
  const runOne = (position: number): number | null => {
    const statement = document.statements[position]!;
    while (lost[0] && lost[0].start < statement.start) runLost(run, environment, document, lost.shift()!);
    try {
      const completion = runTopStatement(program, position);
      if (completion?.jump === 'goto') return (labelled(document.statements, completion.label) ?? position) + 1;
      if (completion) {
        afterMaybeAt(program, position, completion);
        return null;
      }
    } catch (error) {
      // what may not happen at all is no error of the file
      if (!(error instanceof LuaFault) || error.message === STACK_OVERFLOW) throw error;
      const raised = above.length > 0 ? raisedByInclude(run, error, path) : error;
      if (run.counts.guards > 0) builder.warnings.length = warningsBefore;
      if (doubtsBefore > 0 || run.counts.guards > 0) throw raised;
      if (run.doubts.length === 0) recordFault(builder, raised);
      taintTargets(topFrame(program, position), statement.node);
    }
    return position + 1;
  };
  const { statements } = document;
  const runAgain = (position: number): number | null => {
    const plain = scope.variables.size === 0 && !environment.overwritten && run.doubts.length === 0 && run.counts.guards === 0;
    const end = plain ? segmentEnd(statements, position) : position;
    if (end === position) return runOne(position);
    const segment = statements.slice(position, end);
    if (replaySegment(run, environment, segment)) return end;
    let next: number | null = position;
    watchSegment(run, environment, segment, () => {
      while (next !== null && next >= position && next < end) next = runOne(next);
    });
    return next;
  };
  runControlled(run, path, document, 0, statements.length, document.template || lost.length > 0 ? runOne : runAgain);
  for (const rest of lost) runLost(run, environment, document, rest);
  builder.files.push(path);
}
