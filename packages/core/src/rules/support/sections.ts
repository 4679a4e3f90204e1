import { effective, GLOBAL, listEntries, openReason, type Section, type TableEntry } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';
import { includesAreKnown } from './includes.js';
import { textOf } from './ldap-table.js';

/** Whether every virtual host and component is known, so that a name that is none of them is wrong. */
export function sectionsAreKnown({ configuration, complete }: RuleContext): boolean {
  return (
    complete &&
    configuration.ok &&
    configuration.stopped === null &&
    includesAreKnown(configuration) &&
    configuration.openings.every(opening => opening.doubt === undefined && !opening.scope.startsWith('?'))
  );
}

/** The section that a name means; Prosody prepares names, which makes them lower-case. */
export function sectionNamed({ configuration }: RuleContext, name: string): Section | undefined {
  const section = configuration.sections.get(name) ?? configuration.sections.get(name.toLowerCase());
  return section?.kind === 'global' ? undefined : section;
}

/** A component's module; `component` where it is an external one. */
export function moduleOf(section: Section): string | undefined {
  return textOf(section.options.get('component_module')?.value);
}

/** The text that holds for an option in a scope, where it is known. */
export function optionText({ configuration }: RuleContext, scope: string, name: string): string | undefined {
  return textOf(effective(configuration, scope, name)?.value);
}

/** Entries of a list option of a section's own, or of a lone string; undefined where they are not all known. */
export function ownEntries(section: Section | undefined, name: string): readonly Pick<TableEntry, 'value'>[] | undefined {
  const value = section?.options.get(name)?.value;
  if (!value || value.kind === 'nil') return [];
  if (value.kind === 'string') return [{ value }];
  return value.kind === 'table' && !openReason(value) ? listEntries(value) : undefined;
}

/** The texts of a list that a section takes over from the global section and adds to (`get_option_inherited_set`). */
export function inheritedTexts({ configuration }: RuleContext, scope: string, name: string): string[] | undefined {
  const texts: string[] = [];
  for (const section of [configuration.sections.get(scope), configuration.sections.get(GLOBAL)]) {
    const entries = ownEntries(section, name);
    if (!entries) return undefined;
    for (const { value } of entries) {
      const text = textOf(value);
      if (text === undefined) return undefined;
      texts.push(text);
    }
  }
  return texts;
}
