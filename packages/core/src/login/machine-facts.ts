// What is known of the machine that Prosody runs on, as values. Whoever reads the machine fills them in; null means not looked at.

/** A Debian package that a login may need. */
export interface PackageFact {
  readonly name: string;
  /** As dpkg has it; null: looked for and not installed. */
  readonly version: string | null;
}

/** The Lua that Prosody's program runs on: it reads the libraries of this version only. */
export interface LuaFact {
  /** `5.4` */
  readonly version: string;
  /** What says so: `/usr/bin/prosody:1`. */
  readonly from: string;
}

/** A file of a module or library that the host needs. */
export interface ModuleFact {
  /** `mod_auth_ldap2.lua`, `ldap.lib.lua` */
  readonly file: string;
  /** The module that needs it, as `modules_enabled` names it: `auth_ldap2`. */
  readonly module: string;
  /** Where Prosody finds it; null: in none of the folders. */
  readonly path: string | null;
  /** Another file of that name that this one hides, as a folder of `plugin_paths` does. */
  readonly hides: string | null;
}

/** A Lua library that a module asks for with `require`. */
export interface LibraryFact {
  readonly name: string;
  readonly module: string;
  /** For Prosody's version of Lua; null: not there. */
  readonly path: string | null;
  /** The versions of Lua that have it. */
  readonly versions: readonly string[];
  /** Debian's package of it. */
  readonly debian: string;
}

/** Who Prosody runs as. */
export interface AccountFact {
  readonly user: string;
  /** False: there is no such user. */
  readonly exists: boolean;
  readonly groups: readonly string[];
}

export type FilePurpose = 'configuration' | 'certificate' | 'key' | 'authorities' | 'ldap.conf' | 'saslauthd.conf';

/** One file that a login hangs on, and who may read it. */
export interface FileFact {
  readonly path: string;
  readonly purpose: FilePurpose;
  readonly exists: boolean;
  readonly owner: string | null;
  readonly group: string | null;
  /** `0o640`; null where nothing is there. */
  readonly mode: number | null;
  /** Whether Prosody's user may read it, by the modes of it and of the folders above; null: not to be told. */
  readonly readable: boolean | null;
  /** Whether every user of the machine may. */
  readonly open: boolean;
  /** When it was last written, milliseconds since 1970; null where nothing is there. */
  readonly changed: number | null;
}

/** saslauthd, which mod_auth_cyrus asks. */
export interface SaslauthdFact {
  /** `START` of /etc/default/saslauthd; null where it is not set. */
  readonly start: string | null;
  readonly mechanisms: string | null;
  /** The settings of `saslauthd -a ldap`: whether /etc/saslauthd.conf is there. */
  readonly configured: boolean;
  /** The settings of the application (`/etc/sasl/prosody.conf`); null: libsasl has none, and offers what it likes. */
  readonly application: string | null;
  readonly mechanismList: string | null;
  readonly passwordCheck: string | null;
  /** The socket, where there is one. */
  readonly socket: string | null;
  /** Whether Prosody's user may use the socket: the folder is for the group sasl. Null where it does not exist. */
  readonly reachable: boolean | null;
}

/** A program of the road of a login. */
export interface ServiceFact {
  readonly name: 'prosody' | 'saslauthd' | 'nginx' | 'apache' | 'jicofo';
  readonly running: boolean;
  /** When it was started, milliseconds since 1970; null where it does not run, or nobody says. */
  readonly since: number | null;
}

/** The machine. */
export interface MachineFacts {
  /** Where its file system begins: `/`, or where it is mounted. */
  readonly root: string;
  readonly packages: readonly PackageFact[] | null;
  readonly lua: LuaFact | null;
  readonly modules: readonly ModuleFact[] | null;
  readonly libraries: readonly LibraryFact[] | null;
  readonly account: AccountFact | null;
  readonly files: readonly FileFact[];
  /** Null where the host does not ask it. */
  readonly saslauthd: SaslauthdFact | null;
  /** Null where the processes cannot be seen. */
  readonly services: readonly ServiceFact[] | null;
}
