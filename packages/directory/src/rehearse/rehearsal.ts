import type { Login, LoginConnection, Offered } from '@prosodist/core';

/** A login to rehearse. */
export interface Rehearsal {
  /** What `loginOf` says of the host. */
  readonly login: Login;
  /** What `mechanismsOffered` says of the host on this connection. */
  readonly offered: Offered;
  readonly connection: LoginConnection;
  /** The name as the user types it. */
  readonly user: string;
  /** Never part of any text of the report. */
  readonly password: string;
  /** cyrus: false where saslauthd's socket is not there, so that libsasl cannot ask it. */
  readonly saslauthd?: boolean;
}
