// The keys of options that are tables, which no getter names. Written by hand from what reads them in 0.12.3 and 13.0.1 as Debian
// packages them and in LuaSec; `source` of each table says where, and a test looks every key up there. `turncredentials` is from a
// copy of Jitsi's mod_turncredentials, which no lab has. The keys of `ldap` are in LDAP2_SCHEMA.
import { optionsOf } from './options.js';
import { type ProsodyVersion, prosodyVersions } from './types.js';

/** A key of a table, or what stands under a key that may have any name. */
export interface OptionKey {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'list' | 'table' | 'path';
  /** One or two sentences. */
  readonly documentation: string;
  readonly values?: readonly string[];
  /** What a person would write, where it is no value of `values`. */
  readonly example?: string;
  readonly table?: OptionTable;
  /** The version that brought the key. */
  readonly since?: ProsodyVersion;
}

/** The keys of a table. `any` stands for names that are free, `items` for tables in its list part. */
export interface OptionTable {
  readonly keys: readonly OptionKey[];
  readonly any?: OptionKey;
  readonly items?: OptionTable;
  /** What reads the keys: files or folders below usr/ of a Prosody tree. Of whole options only; the tables inside are read there too. */
  readonly source?: readonly string[];
}

function key(name: string, type: OptionKey['type'], documentation: string, more: Partial<OptionKey> = {}): OptionKey {
  return { name, type, documentation, ...more };
}

const PROTOCOLS = ['tlsv1_2+', 'tlsv1_3+', 'tlsv1_2', 'tlsv1_3', 'tlsv1+'];
const LIB = 'lib/prosody';
const SSL: OptionTable = {
  source: [`${LIB}/util/sslconfig.lua`, `${LIB}/core/certmanager.lua`, 'share/lua/5.4/ssl.lua'],
  keys: [
    key('key', 'path', "File of the private key, in PEM; Prosody's user must be able to read it.", {
      example: '/etc/prosody/certs/',
    }),
    key('certificate', 'path', 'File of the certificate with its chain, in PEM.', { example: '/etc/prosody/certs/' }),
    key('protocol', 'string', 'The versions of TLS; a `+` means this one and newer ones.', { values: PROTOCOLS }),
    key('ciphers', 'string', "The ciphers up to TLS 1.2, in OpenSSL's notation.", { example: 'HIGH+kEECDH:!aNULL' }),
    key('ciphersuites', 'string', 'The ciphers of TLS 1.3.', { example: 'TLS_AES_256_GCM_SHA384' }),
    key('curveslist', 'list', 'Elliptic curves, the preferred one first.'),
    key('curve', 'string', 'One elliptic curve; `curveslist` is its successor.', { example: 'secp384r1' }),
    key('dhparam', 'path', 'File of the Diffie-Hellman parameters, in PEM.', { example: '/etc/prosody/dh.pem' }),
    key('cafile', 'path', "File of the authorities that the other side's certificate is checked against.", {
      example: '/etc/ssl/certs/ca-certificates.crt',
    }),
    key('capath', 'path', 'Folder of these authorities.', { example: '/etc/ssl/certs' }),
    key('verify', 'list', "What of the other side's certificate is checked."),
    key('verifyext', 'list', 'More about that: errors that do not end the handshake.'),
    key('options', 'list', 'Options of OpenSSL; in a table with names `false` takes one away.'),
    key('depth', 'number', 'Longest chain of certificates that is accepted.'),
    key('password', 'string', 'Opens an encrypted private key.'),
    key('mode', 'string', 'The side of TLS that Prosody is on; it knows by itself.', { values: ['server', 'client'] }),
    key('alpn', 'string', 'Protocols for the negotiation inside TLS.'),
    key('dane', 'boolean', 'Whether certificates are checked by DNS records too.'),
  ],
};

const LEVELS = ['debug', 'info', 'warn', 'error'];
const SINK = 'A file, or a sink with a star: `"*syslog"`, `"*console"`.';
const LOG: OptionTable = {
  source: [`${LIB}/core/loggingmanager.lua`],
  keys: LEVELS.map(level =>
    key(level, 'string', `Where messages of level ${level} and above go. ${SINK}`, {
      values: ['*syslog', '*console', '*stdout'],
    }),
  ),
  items: {
    keys: [
      key('to', 'string', 'The sink.', { values: ['file', 'syslog', 'console', 'stdout', 'nowhere'] }),
      key('levels', 'table', 'The levels that go there: a list, or from `min` to `max`.', {
        table: {
          keys: [
            key('min', 'string', 'The lowest level.', { values: LEVELS }),
            key('max', 'string', 'The highest level.', { values: LEVELS }),
          ],
        },
      }),
      key('filename', 'path', 'The file, for `to = "file"`.', { example: '/var/log/prosody/prosody.log' }),
      key('timestamps', 'string', 'Format of the time as of strftime, `true` for the usual one, `false` for none.', {
        example: '%b %d %H:%M:%S ',
      }),
      key('buffer_mode', 'string', 'When a file is written: after each line, when a block is full, or at once (`no`).', {
        values: ['line', 'full', 'no'],
      }),
      key('source_width', 'number', 'Width of the column that names the source.'),
      key('syslog_name', 'string', "The name in the system's log.", { example: 'prosody' }),
      key('syslog_facility', 'string', "The facility in the system's log.", { example: 'daemon' }),
    ],
  },
};

