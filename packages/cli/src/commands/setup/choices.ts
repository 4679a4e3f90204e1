// What `setup ldap` was told on the command line.
import { resolve } from 'node:path';
import type { LdapChoices, LdapSetupWay, SetupPassword } from '@prosodist/core';
import type { ChangeOptions } from '../../change.js';
import type { GlobalOptions } from '../../context.js';
import type { Io } from '../../io.js';
import { firstLine } from '../../password-file.js';
import type { SettingsOptions } from '../../settings.js';
import { CommandError } from '../../status.js';

/** The flags, as commander gives them. */
export interface SetupLdapOptions extends GlobalOptions, ChangeOptions, SettingsOptions {
  readonly way?: LdapSetupWay;
  readonly host?: string;
  readonly server?: readonly string[];
  readonly startTls?: boolean;
  readonly bindName?: string;
  readonly passwordFile?: string;
  readonly secretFile?: string;
  readonly credential?: string;
  readonly base?: string;
  readonly loginAttribute?: string;
  readonly filter?: string;
  readonly group?: string;
  /** False for `--no-nested`. */
  readonly nested?: boolean;
  /** Empty for the usual name, false for `--no-guests`. */
  readonly guests?: string | boolean;
  readonly file?: string;
  readonly ca?: string;
  readonly allowPlaintext?: boolean;
  readonly jitsi?: boolean;
  readonly install?: boolean;
  readonly restart?: boolean;
  readonly login?: string;
  readonly loginPasswordFile?: string;
  /** False for `--no-discover`. */
  readonly discover?: boolean;
  readonly yes?: boolean;
}

/** The choices that the flags make; what no flag says is left out. */
export async function choicesOf(io: Io, options: SetupLdapOptions): Promise<LdapChoices> {
  if (options.passwordFile === '-' && options.loginPasswordFile === '-')
    throw new CommandError('standard input is one password only; put the other into a file');
  const password = await passwordOf(io, options);
  const { way, host, startTls, bindName, base, filter, group, nested, file, ca } = options;
  return {
    ...given({ way, host, startTls, bindName, base, filter, group, file }),
    ...(options.server && { servers: options.server.map(asServer) }),
    ...(options.loginAttribute !== undefined && { attribute: options.loginAttribute }),
    ...(nested === false && { nestedGroups: false }),
    ...(options.guests !== undefined && { guests: options.guests === '' ? true : options.guests }),
    ...(ca !== undefined && { ca: resolve(io.cwd, ca) }),
    ...(password && { password }),
  };
}

type Given<Options> = { [Name in keyof Options]?: Exclude<Options[Name], undefined> };

function given<Options extends object>(options: Options): Given<Options> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<Options>;
}

/** A bare name is meant as an encrypted server: in the clear Active Directory takes no password. */
export function asServer(text: string): string {
  return /^[\w.-]+(?::636)?$/.test(text) ? `ldaps://${text}` : text;
}

async function passwordOf(io: Io, options: SetupLdapOptions): Promise<SetupPassword | undefined> {
  const { passwordFile, secretFile, credential } = options;
  if (credential !== undefined) {
    if (passwordFile !== undefined)
      throw new CommandError('--credential takes the password from elsewhere; leave --password-file out');
    return { kind: 'credential', name: credential };
  }
  const value = passwordFile === undefined ? undefined : await firstLine(io, passwordFile);
  if (secretFile !== undefined) return { kind: 'file', file: secretFile, ...(value !== undefined && { value }) };
  return value === undefined ? undefined : { kind: 'text', value };
}
