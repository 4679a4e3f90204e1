import {
  type FileSystem,
  load,
  nearestNames,
  type Operation,
  type PatchScope,
  type Plan,
  type RefusalCode,
  type Section,
} from '@prosodist/core';
import type { Context, Target } from './context.js';

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
export function remedyFor(
  context: Context,
  { entry }: Target,
  files: FileSystem,
  { code = 'dynamic', operation }: Plan['outcomes'][number],
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