const RATE: OptionTable = {
  keys: [
    key('rate', 'string', 'Bytes a second: a number, a unit and `/s`. Without it mod_limits takes 3000 bytes a second.', {
      example: '10kb/s',
    }),
    key(
      'burst',
      'string',
      'Seconds of traffic that may come at once; 2 unless set. The network backend epoll, the usual one, takes no notice of it.',
      { example: '2s' },
    ),
  ],
};
const LIMITS: OptionTable = {
  source: [`${LIB}/modules/mod_limits.lua`],
  keys: [
    key('c2s', 'table', 'Connections of clients, before and after login; 10 kB a second unless set.', { table: RATE }),
    key('s2sin', 'table', 'Connections from other servers; 30 kB a second unless set.', { table: RATE }),
    key('s2sout', 'table', 'Connections to other servers; without a limit unless set.', { table: RATE }),
  ],
};

const HTTP_PATH = "Path of this module's pages; `$host` is the name of the host.";
const HTTP_PATHS: OptionTable = {
  source: [`${LIB}/modules`],
  keys: [
    key('bosh', 'string', HTTP_PATH, { example: '/http-bind' }),
    key('websocket', 'string', HTTP_PATH, { example: '/xmpp-websocket' }),
    key('file_share', 'string', HTTP_PATH, { example: '/file_share' }),
    key('files', 'string', HTTP_PATH, { example: '/' }),
    key('register_web', 'string', HTTP_PATH, { example: '/register' }),
  ],
  any: key('module', 'string', HTTP_PATH, { example: '/path' }),
};

const CORS: OptionTable = {
  keys: [
    key('enabled', 'boolean', 'Whether pages of other sites may ask.'),
    key('credentials', 'boolean', 'Whether they may send cookies and passwords along.'),
    key('origins', 'list', 'The sites that may ask; `"*"` for all.'),
    key('headers', 'table', 'Headers that are allowed (`true`) or not (`false`).', { table: { keys: [] } }),
  ],
};
const CORS_OF = "What other sites may do with this module's pages, in place of the rule for all.";

const SQL: OptionTable = {
  source: [`${LIB}/modules/mod_storage_sql.lua`, `${LIB}/util/sql.lua`],
  keys: [
    key('driver', 'string', 'The kind of database.', { values: ['SQLite3', 'PostgreSQL', 'MySQL'] }),
    key('database', 'string', 'Name of the database; of SQLite the file, `prosody.sqlite` in the data folder unless set.', {
      example: 'prosody',
    }),
    key('host', 'string', 'The machine that it runs on.', { example: 'localhost' }),
    key('port', 'number', 'Its port, where it is not the usual one.'),
    key('username', 'string', 'Who to log in as.', { example: 'prosody' }),
    key('password', 'string', 'The password for it.'),
  ],
};

const CONTACT = 'Addresses for this purpose: `mailto:`, `xmpp:` or web addresses.';
const SERVICE: OptionTable = {
  keys: [
    key('type', 'string', 'What the service is. mod_external_services leaves an entry without it out.', {
      values: ['stun', 'turn', 'turns'],
    }),
    key('transport', 'string', 'How it is reached.', { values: ['udp', 'tcp'] }),
    key('host', 'string', 'Its name or address.', { example: 'turn.example.com' }),
    key('port', 'number', 'Its port.', { example: '3478' }),
    key(
      'secret',
      'string',
      'What it shares with Prosody: passwords that end by themselves are made from it. `true` takes `external_service_secret`.',
    ),
    key('ttl', 'number', 'Seconds for which such a password is good.', { example: '86400' }),
    key('expires', 'number', 'When the password ends, in seconds since 1970, in place of `ttl`.'),
    key('algorithm', 'string', 'How the password is made, where the type does not say it.', { values: ['turn', 'turns'] }),
    key('username', 'string', 'A fixed name. With a secret it stands behind the time in the name that is made.'),
    key('password', 'string', 'A fixed password.'),
    key(
      'restricted',
      'boolean',
      'Whether clients are told to ask for a password. With a secret or a password they are in any case.',
    ),
  ],
};

