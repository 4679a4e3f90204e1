export { compare, type OptionChange, type SectionChange } from './compare.js';
export { compareModules, type ModuleChange, type ModulesChange } from './compare-modules.js';
export {
  type Configuration,
  components,
  type Effective,
  effective,
  GLOBAL,
  hosts,
  type Include,
  type LoadError,
  type LoadWarning,
  type Opening,
  type Option,
  type Section,
  type Setting,
  type UnsetName,
} from './configuration.js';
export { type DumpOptions, dumpSections, dumpValue, type Json, RawNumber, toJson } from './dump.js';
export {
  type DirectoryEntries,
  type FileProblem,
  type FileStat,
  type FileSystem,
  type FileText,
  type MemoryFile,
  memoryFiles,
  normalize,
  overlayFiles,
  resolveLink,
} from './files.js';
export { toNumber } from './library/numbers.js';
export { type LoadOptions, load } from './load.js';
export type { OptionSource, UnreadEntry } from './module-lists.js';
export {
  type DisabledModule,
  type HostModules,
  hostModulesOf,
  type LoadedModule,
  loadedModules,
  type UnknownModule,
} from './modules.js';
export { toText } from './operators.js';
export { baseName, folderOf, globMatches, isGlob, resolveRelativePath } from './paths.js';
export type { ModuleSource } from './providers.js';
export { changedSections, declarePart, type SectionContent, sectionContent } from './reuse.js';
export { LIMITS, type Limits } from './run.js';
export {
  get,
  getEntry,
  type Key,
  listEntries,
  type Origin,
  openReason,
  type StringValue,
  type Table,
  type TableEntry,
  type TableValue,
  truth,
  type Value,
} from './values.js';
