// The generated data of a version.
import { prosody0_12 } from './data/prosody-0.12.generated.js';
import { prosody13_0 } from './data/prosody-13.0.generated.js';
import type { RawCatalog } from './raw.js';
import type { ProsodyVersion } from './types.js';

const makers: Readonly<Record<ProsodyVersion, () => RawCatalog>> = { '0.12': prosody0_12, '13.0': prosody13_0 };
const made = new Map<ProsodyVersion, RawCatalog>();

/** What the tree of a version gave. In: the version. Out: the generated data, as it is. */
export function rawCatalog(version: ProsodyVersion): RawCatalog {
  const catalog = made.get(version) ?? makers[version]();
  made.set(version, catalog);
  return catalog;
}

/** The sorted lists of `prosodyctl check config` of a version: obsolete, deprecated, global-only (util/prosodyctl/check.lua). */
export const checkLists = (version: ProsodyVersion) => rawCatalog(version).checkLists;