const TURN: OptionTable = {
  keys: [
    key('type', 'string', 'What the service is. An entry of another type is left out.', {
      values: ['stun', 'stuns', 'turn', 'turns'],
    }),
    key('host', 'string', 'Its name or address.', { example: 'turn.example.com' }),
    key('hosts', 'list', 'Of TURN several of them, of which each client is told one by chance.'),
    key('port', 'string', 'Its port.', { example: '3478' }),
    key('transport', 'string', 'How TURN is reached.', { values: ['udp', 'tcp'] }),
  ],
};

const TABLES: Readonly<Record<string, OptionTable>> = {
  log: LOG,
  limits: LIMITS,
  http_paths: HTTP_PATHS,
  http_cors_override: {
    source: [`${LIB}/modules`],
    keys: ['bosh', 'websocket', 'file_share', 'files'].map(name => key(name, 'table', CORS_OF, { table: CORS })),
    any: key('module', 'table', CORS_OF, { table: CORS }),
  },
  sql: SQL,
  auth_sql: { ...SQL, source: [`${LIB}/modules/mod_auth_sql/mod_auth_sql.lua`, `${LIB}/util/sql.lua`] },
  storage: {
    source: [`${LIB}/modules`],
    keys: ['accounts', 'archive', 'roster', 'private', 'vcard', 'muc_log', 'offline', 'pep'].map(name =>
      key(name, 'string', 'The storage of this store; the others are with `default_storage`.'),
    ),
    any: key('store', 'string', 'The storage of this store.'),
  },
  gc: {
    source: [`${LIB}/util/gc.lua`],
    keys: [
      key('mode', 'string', 'How Lua clears its memory.', { values: ['incremental', 'generational'] }),
      key('threshold', 'number', 'Incremental: percent of growth before it begins.', { example: '105' }),
      key('speed', 'number', 'Incremental: how fast it works, in percent.', { example: '500' }),
      key('step_size', 'number', 'Incremental: size of a step, as a power of two.', { example: '13' }),
      key('minor_threshold', 'number', 'Generational: percent of growth before a small round.', { example: '20' }),
      key('major_threshold', 'number', 'Generational: percent of growth before a large round.', { example: '50' }),
    ],
  },
  contact_info: {
    source: [`${LIB}/modules/mod_server_contact_info.lua`],
    keys: ['abuse', 'admin', 'feedback', 'sales', 'security', 'status', 'support'].map(name => key(name, 'list', CONTACT)),
  },
  external_services: { keys: [], items: SERVICE, source: [`${LIB}/modules/mod_external_services.lua`] },
  turncredentials: { keys: [], items: TURN },
  statistics_config: {
    source: [`${LIB}/util/statsd.lua`],
    keys: [
      key('statsd_server', 'string', 'Address of the StatsD server, for `statistics = "statsd"`.', { example: '127.0.0.1' }),
      key('statsd_port', 'number', 'Its port.', { example: '8125' }),
      key('prefix', 'string', 'What the names of all values begin with.', { example: 'prosody' }),
    ],
  },
  network_settings: {
    source: [`${LIB}/net/server_epoll.lua`],
    keys: [
      key('read_timeout', 'number', 'Seconds of silence after which a connection is closed, unless the protocol objects.'),
      key('send_timeout', 'number', 'Seconds to wait for the other side to take data.'),
      key('connect_timeout', 'number', 'Seconds to wait for a connection.'),
      key('ssl_handshake_timeout', 'number', 'Seconds to wait for the TLS handshake.'),
      key('tcp_backlog', 'number', 'Connections that may wait to be taken.'),
      key('tcp_fastopen', 'number', 'Length of the queue of TCP Fast Open; off unless set.', { since: '13.0' }),
    ],
  },
};

/**
 * The keys of an option's table.
 * @returns undefined for options that are no table, and for those whose keys nobody has written down
 */
export function optionTable(option: string, version: ProsodyVersion): OptionTable | undefined {
  if (Object.hasOwn(TABLES, option)) return of(TABLES[option]!, version);
  return optionsOf(version).get(option)?.type === 'ssl' ? SSL : undefined;
}

/** A table without the keys that only a newer version reads. */
function of(table: OptionTable, version: ProsodyVersion): OptionTable {
  const keys = table.keys.filter(
    ({ since }) => since === undefined || prosodyVersions.indexOf(since) <= prosodyVersions.indexOf(version),
  );
  return keys.length === table.keys.length ? table : { ...table, keys };
}
