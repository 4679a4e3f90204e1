import type { Document, Statement } from '../../syntax/index.js';
import { afterMaybe, type Completion } from '../joins.js';
import { type Frame, type Globals, type Run, type Scope, step } from '../run.js';
import { runStatement } from '../statements.js';
import type { Value } from '../values.js';

/** A chunk of Lua that is running: where its statements stand and what they see. */
export interface Program {
  readonly run: Run;
  readonly file: string;
  readonly statements: readonly Statement[];
  readonly globals: Globals;
  readonly scope: Scope;
  readonly varargs: readonly Value[];
}

/** Runs a chunk as a function of its own and gives what it returns. */
export function runProgram(
  run: Run,
  file: string,
  document: Document,
  globals: Globals,
  varargs: readonly Value[],
): readonly Value[] {
  const scope = { variables: new Map(), parent: null, ofFunction: true as const };
  const completion = runTopLevel({ run, file, statements: document.statements, globals, scope, varargs }, 0);
  return completion?.jump === 'return' ? completion.values : [];
}

/** Runs a chunk's statements from one of them on. */
export function runTopLevel(program: Program, from: number): Completion {
  const { statements } = program;
  for (let position = from; position < statements.length; position++) {
    const completion = runTopStatement(program, position);
    if (completion?.jump === 'goto') position = labelled(statements, completion.label) ?? position;
    else if (completion) return afterMaybeAt(program, position, completion);
  }
  return undefined;
}

/** Runs one top-level statement. */
export function runTopStatement(program: Program, position: number): Completion {
  const statement = program.statements[position]!;
  step(program.run, { file: program.file, start: statement.start, end: statement.end });
  return runStatement(topFrame(program, position), statement.node);
}

/** Where a top-level statement runs. */
export function topFrame({ run, file, globals, scope, varargs, statements }: Program, position: number): Frame {
  return { run, file, base: statements[position]!.base, globals, scope, varargs };
}

/** What comes behind a statement that may have ended the chunk. */
export function afterMaybeAt(program: Program, position: number, completion: NonNullable<Completion>): Completion {
  const { start, end } = program.statements[position]!;
  return afterMaybe(program.run, completion, { file: program.file, start, end }, () => runTopLevel(program, position + 1));
}

/** Where a label stands among a chunk's statements. */
export function labelled(statements: readonly Statement[], name: string): number | undefined {
  const at = statements.findIndex(({ node }) => node.type === 'LabelStatement' && node.label.name === name);
  return at < 0 ? undefined : at;
}
