import { GLOBAL } from '../../evaluate/index.js';
import type { UnlinkedFile } from '../rule.js';

/** Whether a waiting file brings an `ldap` table for all hosts. */
export function hasTable({ configuration }: UnlinkedFile): boolean {
  return configuration.sections.get(GLOBAL)?.options.has('ldap') ?? false;
}
