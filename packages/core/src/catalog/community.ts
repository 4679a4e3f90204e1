// The prosody-modules collection beyond what Debian packages.
import { communityModules as raw } from './data/community.generated.js';
import { type ListedModule, parseOptions } from './module-table.js';

/** Every module of the collection that Debian does not have, with the options it reads. */
export const communityModules: readonly ListedModule[] = raw.map(([module, options]) => ({
  module,
  options: parseOptions(options),
}));
