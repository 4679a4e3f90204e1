import type { ProsodyVersion } from '@prosodist/core';
import type { Project } from '../protocol.js';
import { type GivenFile, isWanted, MOST, projectOf } from './collect.js';

type Opened = Project | { readonly problem: string };

/** Reads files that were chosen with the browser's own dialog, one by one or a folder. */
export async function openChosen(files: FileList, version: ProsodyVersion): Promise<Opened> {
  const named = [...files].map(file => ({ path: file.webkitRelativePath || file.name, file }));
  return openFiles(named, version);
}

/** Reads files and folders that were dropped. */
export async function openDropped(items: DataTransferItemList, version: ProsodyVersion): Promise<Opened> {
  // the list is empty when the event is over, so all entries are taken first
  const entries = [...items].flatMap(item => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []));
  const found: { path: string; file: File }[] = [];
  for (const entry of entries) if (entry) await walk(entry, found);
  return openFiles(found, version);
}

async function walk(entry: FileSystemEntry, found: { path: string; file: File }[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (found.length > MOST.files) return;
  if (entry.isFile) {
    if (!isWanted(path)) return;
    found.push({ path, file: await new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // a folder is told in parts, the last of which is empty
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const inner of part) await walk(inner, found);
  }
}

async function openFiles(
  named: readonly { readonly path: string; readonly file: File }[],
  version: ProsodyVersion,
): Promise<Opened> {
  const wanted = named.filter(({ path, file }) => isWanted(path) && file.size <= MOST.file);
  const bytes = wanted.reduce((sum, { file }) => sum + file.size, 0);
  if (wanted.length > MOST.files || bytes > MOST.bytes)
    return {
      problem: `This is more than a configuration: over ${MOST.files} files or ${MOST.bytes / 1_000_000} MB. Drop the folder of Prosody alone.`,
    };
  const given: GivenFile[] = [];
  for (const { path, file } of wanted) given.push({ path, bytes: new Uint8Array(await file.arrayBuffer()) });
  return projectOf(given, version);
}
