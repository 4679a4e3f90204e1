// The prosody-modules collection beyond what Debian packages.
import { prosodyModules } from './data/community.generated.js';
import type { RawCommunity } from './raw.js';

let made: RawCommunity | undefined;

/** Every module of the collection that Debian does not have, and the options that they read. */
export function communityModules(): RawCommunity {
  made ??= prosodyModules();
  return made;
}
