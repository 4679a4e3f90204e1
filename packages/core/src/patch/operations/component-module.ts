import type { Expression } from '../../syntax/index.js';
import { editsOnly } from '../change.js';
import { documentOf, findSection, isStep, untouchable } from '../find.js';
import { literal } from '../literal.js';
import { isPlain, statementOf } from '../nodes.js';
import type { ComponentModuleOperation, PatchContext, Step } from '../operation.js';
import { already, changed, refused } from '../steps.js';
import { styleOf } from '../style.js';
import { quoteOf } from './list-add.js';

/** Gives a component its module: `Component "focus.example.com" "client_proxy"`. */
export function componentModule(context: PatchContext, { host, module }: Omit<ComponentModuleOperation, 'op'>): Step {
  const section = findSection(context, { component: host });
  if (isStep(section)) return section;
  const { configuration } = context;
  const own = section.options.get('component_module')?.value;
  // each opening gives the component its module anew, so the last one counts
  const opening = section.openings.at(-1)!;
  const at = [opening.origin];
  if (own?.kind === 'string' && own.value === module) return already(`${section.name} has the module ${module} already`, at);
  const document = documentOf(configuration, opening.origin);
  if (!isPlain(document, opening)) return refused('dynamic', `${section.name} is opened by code that may not run`, at);
  const name = opening.module?.origin ?? opening.nameOrigin;
  const refusal = untouchable(configuration, name, `the opening of ${section.name}`);
  if (refusal) return refusal;
  const { text } = document;
  const source = literal(module, { ...styleOf(text), ...quoteOf(text.slice(name.start, name.end)) });
  const done = (start: number, end: number, written: string) =>
    changed(`${section.name} has the module ${module}`, editsOnly([{ file: name.file, start, end, text: written }]), at);
  if (opening.module) {
    if (!/^["'[]/.test(text.slice(name.start, name.end)))
      return refused('computed-value', `the module of ${section.name} is computed; change it by hand`, at);
    return done(name.start, name.end, source);
  }
  const statement = statementOf(document, opening.origin)!;
  let call: Expression | undefined = statement.node.type === 'CallStatement' ? statement.node.expression : undefined;
  while (call && 'base' in call && call.base.type !== 'Identifier') call = call.base;
  if (!call) return refused('dynamic', `${section.name} is opened by code; change it by hand`, at);
  const end = statement.base + call.range[1];
  return done(end, end, ` ${source}`);
}
