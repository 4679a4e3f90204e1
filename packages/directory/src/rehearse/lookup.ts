// The search for the user, as lualdap's iterator and saslauthd see it.
import { type DirectorySettings, type FilterNode, type Placed, parseFilter, searchFilter } from '@prosodist/core';
import { type Connection, diagnosis, type Entry, explainResult, failureOf } from '../internal.js';

/** What the search brought, for which filter, and the settings that it hangs on. */
export type Found = Brought & { readonly filter: string; readonly settings: readonly Placed<unknown>[] };

type Brought =
  | { readonly is: 'entry'; readonly entry: Entry; readonly more: boolean; readonly code: number }
  /** lualdap hands a reference on as an entry without attributes, whose DN is a URL. */
  | { readonly is: 'reference'; readonly url: string }
  | { readonly is: 'nothing'; readonly why: string; readonly help: string | null; readonly code: number }
  /** libldap refuses the filter before anything is sent. */
  | { readonly is: 'bad-filter'; readonly why: string; readonly help: string }
  /** The connection died or fell silent. `lasting`: libldap waits for ever. */
  | { readonly is: 'lost'; readonly why: string; readonly lasting: boolean };

/**
 * Searches for a user as the module does: its filter, its base and scope, one entry at most.
 * @param user the name as the module has it
 * @param attributes the attributes it asks for; none for all
 */
export async function lookUp(
  connection: Connection,
  settings: DirectorySettings,
  user: string,
  attributes: readonly string[],
  base: string = settings.base?.value ?? '',
): Promise<Found> {
  const text = searchFilter(settings, user);
  const end = text.indexOf('\0');
  const filter = end < 0 ? text : text.slice(0, end);
  const { userAttribute } = settings;
  const places = [settings.base, userAttribute, settings.filter].filter(placed => placed !== null && placed.origin !== null);
  const about = { filter, settings: places as readonly Placed<unknown>[] };
  const parsed = parseFilter(filter);
  if (!parsed.ok) return { ...about, is: 'bad-filter', ...wordsOf(settings, user, filter, parsed.problem) };
  return { ...about, ...(await search(connection, settings, parsed.filter, attributes, base)) };
}

async function search(
  connection: Connection,
  settings: DirectorySettings,
  filter: FilterNode,
  attributes: readonly string[],
  base: string,
): Promise<Brought> {
  try {
    const sizeLimit = settings.saslauthd?.sizeLimit ?? 1;
    const answer = await connection.search({ base, scope: settings.scope.value, filter, attributes, sizeLimit });
    const { result, entries, references, first } = answer;
    if (first === 'reference' && settings.way !== 'cyrus') return { is: 'reference', url: references[0] ?? '' };
    const entry = entries[0];
    if (entry) return { is: 'entry', entry, more: result.code === 4 || answer.sent > 1, code: result.code };
    if (result.code === 0) return { is: 'nothing', why: 'the search ends without any', help: NOBODY, code: 0 };
    const { meaning, help } = explainResult(result);
    return { is: 'nothing', why: `${meaning} (${diagnosis(result)})`, help: help && `${help}.`, code: result.code };
  } catch (thrown) {
    const failure = failureOf(thrown, 'answer.closed');
    if (failure.code === 'aborted') throw failure;
    // lualdap waits for each message without a limit
    return { is: 'lost', why: failure.message, lasting: failure.code === 'answer.timeout' };
  }
}

const NOBODY = 'Check the spelling of the name; `prosodist directory check --user NAME` tells by what else it would be found.';

/** A filter that is good for other names is spoilt by this one: ldap2 puts names in as they are. */
function wordsOf(settings: DirectorySettings, user: string, filter: string, problem: { message: string; help: string }) {
  const why = `the filter ${filter} is refused before it is sent: ${problem.message}`;
  const isSpoilt = settings.way === 'ldap2' && parseFilter(searchFilter(settings, user.replace(/[^A-Za-z0-9]/g, 'x'))).ok;
  const help = isSpoilt ? 'ldap2 puts the name into the filter as it is; the module ldap escapes it.' : `${problem.help}.`;
  return { why, help };
}
