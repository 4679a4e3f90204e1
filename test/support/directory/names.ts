import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** A resolver that knows these names beside what the system knows: for `DirectoryOptions.lookup`. */
export function lookupIn(names: Readonly<Record<string, string>>): LookupFunction {
  const known = new Map(Object.entries(names).map(([name, address]) => [name.toLowerCase(), address]));
  return (host, options, callback) => {
    const address = known.get(host.toLowerCase());
    if (address === undefined) systemLookup(host, options, callback);
    else if (options.all) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  };
}

/** What the environment of a child process of Node needs so that it resolves these names (names.mjs). */
export function namesEnvironment(names: Readonly<Record<string, string>>): Record<string, string> {
  return {
    NODE_OPTIONS: `--import=${new URL('./names.mjs', import.meta.url).href}`,
    PROSODIST_TEST_NAMES: JSON.stringify(names),
  };
}
