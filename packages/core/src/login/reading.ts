import type { LoginFault } from './answer.js';
import type { DirectorySettings, Placed } from './types.js';

/** What reading the settings of a module comes to. */
export type Read =
  | { readonly kind: 'settings'; readonly settings: DirectorySettings }
  | { readonly kind: 'fault'; readonly fault: LoginFault; readonly settings: DirectorySettings | null }
  | { readonly kind: 'unknown'; readonly reason: string; readonly settings: readonly Placed<unknown>[] };
