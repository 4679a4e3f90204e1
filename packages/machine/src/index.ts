// The door of the machine: this computer's files and packages. Node only.
export { type DiskOptions, diskFiles, MOST_BYTES, MOST_NAMES } from './disk.js';
export { DEFAULT_ENTRY, type EntryResult, findEntry, ownPath } from './entry.js';
export { osPath } from './paths.js';
export { revisionFiles } from './revision.js';
export { installedProsody } from './version.js';
export { WriteError, type WriteOptions, type WriteReport, type WrittenFile, writePlan } from './write.js';
