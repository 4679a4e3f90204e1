import {
  type Configuration,
  type Json,
  lineIndex,
  type Origin,
  positionAt,
  RawNumber,
  type Secrets,
  type Setting,
} from '@prosodist/core';
import { type ShownSection, shownJson } from './sections.js';
import { shownPath, visible } from './visible.js';

/** Line and column of a place, from 1. */
export function place({ documents }: Configuration, { file, start }: Origin): { line: number; column: number } {
  const document = documents.get(file);
  return positionAt(document?.lines ?? lineIndex(''), start);
}

/** `FILE:LINE` of a place, safe to show. */
export function lineText(configuration: Configuration, origin: Origin): string {
  return `${visible(shownPath(origin.file))}:${place(configuration, origin).line}`;
}

/** A setting's value as it is shown. */
export function dumped({ value, name }: Setting, secrets: Secrets): Json {
  return shownJson(value, name, secrets);
}

/** For every shown option: where it was set, whether the host takes it over, and what it overrode, oldest first. */
export function originsJson(configuration: Configuration, sections: readonly ShownSection[], secrets: Secrets): Json {
  const all = sections.map(({ section, options }) => {
    const entries = options.map(({ name, option, inherited }) => [
      name,
      {
        ...originJson(configuration, option.setting.origin),
        inherited,
        overrode: option.overrode.map(setting => ({
          ...originJson(configuration, setting.origin),
          value: dumped(setting, secrets),
        })),
      },
    ]);
    return [section.name, Object.fromEntries(entries) as Json] as const;
  });
  return Object.fromEntries(all);
}

/** A place as the JSON contract has it. */
export function originJson(configuration: Configuration, origin: Origin): { [key: string]: Json } {
  const point = (offset: number) => {
    const { line, column } = place(configuration, { ...origin, start: offset });
    return { line: integer(line), column: integer(column), offset: integer(offset) };
  };
  return { file: shownPath(origin.file), range: { start: point(origin.start), end: point(origin.end) } };
}

function integer(value: number): RawNumber {
  return new RawNumber(String(value));
}
