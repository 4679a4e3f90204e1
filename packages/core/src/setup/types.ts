// What setting up LDAP is asked for, and what it answers. A caller asks people, or takes flags; here nobody is asked.
import type { LoadOptions, Origin } from '../evaluate/index.js';
import type { NewLink, Operation, Outcome, PlannedFile } from '../patch/index.js';

/** The modules that setup writes settings for: mod_auth_ldap of Prosody itself, or mod_auth_ldap2 of prosody-modules. */
export type LdapSetupWay = 'ldap' | 'ldap2';

/** Where the password of the service account stands. */
export type SetupPassword =
  /** In the file with the settings, as a text. */
  | { readonly kind: 'text'; readonly value: string }
  /** 13.0: in a file of its own beside the entry file, read by `FileLine`. Without `value` the file has to be there. */
  | { readonly kind: 'file'; readonly file: string; readonly value?: string }
  /** 13.0: handed over by the service manager (systemd's `LoadCredential=`), read by `Credential`. */
  | { readonly kind: 'credential'; readonly name: string };

/** What people choose. What is left out stays as the tree has it, or becomes what is usual. */
export interface LdapChoices {
  /** `ldap` unless the host uses ldap2 already. */
  readonly way?: LdapSetupWay;
  /** The virtual host that people log in to; found from the tree unless several could be meant. */
  readonly host?: string;
  /** Servers in the order in which they are tried: `ldaps://dc1.example.com`. */
  readonly servers?: readonly string[];
  /** Ask for TLS on a connection that begins in the clear (`ldap://`). */
  readonly startTls?: boolean;
  /** The service account: a DN, or on Active Directory `user@domain` or `DOMAIN\user`. Empty for none. */
  readonly bindName?: string;
  readonly password?: SetupPassword;
  readonly base?: string;
  /** The attribute that holds the name that people type: `sAMAccountName`, `uid`. */
  readonly attribute?: string;
  /** Which entries may log in; what is usual for the directory unless given. Empty for all. */
  readonly filter?: string;
  /** The DN of a group, whose members alone may log in. */
  readonly group?: string;
  /** Members of groups in that group too. Active Directory only. */
  readonly nestedGroups?: boolean;
  /** A virtual host for guests: its name, `true` for `guest.HOST`, `false` for none. */
  readonly guests?: boolean | string;
  /** The file for the settings, when none has them yet: absolute, or relative to the entry file's folder. */
  readonly file?: string;
  /** A PEM file with the authority that signed the directory's certificate, for libldap to trust. */
  readonly ca?: string;
}

export interface SetupOptions extends LoadOptions {
  /** Also write Jitsi's own files (jicofo.conf, config.js); otherwise the edits are only shown. */
  readonly jitsi?: boolean;
  /** Take a connection without TLS. Without it that is refused. */
  readonly allowPlaintext?: boolean;
  /** The folder in which `etc/jitsi` and `etc/ldap` are: the one above `etc/prosody` unless said. Null for none. */
  readonly system?: string | null;
}

/** The eight steps of the guide, in their order. */
export type SetupStepName = 'packages' | 'trust' | 'settings' | 'host' | 'guests' | 'secure' | 'jitsi' | 'restart';

/** `todo`: in the plan. `told`: for the reader to do. */
export type SetupStatus = 'done' | 'todo' | 'told' | 'refused';

export interface SetupStep {
  readonly step: SetupStepName;
  readonly status: SetupStatus;
  /** What is so, or would be done. One sentence each. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** What the reader has to do; null where nothing. */
  readonly help: string | null;
  /** The places of a refusal. */
  readonly at: readonly Origin[];
  /** Edits that are shown and not in the plan. */
  readonly shown: readonly PlannedFile[];
}

/** The whole job. Nothing is written yet. */
export interface SetupPlan {
  /** False when a step was refused: then there is nothing to write. */
  readonly ok: boolean;
  /** The virtual host and the way that were chosen; null where the choice failed. */
  readonly host: string | null;
  readonly way: LdapSetupWay;
  readonly steps: readonly SetupStep[];
  readonly files: readonly PlannedFile[];
  readonly links: readonly NewLink[];
  readonly removes: readonly string[];
  readonly outcomes: readonly (Outcome & { readonly operation: Operation })[];
  /** Files of the plan that are not Prosody's, or no Lua: their real paths. */
  readonly foreign: readonly string[];
  /** Debian's names of packages that are needed and not seen installed. */
  readonly packages: readonly string[];
  /** Services to restart once it is written, `prosody` first. */
  readonly services: readonly string[];
  /** What works, and yet deserves a second thought. */
  readonly warnings: readonly string[];
}
