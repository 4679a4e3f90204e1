import type { Document, LuaStatement } from '../syntax/index.js';
import { record } from './builder.js';
import { currentScope, enterScope, type FileEnvironment } from './prosody/environment.js';
import { nameprep } from './prosody/nameprep.js';
import { type Frame, findLocal, originOf, type Run } from './run.js';
import { type Origin, unknown } from './values.js';

/**
 * What a stretch that is not Lua would have done, as far as its lines tell: options that it sets are unknown, not absent,
 * and a virtual host or component that it opens is open. Without this, everything behind it would look wrong.
 */
export function runLost(run: Run, environment: FileEnvironment, document: Document, lost: { start: number; end: number }): void {
  const text = document.text.slice(lost.start, lost.end);
  const reason = 'a syntax error here';
  for (const match of text.matchAll(LINE)) {
    const start = lost.start + match.index + match[1]!.length;
    const at: Origin = { file: environment.file, start, end: lost.start + match.index + match[0].length };
    const host = match[3];
    if (host !== undefined) {
      const name = nameprep(host.trim());
      if (name !== undefined) enterScope(run, environment, name);
    } else if (match[4] !== undefined) {
      const value = unknown(reason, at);
      const nameOrigin = { ...at, end: start + match[4].length };
      record(run, {
        scope: currentScope(environment),
        name: match[4],
        value,
        form: 'assignment',
        origin: at,
        nameOrigin,
        valueOrigin: at,
        doubt: reason,
      });
    }
  }
}

/** An opening with its name in whatever quotes, or the start of an assignment. */
const LINE =
  /^([ \t]*)(?:(VirtualHost|Component)[ \t]*\(?[ \t]*["'\u201c\u201d\u2018\u2019]([^"'\u201c\u201d\u2018\u2019\n]+)|([A-Za-z_][A-Za-z0-9_]*)[ \t]*=)/gm;

/** What a statement that ended with an error would have set: unknown, so that what builds on it is not called wrong too. */
export function taintTargets(frame: Frame, node: LuaStatement): void {
  const at = originOf(frame, node);
  const value = unknown('an error here', at);
  if (node.type === 'LocalStatement') {
    for (const variable of node.variables) frame.run.journal.write(frame.scope.variables, variable.name, value);
  } else if (node.type === 'AssignmentStatement') {
    for (const variable of node.variables) {
      if (variable.type !== 'Identifier') continue;
      const scope = findLocal(frame.scope, variable.name);
      if (scope) frame.run.journal.write(scope.variables, variable.name, value);
      else frame.globals.set(variable.name, value, { statement: at, name: originOf(frame, variable), value: at });
    }
  }
}
