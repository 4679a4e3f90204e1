import { decode, type FileSystem, type MemoryFile, memoryFiles } from '@prosodist/core';
import { absolute, type Files } from './prosody-files.js';

/** The same tree as the real Prosody is given, as a file system for our own reading. */
export function asFileSystem(files: Files): FileSystem {
  const entries = Object.entries(files).flatMap(([path, file]): [string, MemoryFile][] => {
    if (typeof file === 'string') return [[absolute(path), file]];
    if (file instanceof Uint8Array) return [[absolute(path), decode(file)]];
    return 'link' in file ? [[absolute(path), file]] : [];
  });
  return memoryFiles(Object.fromEntries(entries));
}

/** The `config` part of what test/oracle/dump-config.lua prints, as text: it tells 1 from 1.0. */
export function configText(dump: string): string {
  return /"config":([\s\S]*)\}\s*$/.exec(dump)![1]!;
}
