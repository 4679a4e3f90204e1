export type {
  DirectoryLogin,
  FaultCode,
  FaultEffect,
  FaultyLogin,
  Login,
  LoginFault,
  OtherLogin,
  UnknownLogin,
} from './answer.js';
export { type LoginOptions, loginOf } from './login-of.js';
export type {
  AccountFact,
  FileFact,
  FilePurpose,
  LibraryFact,
  LuaFact,
  MachineFacts,
  ModuleFact,
  PackageFact,
  SaslauthdFact,
  ServiceFact,
} from './machine-facts.js';
export { hasPassword, type LoginConnection, mechanismsOffered, type Offer, type Offered } from './mechanisms.js';
export { loginPath } from './path.js';
export { SETTING_RULES, STATION_RULES } from './path-rules.js';
export {
  type LoginPath,
  type PathCheck,
  type PathEdge,
  type PathFinding,
  type PathInput,
  type PathRehearsal,
  type PathState,
  type PathStation,
  type PathStep,
  STATIONS,
  type StationName,
} from './path-types.js';
export { type SaslApplication, type SaslPlaces, saslApplication } from './provider-cyrus.js';
export { expandTokens, type SaslauthdUser, searchFilter, tokensOf } from './search-filter.js';
export {
  DIRECTORY_WAYS,
  type DirectorySettings,
  type DirectoryWay,
  type Placed,
  type SaslauthdGroup,
  type SaslauthdTls,
  type SearchScope,
} from './types.js';
export { nodeprep, type PlainResult, readPlain, saslprep } from './user-name.js';
