import {
  type FileSystem,
  type Finding,
  load,
  nearestNames,
  type Operation,
  type Origin,
  type PatchScope,
  type Plan,
  positionAt,
  type RefusalCode,
  type Section,
} from '@prosodist/core';
import type { Context, Target } from './context.js';
import { jsonRange } from './formats/json.js';
import { linesOf } from './lines.js';
import { plural } from './report.js';
import { CommandError, STATUS } from './status.js';
import { shownPath, visible } from './visible.js';

type Outcomes = Plan['outcomes'];

/**
 * The error for an operation that was refused, the last of the outcomes. With `--format json` also prints what the JSON
 * contract says of it.
 */
export function refusal(context: Context, target: Target, files: FileSystem, outcomes: Outcomes): CommandError {
  const { code = 'dynamic', why, at, operation } = outcomes.at(-1)!;
  const message = context.secrets.hide(why);
  const remedy = context.secrets.hide(remedyFor(context, target, files, outcomes.at(-1)!));
  const place = placesIn(files);
  if (context.json) {
    const [first, ...related] = at.map(origin => ({ file: shownPath(origin.file), range: jsonRange(origin, place.textOf) }));
    const refused = { code, message, ...(first ?? { file: null, range: null }), related, operation: operation.op, remedy };
    printRefusals(context, [refused], outcomes.slice(0, -1));
  }
  const places = at.map(origin => `\n  --> ${place.shown(origin)}`).join('');
  return new CommandError(
    `refused (${code}): ${visible(message)}; nothing was written${places}\n  help: ${visible(remedy)}`,
    STATUS.refused,
  );
}

/** The same for a change that brings in errors: it is not what anybody asked for. */
export function refusalOfErrors(
  context: Context,
  files: FileSystem,
  errors: readonly Finding[],
  outcomes: Outcomes,
): CommandError {
  const place = placesIn(files);
  if (context.json) {
    const refusals = errors.map(({ rule, message, help, at }) => ({
      code: 'new-error',
      message: context.secrets.hide(message),
      file: shownPath(at.file),
      range: jsonRange(at, place.textOf),
      related: [],
      rule,
      remedy: context.secrets.hide(help),
    }));
    printRefusals(context, refusals, outcomes);
  }
  const what = `the change brings in ${plural(errors.length, 'error')}; nothing was written`;
  return new CommandError(context.secrets.hide(`${what}${errorLines(errors)}`), STATUS.refused);
}

export function errorLines(errors: readonly Finding[]): string {
  return errors.map(({ rule, message, at }) => `\n  ${visible(shownPath(at.file))}: ${visible(message)} [${rule}]`).join('');
}

function printRefusals({ io, secrets }: Context, refusals: readonly object[], outcomes: Outcomes): void {
  const nothing = { changed: false, written: false, files: [], creates: [], links: [], removes: [], applied: [] };
  const json = { ...nothing, outcomes: jsonOutcomes(outcomes, text => secrets.hide(text)), refusals };
  io.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
}

/** What became of each operation, as the JSON contract has it. */
export function jsonOutcomes(outcomes: Outcomes, hide: (text: string) => string): object[] {
  return outcomes.map(({ operation, status, why }) => ({ operation: operation.op, status, message: hide(why) }));
}

function placesIn(files: FileSystem) {
  const textOf = (file: string) => {
    const read = files.readFile(file);
    return read.ok ? read.text : undefined;
  };
  const shown = ({ file, start }: Origin) => {
    const { line, column } = positionAt(linesOf(textOf(file) ?? ''), start);
    return `${visible(shownPath(file))}:${line}:${column}`;
  };
  return { textOf, shown };
}

/** What to do about a refusal, where its reason alone decides that. */
const REMEDIES: { readonly [Code in RefusalCode]: string } = {
  dynamic: 'change that code by hand',
  'computed-value': 'write the value there as a plain one, or change it by hand',
  ambiguous: 'leave one of these places only, or change it by hand',
  'ambiguous-file': 'leave it in one of these files only',
  'parse-error': '`prosodist check` shows what is wrong in the file; mend that first',
  'wrong-kind': '`prosodist show` prints what is there; give what fits to it',
  'not-found': '`prosodist show` prints what is there',
  'scope-conflict': 'name another scope, or take away first what is in the way',
  placeholder: 'change the template, or what fills it, by hand',
  exists: 'look at what is there, and move it away if nobody needs it',
  protected: 'change it by hand, if that is really meant',
};

/** What to do about a refusal: what its operation tells, else what its reason does. */
function remedyFor(
  context: Context,
  { entry }: Target,
  files: FileSystem,
  { code = 'dynamic', operation }: Outcomes[number],
): string {
  const sections = () =>
    [...load(files, entry, { prosody: context.prosody }).sections.values()].filter(section => section.openings.length > 0);
  return remedyOfOperation(operation, code, sections) ?? REMEDIES[code];
}

function remedyOfOperation(operation: Operation, code: RefusalCode, sections: () => readonly Section[]): string | undefined {
  const isMissing = code === 'not-found';
  switch (operation.op) {
    case 'ensure.include':
    case 'enable.file':
      return isMissing ? 'make it first; `prosodist show --files` prints the files that are there' : undefined;
    case 'ensure.component':
    case 'ensure.host': {
      if (code !== 'scope-conflict') return undefined;
      const { host } = operation;
      const same = sections().some(({ name, kind }) => name === host.toLowerCase() && kind === 'component');
      return operation.op === 'ensure.component' && same
        ? `\`prosodist component ${host} --module ${operation.module} --replace-module\` gives it that one`
        : `choose another name, or take that one away with \`prosodist remove-host ${host}\``;
    }
    case 'component.module':
      return remedyForScope({ component: operation.host }, sections());
    case 'rename.host':
      return isMissing ? remedyForScope({ host: operation.host }, sections(), false) : undefined;
    default: {
      if (!('scope' in operation) || operation.scope === 'global') return missingRemedy(operation, isMissing);
      if (code === 'scope-conflict' && operation.op !== 'list.add') return 'give `global` as the scope';
      if (code !== 'wrong-kind' && !isMissing) return undefined;
      return remedyForScope(operation.scope, sections()) ?? missingRemedy(operation, isMissing);
    }
  }
}

function missingRemedy(operation: Operation, isMissing: boolean): string | undefined {
  if (!isMissing || !('scope' in operation)) return undefined;
  return operation.op === 'uncomment'
    ? '`prosodist set` gives the option a value'
    : '`prosodist show --origin` prints what is set, and where';
}

/** The scope that was meant, where there is none of that name and kind. */
function remedyForScope(scope: Exclude<PatchScope, 'global'>, sections: readonly Section[], mayAdd = true): string | undefined {
  const [kind, asked] = 'host' in scope ? (['host', scope.host] as const) : (['component', scope.component] as const);
  const name = asked.toLowerCase();
  const there = sections.find(section => section.name === name);
  if (there) return there.kind === kind ? undefined : `write ${there.kind}:${there.name}`;
  const near = nearestNames(
    name,
    sections.map(section => section.name),
  );
  const shown = sections.filter(section => near.length === 0 || near.includes(section.name)).slice(0, 5);
  const names = shown.map(section => `${section.kind}:${section.name}`).join(', ');
  const found = names === '' ? [] : [near.length > 0 ? `did you mean ${names}?` : `there is ${names}`];
  return (
    [...found, ...(mayAdd ? [`\`prosodist ${kind} ${asked}\` adds it`] : [])].join(near.length > 0 ? ' ' : '; ') || undefined
  );
}
