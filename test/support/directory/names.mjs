// Preloaded by a Node that tests start (--import): names of test servers resolve as PROSODIST_TEST_NAMES (JSON, name → address) says.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const known = new Map(
  Object.entries(JSON.parse(process.env.PROSODIST_TEST_NAMES ?? '{}')).map(([name, address]) => [name.toLowerCase(), address]),
);
const system = { lookup: dns.lookup, promise: dns.promises.lookup };

dns.lookup = (host, options, callback) => {
  const address = known.get(String(host).toLowerCase());
  if (address === undefined) return callback ? system.lookup(host, options, callback) : system.lookup(host, options);
  const done = callback ?? options;
  const all = typeof options === 'object' && options !== null && options.all;
  process.nextTick(() => (all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)));
};
dns.promises.lookup = async (host, options) => {
  const address = known.get(String(host).toLowerCase());
  if (address === undefined) return system.promise(host, options);
  return options?.all ? [{ address, family: 4 }] : { address, family: 4 };
};
syncBuiltinESMExports();
