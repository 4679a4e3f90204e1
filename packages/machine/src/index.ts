// The door of the machine: this computer's files and packages. Node only.
export {
  type BaselineEntry,
  type BaselineResult,
  baselineText,
  knownFindings,
  readBaseline,
  texts,
  treeFingerprints,
} from './baseline/index.js';
export { directoryClient } from './directory-client.js';
export { type DiskOptions, diskFiles, MOST_BYTES, MOST_NAMES } from './disk.js';
export { DEFAULT_ENTRY, type EntryResult, findEntry, ownPath } from './entry.js';
export { type HostLogin, hostLogin } from './host-login.js';
export { type InspectOptions, inspectMachine, machineRootOf, serviceFacts } from './inspect/index.js';
export { keptFiles } from './kept.js';
export { type LibldapPlaces, libldapOptions } from './libldap.js';
export { osPath } from './paths.js';
export { installCommand, restartCommands, runProgram } from './programs.js';
export { type Interrupted, interruptedWrite, type Recovery, recover } from './recover.js';
export { revisionFiles } from './revision.js';
export {
  type BaselinePlace,
  findSettings,
  ignoredBy,
  parseSettings,
  readSettings,
  SETTINGS_FILE,
  type Settings,
  type SettingsProblem,
  type SettingsResult,
} from './settings.js';
export { type PastWrite, pastWrites, type UndoPlan, undoPlan } from './undo.js';
export { installedProsody, outdatedProsody } from './version.js';
export {
  type Writable,
  WriteError,
  type WriteMode,
  type WriteOptions,
  type WriteReport,
  type WrittenFile,
  writePlan,
} from './write.js';
