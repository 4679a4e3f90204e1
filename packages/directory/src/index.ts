// The door of the directory: the live LDAP check and the rehearsal of a login. Node only.
export type {
  DirectoryEvent,
  DirectoryOptions,
  DirectoryReport,
  LibldapOptions,
  LoginReport,
  Outcome,
  ServerKind,
  Station,
  Step,
  StepName,
  UserSees,
  Verdict,
} from './types.js';
