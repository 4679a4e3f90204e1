import {
  type Configuration,
  dumpValue,
  effective,
  GLOBAL,
  holdsSecret,
  type Json,
  nearestNames,
  type Option,
  RawNumber,
  type Secrets,
  type Section,
} from '@prosodist/core';
import { CommandError } from './status.js';

/** One option of a section, as it is shown. */
export interface ShownOption {
  readonly name: string;
  readonly value: Json;
  readonly option: Option;
  /** Taken over from the global section. */
  readonly inherited: boolean;
}

export interface ShownSection {
  readonly section: Section;
  readonly options: readonly ShownOption[];
}

/**
 * The sections to show. Of one host everything that it would use is shown, what it takes over included; without a host,
 * each section's own.
 * @throws CommandError when there is no such host
 */
export function sectionsToShow(
  configuration: Configuration,
  wanted: { host?: string; option?: string },
  secrets: Secrets,
): ShownSection[] {
  const byName = [...configuration.sections.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (wanted.host === undefined) {
    const all = byName.map(section => ({ section, options: own(section, wanted.option, secrets) }));
    return wanted.option === undefined ? all : all.filter(({ options }) => options.length > 0);
  }
  const section = sectionNamed(configuration, wanted.host);
  const names = new Set([GLOBAL, section.name].flatMap(scope => [...(configuration.sections.get(scope)?.options.keys() ?? [])]));
  const options = [...names]
    .filter(name => wanted.option === undefined || name === wanted.option)
    .sort()
    .map(name => {
      const option = effective(configuration, section.name, name)!;
      return { name, option, inherited: option.inherited, value: shownValue(name, option, secrets) };
    });
  return [{ section, options }];
}

function own(section: Section, wanted: string | undefined, secrets: Secrets): ShownOption[] {
  return [...section.options]
    .filter(([name]) => wanted === undefined || name === wanted)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, option]) => ({ name, option, inherited: false, value: shownValue(name, option, secrets) }));
}

function shownValue(name: string, { value }: Pick<Option, 'value'>, secrets: Secrets): Json {
  return shownJson(value, name, secrets);
}

/** A value as it is shown: secret ones masked by their names, and where they stand inside of others. */
export function shownJson(value: Option['value'], name: string, secrets: Secrets): Json {
  return hidden(dumpValue(value, secrets.shown ? {} : { mask: holdsSecret }, name), secrets);
}

function hidden(json: Json, secrets: Secrets): Json {
  if (typeof json === 'string') return secrets.hideCertain(json);
  if (json === null || typeof json !== 'object' || json instanceof RawNumber) return json;
  if (Array.isArray(json)) return (json as readonly Json[]).map(item => hidden(item, secrets));
  return Object.fromEntries(
    Object.entries(json as { readonly [key: string]: Json }).map(([key, item]) => [key, hidden(item, secrets)]),
  );
}

/** The section that a user names. @throws CommandError when there is none, with those that it may mean */
export function sectionNamed({ sections }: Configuration, name: string): Section {
  const section = sections.get(name === 'global' ? GLOBAL : name.toLowerCase());
  if (section) return section;
  const names = [...sections.keys()].filter(key => key !== GLOBAL);
  const near = nearestNames(name, names);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${names.join(', ') || 'none'}`;
  throw new CommandError(`there is no host or component ${name}; ${hint}`);
}
