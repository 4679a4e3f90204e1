import { encode, type Json, toJson } from '@prosodist/core';
import { discover } from '@prosodist/directory';
import { contextOf, type GlobalOptions } from '../../context.js';
import { directoryOptions } from '../../directory-options.js';
import { discoveryText } from '../../discover/text.js';
import type { Io } from '../../io.js';
import { firstLine } from '../../password-file.js';
import { CommandError, STATUS } from '../../status.js';
import { chunk } from '../../visible.js';

export interface DiscoverCommandOptions extends GlobalOptions {
  readonly bindName?: string;
  readonly passwordFile?: string;
  readonly server?: string;
  readonly allowPlaintext?: boolean;
}

/**
 * `prosodist directory discover`: what DNS and the servers of a directory say, and the settings to use.
 * Statuses: 0 there are settings to propose, 1 there are none, 2 wrong use.
 */
export async function discoverDirectory(io: Io, [name]: readonly string[], options: DiscoverCommandOptions): Promise<number> {
  const context = contextOf(io, options);
  const { bindName, passwordFile, server } = options;
  if ((bindName === undefined) !== (passwordFile === undefined))
    throw new CommandError(
      bindName === undefined
        ? '--password-file is the password of --bind-name NAME; name the account too'
        : '--bind-name needs a password: --password-file FILE, or - for standard input',
    );
  const password = passwordFile === undefined ? undefined : await firstLine(io, passwordFile);
  if (password === '') throw new CommandError(`${passwordFile}: there is no password in the first line`);
  if (password !== undefined) context.secrets.learnOption(password, 'password');
  const found = await discovered(() =>
    discover(name!, {
      ...directoryOptions(io, options),
      ...(server !== undefined && { dnsServer: server }),
      ...(bindName !== undefined &&
        password !== undefined && { bind: { name: bindName, password: Buffer.from(encode(password)) } }),
    }),
  );
  if (context.json) io.stdout.write(`${context.secrets.hide(toJson(JSON.parse(JSON.stringify(found)) as Json, 2))}\n`);
  else io.stdout.write(chunk(discoveryText(found, context)));
  return found.proposal ? STATUS.ok : STATUS.findings;
}

/** What cannot be asked for is wrong use. */
async function discovered<Found>(look: () => Promise<Found>): Promise<Found> {
  try {
    return await look();
  } catch (error) {
    const wrong =
      error instanceof Error && (error.name === 'BadName' || ('code' in error && error.code === 'ERR_INVALID_IP_ADDRESS'));
    if (wrong)
      throw new CommandError(
        error.name === 'BadName' ? error.message : '--server wants the address of a DNS server, such as 10.0.0.1',
      );
    throw error;
  }
}
