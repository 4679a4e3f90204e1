import { type FilterNode, readPlain, searchFilter } from '@prosodist/core';
import type { RootDse } from '../discover/types.js';
import { type Connection, diagnosis, type Entry, explainResult, type SearchAnswer } from '../internal.js';
import { ACCOUNT_ATTRIBUTES } from './account-state.js';
import { forAnybody, loginFilter } from './filters.js';
import { type Found, type Run, takeStep } from './run.js';
import { whyNobody } from './why-nobody.js';
import { filterRefused, nobodyFound, sentence, written } from './words.js';

/** Stands for a name where none is given; it has to come out of every filter as it went in. */
const PROBE = 'prosodist-any-name';

/** What the search brought; `stop` when nothing after it makes sense. */
export interface Searched {
  readonly entry: Entry | null;
  readonly stop: boolean;
}

/** Searches for the user exactly as Prosody does; without a user, for whom the filter lets in at all. */
export async function checkSearch(run: Run, connection: Connection, root: RootDse | null): Promise<Searched> {
  const { settings, options } = run;
  let entry: Entry | null = null;
  let stop = false;
  // libsasl hands the name on as it is
  const prepared =
    options.user === undefined
      ? null
      : settings.way === 'cyrus'
        ? ({ ok: true, user: options.user } as const)
        : readPlain(options.user, 'x');
  const name = prepared?.ok ? prepared.user : PROBE;
  const sent = prepared?.ok ? searchFilter(settings, name) : searchFilter(settings, PROBE);
  const did = prepared?.ok ? `searched for ${name}: ${sent}` : 'searched for whom the filter lets in';
  await takeStep(run, 'search', connection.server, did, async (): Promise<Found> => {
    if (prepared && !prepared.ok) {
      return {
        verdict: 'error',
        code: 'search.name',
        did: 'read the name as Prosody does',
        found: `${sentence(prepared.why)} Prosody refuses it (malformed-request) and asks no directory.`,
        userSees: 'refused',
        help: prepared.help,
      };
    }
    const filter = loginFilter(settings, name);
    const about = written(settings.userAttribute, settings.filter);
    if (!filter.ok) {
      stop = true;
      return {
        verdict: 'error',
        code: 'search.bad-filter',
        did,
        found: `libldap refuses the filter ${sent}: ${sentence(filter.problem.message)} No login ever works.`,
        ...filterRefused(settings),
        help: sentence(filter.problem.help),
        settings: about,
      };
    }
    const query = {
      base: settings.base?.value ?? '',
      scope: settings.scope.value,
      attributes: ACCOUNT_ATTRIBUTES,
      sizeLimit: prepared ? 3 : 5,
      filter: prepared ? filter.filter : forAnybody(filter.filter, PROBE),
    };
    const answer = await connection.search(query);
    const failed = refusedSearch(run, 'search', answer, did);
    if (failed) {
      stop = true;
      return failed;
    }
    if (!prepared) return anybody(run, answer, did);
    [entry = null] = answer.entries;
    return found(run, { connection, root, name, filter: filter.filter, answer, did });
  });
  return { entry, stop };
}

/** A search that ended in something else than success; more entries than asked for are no matter. */
export function refusedSearch(run: Run, step: 'search' | 'nobody', { result }: SearchAnswer, did: string): Found | null {
  if (result.code === 0 || result.code === 4) return null;
  const { code, meaning, help } = explainResult(result);
  return {
    verdict: 'error',
    code: `${step}.${code}`,
    did,
    found: `${sentence(meaning)} The server says: ${sentence(diagnosis(result))} To Prosody that looks as if nobody was found.`,
    ...nobodyFound(run.settings, run.options.user ?? '…'),
    help: help === null ? null : sentence(help),
    settings: written(run.settings.base),
  };
}

function anybody(run: Run, { entries, sent }: SearchAnswer, did: string): Found {
  const settings = written(run.settings.base, run.settings.filter);
  const names = entries.slice(0, 3).map(({ dn }) => dn);
  if (names.length > 0)
    return {
      verdict: 'ok',
      code: 'ok',
      did,
      found: `It lets in ${sent < 5 ? sent : 'many'}, such as ${names.join('; ')}. Give a user to see more.`,
      settings,
    };
  return {
    verdict: 'error',
    code: 'search.nobody',
    did,
    found: 'Nobody below the base fits the filter: nobody can log in.',
    ...nobodyFound(run.settings, '…'),
    help: 'Give a user who should be able to log in: the check then says what keeps him out.',
    settings,
  };
}

interface Hit {
  readonly connection: Connection;
  readonly root: RootDse | null;
  readonly name: string;
  readonly filter: FilterNode;
  readonly answer: SearchAnswer;
  readonly did: string;
}

async function found(run: Run, hit: Hit): Promise<Found> {
  const { entries, sent } = hit.answer;
  const [first, second] = entries;
  const settings = written(run.settings.userAttribute, run.settings.filter, run.settings.base);
  if (!first) return { verdict: 'error', did: hit.did, ...(await whyNobody(run, hit)), ...nobodyFound(run.settings, hit.name) };
  if (!second) return { verdict: 'ok', code: 'ok', did: hit.did, found: `It is ${first.dn}.`, settings };
  const all = `${sent > 2 ? 'Several entries fit' : 'Two entries fit'}: ${entries.map(({ dn }) => dn).join('; ')}.`;
  const none = run.settings.way === 'cyrus';
  return {
    ...(none ? nobodyFound(run.settings, hit.name) : {}),
    verdict: none ? 'error' : 'warning',
    code: 'search.ambiguous',
    did: hit.did,
    found: `${all} ${none ? 'saslauthd takes none then.' : 'Prosody takes the one that comes first, which may be another one tomorrow.'}`,
    help: 'Compare an attribute that is unique, as sAMAccountName (Active Directory) or uid, or narrow the filter or the base.',
    settings,
  };
}
