// What the parts of this package use of the connection layer; the package's door is index.ts.
export { type Limit, seconds } from './bounded.js';
export type { Certificate, CertificateFault } from './connect/certificate.js';
export {
  type ConnectOptions,
  clearText,
  connect,
  isTls,
  type Phase,
  STEP_TIMEOUT,
  serverName,
  stepLimit,
} from './connect/connect.js';
export { connectFirst, endsTheList, type FailedServer, type FirstServer } from './connect/first.js';
export type { Connection, SearchAnswer, SearchQuery } from './connection.js';
export { textOf, textsOf } from './entry.js';
export { DirectoryFailure, type FailureCode, failureOf } from './failure.js';
export { type SubError, subErrorOf } from './results/active-directory.js';
export { resultName } from './results/codes.js';
export { diagnosis, type Explanation, explainResult } from './results/explain.js';
export { failureReply } from './results/reply.js';
export type { Entry, Result } from './wire/response.js';
