import type { DirectoryOptions } from '@prosodist/directory';
import { directoryClient, type LibldapPlaces } from '@prosodist/machine';
import type { Io } from './io.js';

/**
 * What the commands ask a directory with: this machine's LDAP library, in the environment of whoever runs them.
 * @param places where the machine begins, and what saslauthd says, where they are known
 */
export function directoryOptions(
  io: Io,
  { allowPlaintext }: { readonly allowPlaintext?: boolean | undefined },
  places: LibldapPlaces = {},
): DirectoryOptions {
  return {
    ...directoryClient({ ...places, environment: io.env }),
    allowPlaintext: allowPlaintext === true,
    plaintextSwitch: '--allow-plaintext',
    ...(io.signal && { signal: io.signal }),
  };
}
