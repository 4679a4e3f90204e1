import { isSecret } from '../../catalog/index.js';
import type { Configuration, Opening, Origin, Table, Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { factOf } from '../support/facts.js';
import { placeholderIn } from '../support/placeholder.js';
import { placeInString } from '../support/source.js';

export const leftoverPlaceholder: Rule = {
  name: 'leftover-placeholder',
  severity: 'warning',
  summary: 'A placeholder of a template or guide was never replaced.',
  fixable: 'never',
  source: "Jitsi Meet's debian/jitsi-meet-prosody.postinst: sed over jitmeet.example.com, focusUser and __turnSecret__",
  since: '0.1.0',
  check: {
    document(context, document, file) {
      // `__NAME__` makes a file a template; installed among others that are none, it is one that was not filled in
      if (isFilledIn(context, file))
        for (const { kind, text, start, end } of document.placeholders)
          if (kind === 'value' && /^__\w+__$/.test(text))
            report(context, { file, start, end }, text, `\`${text}\` was never replaced`);
    },
    opening(context, opening) {
      if (!factOf(context, opening.scope, hasPlaceholder) || isTemplateItself(context, opening.origin.file)) return;
      const found = placeholderIn(opening.written);
      if (found) report(context, opening.nameOrigin, found.text, `\`${opening.written}\` is no name of yours`);
    },
    setting(context, setting) {
      if (!factOf(context, setting.scope, hasPlaceholder)) return;
      // what does not hold is told as a duplicate
      const option = context.configuration.sections.get(setting.scope)?.options.get(setting.name);
      if (option?.setting !== setting || isTemplateItself(context, setting.origin.file)) return;
      look(context, setting.value, setting.name, isSecret(setting.name), new Set());
    },
  },
};

/** Whether anything in a section may be a placeholder. */
function hasPlaceholder({ configuration }: RuleContext, scope: string): boolean {
  const { openings = [], options } = configuration.sections.get(scope) ?? {};
  return (
    openings.some(({ written }) => placeholderIn(written)) ||
    [...(options?.values() ?? [])].some(({ value }) => mayHold(value, new Set()))
  );
}

function mayHold(value: Value, seen: Set<Table>): boolean {
  if (value.kind === 'string') return placeholderIn(value.value) !== undefined;
  if (value.kind !== 'table' || seen.has(value.table)) return false;
  seen.add(value.table);
  return [...value.table.entries.values()].some(entry => mayHold(entry.value, seen));
}

function look(context: RuleContext, value: Value, name: string, secret: boolean, seen: Set<Table>): void {
  if (value.kind === 'table') {
    if (seen.has(value.table)) return;
    seen.add(value.table);
    for (const [key, entry] of value.table.entries)
      look(context, entry.value, name, typeof key === 'string' ? isSecret(key) || (secret && key === 'secret') : secret, seen);
    return;
  }
  if (value.kind !== 'string' || !value.origin) return;
  const { configuration } = context;
  // a secret that is a placeholder is told by placeholder-secret
  const found = secret ? undefined : placeholderIn(value.value);
  if (!found) return;
  const place = placeInString(configuration, value, found.start, found.end) ?? value.origin;
  report(context, place, found.text, `\`${name}\` still has the placeholder \`${found.text}\``);
}

function report(context: RuleContext, at: Origin, text: string, message: string): void {
  context.report({
    message,
    why: 'Prosody takes it as it is: a name that nothing has.',
    help: `Write your own in the place of \`${text}\`.`,
    at,
  });
}

/**
 * A file in which nothing has been filled in is a template, and meant to be so: its hosts have placeholders for names, and
 * nothing includes it.
 */
function isTemplateItself({ configuration, complete }: RuleContext, file: string): boolean {
  if (configuration.documents.get(file)?.template) return true;
  return (configuration.entry === file || !complete) && !hasOwnNames(configuration, file);
}

/** A file with placeholders of the form `__NAME__` alone, of which at least a part was replaced, or that is in use. */
function isFilledIn({ configuration, complete }: RuleContext, file: string): boolean {
  const document = configuration.documents.get(file);
  if (!document?.template || document.placeholders.some(({ text }) => !/^__\w+__$/.test(text))) return false;
  if (hasOwnNames(configuration, file)) return true;
  return complete && configuration.entry !== file && !configuration.documents.get(configuration.entry)?.template;
}

const known = new WeakMap<Configuration, Map<string, boolean>>();

/** Whether a file opens a host or component under a name that is none of a template. */
function hasOwnNames(configuration: Configuration, file: string): boolean {
  const found = known.get(configuration) ?? new Map<string, boolean>();
  known.set(configuration, found);
  const answer = found.get(file) ?? configuration.openings.some(opening => opening.origin.file === file && isOwn(opening));
  found.set(file, answer);
  return answer;
}

function isOwn({ scope, written }: Opening): boolean {
  return !scope.startsWith('?') && !placeholderIn(written) && !/^localhost$|(?:^|\.)example\.(?:com|net|org)$/.test(written);
}
