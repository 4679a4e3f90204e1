// What the directory says of itself, for good questions.
import { discover } from '@prosodist/directory';
import { diskFiles } from '@prosodist/machine';
import type { Context } from '../../context.js';
import { directoryOptions } from '../../directory-options.js';

/** Answers that are likely. */
export interface Suggestion {
  /** The DNS domain of the directory. */
  readonly domain?: string;
  readonly base?: string;
  readonly attribute?: string;
  /** The certificate is of an authority that nobody here trusts. */
  readonly untrusted?: boolean;
  /** What was found out, for the person to read. */
  readonly told: readonly string[];
}

/** Nothing is known: the answers come from the names of the tree. */
export const NO_SUGGESTION: Suggestion = { told: [] };

/** Who to look as, and whose certificates are good. */
export interface SuggestionWish {
  readonly account?: { readonly name: string; readonly password: string };
  /** A PEM file, which ldap.conf will name. */
  readonly ca?: string;
}

/** Milliseconds of one step: somebody waits for the next question. */
const PATIENCE = 3000;

/**
 * Asks the directory what it shows to everybody: its kind, its domain, and what stands in the way. With the account, where people
 * are and what they log in with. Never throws: without an answer there is no suggestion.
 * @param root the machine's root folder; null where the tree is of none
 */
export async function suggestionOf(
  { io, secrets }: Context,
  server: string,
  root: string | null,
  { account, ca }: SuggestionWish = {},
): Promise<Suggestion> {
  try {
    const client = directoryOptions(io, {}, root === null ? {} : { root });
    const found = await discover(server, {
      ...client,
      libldap: { ...client.libldap, ...trustOf(io, ca) },
      stepTimeout: PATIENCE,
      ...(account && { bind: { name: account.name, password: Buffer.from(account.password) } }),
    });
    const settings = found.proposal?.settings;
    const kind = found.rootDse && `${found.rootDse.server} is ${found.rootDse.vendor ?? found.rootDse.kind}`;
    return {
      ...(found.domain !== null && { domain: found.domain }),
      ...(settings && account && found.population && { base: settings.base }),
      ...(settings && { attribute: settings.userAttribute }),
      ...(found.servers.some(({ ports }) => ports.some(({ code }) => code === 'tls.untrusted')) && { untrusted: true }),
      told: [...(kind ? [kind] : []), ...found.problems.map(({ text, help }) => `${text}. ${help}`)].map(text =>
        secrets.hide(text),
      ),
    };
  } catch (error) {
    return {
      told: [`The directory could not be asked: ${secrets.hide(error instanceof Error ? error.message : String(error))}`],
    };
  }
}

/** What libldap will trust once the file is named; nothing where it cannot be read, which the plan then refuses. */
function trustOf({ cwd }: Context['io'], ca: string | undefined) {
  const read = ca === undefined ? undefined : diskFiles({ cwd }).readFile(ca);
  return read?.ok ? { trusted: read.text, trustedFrom: ca! } : {};
}
