export type { DirectorySettings, DirectoryWay, Placed, SaslauthdTls, SearchScope } from './types.js';
