import type { Limit } from './bounded.js';
import type { Certificate } from './connect/certificate.js';
import { DirectoryFailure } from './failure.js';
import type { Channel } from './wire/channel.js';
import { bindRequest, type SearchRequest, searchRequest, unbindRequest } from './wire/request.js';
import type { Entry, Result } from './wire/response.js';

/** Most entries that are kept of one search without a size limit. */
const MOST_ENTRIES = 100_000;
const MOST_REFERENCES = 1000;

/** What a search brought: also when the result is no success, with what came before it. */
export interface SearchAnswer {
  readonly result: Result;
  readonly entries: readonly Entry[];
  /** Continuation references (RFC 4511 section 4.5.3): URLs of where else to search. */
  readonly references: readonly string[];
  /** What came first, before any result: lualdap looks no further. Null when the search brought nothing. */
  readonly first: 'entry' | 'reference' | null;
  /** How many entries the server sent; more than `entries` holds when it passed over the size limit, as Samba does. */
  readonly sent: number;
  /** Of a paged search: the cookie for the next page; empty or null when this was the last. */
  readonly cookie: Buffer | null;
}

/** How long the parts of connecting took, in milliseconds; `tls` is null without TLS. */
export interface ConnectTimes {
  readonly name: number;
  readonly connect: number;
  readonly tls: number | null;
}

/** A connection to one directory server. Each operation takes at most the step timeout; a failure of one ends the connection. */
export interface Connection {
  /** `ldaps://dc1.example.com:636`, and `ldap://…` with StartTLS. */
  readonly server: string;
  /** The address that answered. */
  readonly address: string;
  readonly encrypted: boolean;
  /** Null without TLS. */
  readonly certificate: Certificate | null;
  readonly times: ConnectTimes;
  /** A simple bind; both empty is an anonymous one. Resolves with the server's result, whatever it is; rejects with DirectoryFailure. */
  bind(name: string, password: Buffer): Promise<Result>;
  /** A search. Resolves with the server's result, whatever it is; rejects with DirectoryFailure. */
  search(search: SearchQuery): Promise<SearchAnswer>;
  /** Says goodbye and closes. Safe to call twice. */
  close(): void;
}

/** A search, with what is usual left out: no attributes (`1.1`), no limit of entries, the step timeout. */
export type SearchQuery = Pick<SearchRequest, 'base' | 'scope' | 'filter'> &
  Partial<Pick<SearchRequest, 'attributes' | 'sizeLimit' | 'page'>>;

/** Makes a connection of an open channel. */
export function openConnection(
  channel: Channel,
  about: Pick<Connection, 'server' | 'address' | 'encrypted' | 'certificate' | 'times'>,
  limit: Limit,
): Connection {
  // 1 may have been StartTLS
  let last = 1;
  let closed = false;
  return {
    ...about,
    async bind(name, password) {
      const id = ++last;
      let answer: Result | undefined;
      const take = (response: { readonly type: string; readonly result?: Result }) => {
        if (response.type === 'bind') answer = response.result;
        return answer !== undefined;
      };
      const request = bindRequest(id, name, password);
      try {
        await channel.exchange(id, request, take, limit);
      } finally {
        request.fill(0);
      }
      return answer!;
    },
    async search(query) {
      const id = ++last;
      const entries: Entry[] = [];
      const references: string[] = [];
      let first: SearchAnswer['first'] = null;
      let sent = 0;
      let done: { readonly result: Result; readonly cookie: Buffer | null } | undefined;
      const sizeLimit = query.sizeLimit ?? 0;
      const most = sizeLimit > 0 ? sizeLimit : MOST_ENTRIES;
      const request = searchRequest(id, {
        attributes: ['1.1'],
        timeLimit: Math.max(1, Math.ceil(limit.milliseconds / 1000)),
        ...query,
        sizeLimit,
      });
      await channel.exchange(
        id,
        request,
        response => {
          if (response.type === 'entry' || response.type === 'reference') first ??= response.type;
          if (response.type === 'entry' && ++sent <= most) entries.push(response.entry);
          if (response.type === 'reference') references.push(...response.urls.slice(0, MOST_REFERENCES - references.length));
          if (response.type === 'done') done = response;
          return done !== undefined;
        },
        limit,
      );
      if (!done) throw new DirectoryFailure('answer.malformed', 'a search without a result');
      return { ...done, entries, references, first, sent };
    },
    close() {
      if (closed) return;
      closed = true;
      channel.close(unbindRequest(++last));
    },
  };
}
