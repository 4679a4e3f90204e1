export {
  type Changes,
  changedFiles,
  editsOnly,
  type FileEdit,
  isEmpty,
  merge,
  type NewFile,
  type NewLink,
  NO_CHANGES,
} from './change.js';
export { type LuaLiteral, literal } from './literal.js';
export type * from './operation.js';
export { chooseHost } from './operations/add-ldap2.js';
export { linkFolder } from './operations/enable-file.js';
export { type NamingPlace, placesNaming } from './operations/rename-host.js';
export { changesOf, Overlay, type PlannedFile } from './overlay.js';
export { type Plan, plan } from './plan.js';
export { OPERATIONS, OPERATIONS_SCHEMA_FILE, operationsSchema } from './schema.js';
