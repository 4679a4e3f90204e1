import { hostname } from 'node:os';
import type { LibldapOptions } from '@prosodist/core';
import { type LibldapPlaces, libldapOptions } from './libldap.js';

/** What a directory is asked with on this machine, as `@prosodist/directory` wants it: its libldap's settings, and its name. */
export function directoryClient(places: LibldapPlaces): { readonly libldap: LibldapOptions; readonly machineName: string } {
  return { libldap: libldapOptions(places), machineName: hostname() };
}
