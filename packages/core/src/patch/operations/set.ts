import { type Configuration, GLOBAL, type Opening, type Setting, type Value } from '../../evaluate/index.js';
import { editsOnly } from '../change.js';
import { type LuaLiteral, literal } from '../literal.js';
import type { PatchContext, PatchScope, Step } from '../operation.js';
import { insertGlobal, insertIntoSection, isPlain } from '../placement.js';
import { already, changed, refused } from '../steps.js';
import { quoteStyle } from '../style.js';

/**
 * Gives an option a value in one section: only the value is replaced where the option is there, and a line is added at
 * the section's right place where it is not. Comments, order and separators stay.
 */
export function set(context: PatchContext, operation: { scope: PatchScope; name: string; value: LuaLiteral }): Step {
  const { configuration } = context;
  const { name, value } = operation;
  const scope = sectionName(operation.scope);
  const section = configuration.sections.get(scope);
  const option = section?.options.get(name);
  if (option && equals(option.value, value)) return already(`\`${name}\` is ${literal(value)} already`, [option.setting.origin]);
  if (option) return replace(configuration, option.setting, value);
  if (scope === GLOBAL) return addGlobal(configuration, name, value);
  const opening = section?.openings.find(candidate => isPlain(configuration.documents.get(candidate.origin.file)!, candidate));
  if (!opening) return noSection(operation.scope, scope, section?.openings ?? []);
  const broken = brokenFile(configuration, opening.origin.file);
  if (broken) return broken;
  const { text } = configuration.documents.get(opening.origin.file)!;
  const edit = insertIntoSection(configuration, opening, `${name} = ${literal(value, quoteStyle(text))}`);
  return changed(`\`${name} = ${literal(value)}\` added to ${scope}`, editsOnly([{ file: opening.origin.file, ...edit }]), [
    opening.origin,
  ]);
}

/** The name of the section that a scope means, prepared as Prosody prepares it (ASCII: lower case). */
export function sectionName(scope: PatchScope): string {
  if (scope === 'global') return GLOBAL;
  return ('host' in scope ? scope.host : scope.component).toLowerCase();
}

function replace(configuration: Configuration, setting: Setting, value: LuaLiteral): Step {
  const document = configuration.documents.get(setting.origin.file)!;
  const { start, end, file } = setting.valueOrigin;
  const place = [setting.origin];
  if (!isPlain(document, setting) || setting.form === 'append') {
    return refused('dynamic', `\`${setting.name}\` is set by code that may not run, or more than once; change it by hand`, place);
  }
  if (setting.valueOrigin.file !== setting.origin.file)
    return refused('computed-value', `the value of \`${setting.name}\` comes from ${file}`, place);
  const text = literal(value, quoteStyle(document.text));
  return changed(`\`${setting.name}\` set to ${text}`, editsOnly([{ file, start, end, text }]), place);
}

function addGlobal(configuration: Configuration, name: string, value: LuaLiteral): Step {
  const file = configuration.entry;
  const broken = brokenFile(configuration, file);
  if (broken) return broken;
  const document = configuration.documents.get(file)!;
  const line = `${name} = ${literal(value, quoteStyle(document.text))}`;
  return changed(
    `\`${line}\` added to the global section`,
    editsOnly([{ file, ...insertGlobal(configuration, file, line, name) }]),
  );
}

function noSection(scope: PatchScope, name: string, openings: readonly Opening[]): Step {
  const kind = scope !== 'global' && 'host' in scope ? 'virtual host' : 'component';
  if (openings.length > 0)
    return refused(
      'dynamic',
      `the ${kind} ${name} is opened by code that may not run`,
      openings.map(opening => opening.origin),
    );
  return refused('not-found', `there is no ${kind} ${name} in this configuration`);
}

/** A refusal where a file does not parse: a place in it cannot be trusted. */
export function brokenFile(configuration: Configuration, file: string): Step | undefined {
  const document = configuration.documents.get(file);
  if (!document) return refused('not-found', `${file} cannot be read`);
  const problem = document.problems[0];
  return (
    problem &&
    refused('parse-error', `${file} is not valid Lua: ${problem.message}`, [{ file, start: problem.start, end: problem.end }])
  );
}

/** Whether a value is what the literal would read as. */
export function equals(value: Value, wanted: LuaLiteral): boolean {
  if (value.kind === 'string' || value.kind === 'boolean' || value.kind === 'number') return value.value === wanted;
  if (value.kind !== 'table' || typeof wanted !== 'object') return false;
  const entries = Array.isArray(wanted) ? wanted.map((item, index) => [index + 1, item] as const) : Object.entries(wanted);
  return (
    value.table.entries.size === entries.length &&
    entries.every(([key, item]) => {
      const entry = value.table.entries.get(key);
      return entry !== undefined && equals(entry.value, item as LuaLiteral);
    })
  );
}
