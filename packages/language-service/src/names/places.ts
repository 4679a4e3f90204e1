import type { Configuration, Include, Opening, Setting } from '@prosodist/core';

/** What a configuration has in one file, each list in the order of the text. */
export interface FilePlaces {
  readonly settings: readonly Setting[];
  readonly openings: readonly Opening[];
  readonly includes: readonly Include[];
}

interface Gathered {
  readonly settings: Setting[];
  readonly openings: Opening[];
  readonly includes: Include[];
}

const known = new WeakMap<Configuration, ReadonlyMap<string, FilePlaces>>();
const NOTHING: FilePlaces = { settings: [], openings: [], includes: [] };

/** What a configuration has in a file: gathered once a configuration, because large ones have tens of thousands of settings. */
export function placesIn(configuration: Configuration, file: string): FilePlaces {
  let byFile = known.get(configuration);
  if (!byFile) {
    byFile = gather(configuration);
    known.set(configuration, byFile);
  }
  return byFile.get(file) ?? NOTHING;
}

function gather({ settings, openings, includes }: Configuration): ReadonlyMap<string, FilePlaces> {
  const byFile = new Map<string, Gathered>();
  const of = (file: string) => {
    const found = byFile.get(file) ?? { settings: [], openings: [], includes: [] };
    byFile.set(file, found);
    return found;
  };
  for (const setting of settings) if (setting.form !== 'opening') of(setting.origin.file).settings.push(setting);
  for (const opening of openings) of(opening.origin.file).openings.push(opening);
  for (const include of includes) of(include.origin.file).includes.push(include);
  for (const lists of byFile.values()) {
    for (const list of [lists.settings, lists.openings, lists.includes])
      (list as { origin: { start: number } }[]).sort((a, b) => a.origin.start - b.origin.start);
  }
  return byFile;
}
