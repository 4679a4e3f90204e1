import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { bounded, type Limit } from '../bounded.js';
import { DirectoryFailure } from '../failure.js';

/** Codes of getaddrinfo that mean "there is no such name" (netdb.h); the others mean that nobody could be asked. */
const NO_SUCH_NAME = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA']);

/**
 * The addresses of a machine, in the order in which libldap tries them (getaddrinfo's). An address is its own.
 * A resolver that does not answer in time is left alone; it cannot be called off (dns.lookup waits in a thread).
 */
export function resolveName(host: string, limit: Limit, lookup: LookupFunction = systemLookup): Promise<readonly string[]> {
  if (isIP(host) !== 0) return Promise.resolve([host]);
  const late = { code: 'name.timeout', what: `no answer to the question for the address of ${host}` } as const;
  return bounded<readonly string[]>(limit, late, (resolve, reject) => {
    lookup(host, { all: true, verbatim: true }, (error, found: string | LookupAddress[]) => {
      if (error) {
        const code = NO_SUCH_NAME.has(error.code ?? '') ? 'name.unknown' : 'name.failed';
        reject(
          new DirectoryFailure(
            code,
            code === 'name.unknown'
              ? `no machine has the name ${host}`
              : `the resolver could not tell the address of ${host} (${error.code ?? error.message})`,
          ),
        );
        return;
      }
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
      if (addresses.length === 0) reject(new DirectoryFailure('name.unknown', `${host} has no address`));
      else resolve(addresses);
    });
    return () => {};
  });
}
