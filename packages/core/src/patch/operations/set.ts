import { isGlobalOnly } from '../../catalog/index.js';
import { GLOBAL, type Setting } from '../../evaluate/index.js';
import { parse } from '../../syntax/index.js';
import { editsOnly } from '../change.js';
import { documentOf, findOption, isStep, sectionName, shownScope, untouchable } from '../find.js';
import { addOption, disabledOption, enabledText } from '../insert.js';
import { flawOf, type LuaLiteral, literal } from '../literal.js';
import type { PatchContext, PatchScope, SetOperation, Step } from '../operation.js';
import { already, changed, refused } from '../steps.js';
import { deeper, eolAt, indentOf, styleOf } from '../style.js';
import { holds, shownValue } from '../values.js';

/**
 * Gives an option a value in one section: only the value is replaced where the option is there, and a line is added at
 * the section's right place where it is not. Comments, order and separators stay.
 */
export function set(context: PatchContext, operation: Omit<SetOperation, 'op'>): Step {
  const { scope, name, value, create = true } = operation;
  const flaw = flawOf(value);
  if (flaw !== undefined) return refused('wrong-kind', `\`${name}\`: ${flaw}`);
  const found = findOption(context, scope, name);
  if (isStep(found)) return found;
  const { configuration } = context;
  const { option, settings } = found;
  const last = settings.at(-1);
  if (option && holds(configuration, option.value, value, option.setting.valueOrigin))
    return already(`\`${name}\` is ${shownValue(value, name)} already`, [option.setting.origin]);
  if (option && create === 'only') return already(`\`${name}\` is set already, and stays as it is`, [option.setting.origin]);
  if (last) return replace(context, last, value);
  if (create === false) return refused('not-found', `\`${name}\` is not set in ${shownScope(scope)}`);
  const misplaced = globalOnly(context, scope, name);
  if (misplaced) return misplaced;
  const step = operation.reuseDisabled ? enable(context, found.section.name, name, value) : undefined;
  const added = step ?? addOption(context, found.section, name, style => literal(value, style), operation);
  if (added.status !== 'changed') return added;
  const why = `\`${name} = ${shownValue(value, name)}\` ${step ? 'uncommented in' : 'added to'} ${shownScope(scope)}`;
  return { ...added, ...overridden(context, scope, name, why, added) };
}

function replace(context: PatchContext, setting: Setting, value: LuaLiteral): Step {
  const { configuration } = context;
  const { start, end, file } = setting.valueOrigin;
  const { name } = setting;
  const place = [setting.origin];
  if (setting.form === 'append')
    return refused('dynamic', `\`${name}\` is set by code that may not run, or more than once; change it by hand`, place);
  if (file !== setting.origin.file) return refused('computed-value', `the value of \`${name}\` comes from ${file}`, place);
  const refusal = untouchable(configuration, setting.valueOrigin, `the value of \`${name}\``) ?? valueOfItsOwn(context, setting);
  if (refusal) return refusal;
  const document = documentOf(configuration, setting.origin);
  const indent = indentOf(document, setting.origin);
  const lines = { indent, step: deeper(document.text, indent).slice(indent.length), eol: eolAt(document.text, start) };
  const text = literal(value, { ...styleOf(document.text), lines });
  const step = changed(`\`${name}\` set to ${shownValue(value, name)}`, editsOnly([{ file, start, end, text }]), place);
  return setting.scope === GLOBAL ? { ...step, ...overridden(context, 'global', name, step.why, step) } : step;
}

/** `a, b = f()`: what stands for one of several values is not the value of one of them. */
function valueOfItsOwn({ configuration }: PatchContext, { valueOrigin, origin, name, form }: Setting): Step | undefined {
  if (form !== 'assignment') return undefined;
  const others = configuration.settings.filter(
    other =>
      other.form === 'assignment' && other.valueOrigin.file === valueOrigin.file && other.valueOrigin.start === valueOrigin.start,
  );
  const names = new Set(others.map(other => other.name));
  const outside = valueOrigin.start < origin.start || valueOrigin.end > origin.end;
  return names.size > 1 || outside
    ? refused('computed-value', `\`${name}\` gets one of several values of an expression`, [origin])
    : undefined;
}

export function globalOnly({ configuration }: PatchContext, scope: PatchScope, name: string): Step | undefined {
  if (scope === 'global' || !isGlobalOnly(name, configuration.version)) return undefined;
  const at = configuration.sections.get(sectionName(scope))?.openings.map(opening => opening.origin) ?? [];
  return refused(
    'scope-conflict',
    `\`${name}\` has no effect in ${shownScope(scope)}: Prosody reads it in the global section only`,
    at,
  );
}

/** Makes an assignment of a commented one, with the value. */
function enable(context: PatchContext, scope: string, name: string, value: LuaLiteral): Step | undefined {
  const [found] = disabledOption(context, scope, name);
  if (!found) return undefined;
  const { file, document, disabled } = found;
  const refusal = untouchable(
    context.configuration,
    { file, start: disabled.start, end: disabled.end },
    `the commented \`${name}\``,
  );
  if (refusal) return refusal;
  const source = enabledText(document, disabled);
  const node = parse(source).statements[0]?.node;
  const init = node?.type === 'AssignmentStatement' ? node.init[0] : undefined;
  if (!init) return undefined;
  const [from, to] = init.range;
  const text = source.slice(0, from) + literal(value, styleOf(document.text)) + source.slice(to);
  const edit = { file, start: disabled.start, end: disabled.end, text };
  return changed(`\`${name}\` uncommented`, editsOnly([edit]), [{ file, start: disabled.start, end: disabled.end }]);
}

/** Says which hosts have a value of their own, for which a global one changes nothing. */
function overridden({ configuration }: PatchContext, scope: PatchScope, name: string, why: string, { at }: Step) {
  if (scope !== 'global') return { why, at };
  const own = [...configuration.sections.values()].filter(section => section.name !== GLOBAL && section.options.has(name));
  if (own.length === 0) return { why, at };
  return {
    why: `${why}; ${own.map(section => section.name).join(', ')} ${own.length === 1 ? 'keeps a value of its' : 'keep values of their'} own`,
    at: [...at, ...own.map(section => section.options.get(name)!.setting.origin)],
  };
}
