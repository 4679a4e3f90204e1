import { decode, type MemoryFile } from '@prosodist/core';
import { absolute, type Files } from '../support/prosody-files.js';

/** A tree as our file system takes it; an empty folder gets a file that no Include reads. */
export function decodeSpecs(files: Files): Record<string, MemoryFile> {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]): [string, MemoryFile] => {
      if (typeof file === 'string') return [absolute(path), file];
      if (file instanceof Uint8Array) return [absolute(path), decode(file)];
      return 'link' in file ? [absolute(path), file] : [`${absolute(path)}/.keep`, ''];
    }),
  );
}
