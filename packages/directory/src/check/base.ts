import { formatDn, parseDn } from '@prosodist/core';
import { ANY, filterOf } from '../discover/root-dse.js';
import { type Connection, diagnosis, explainResult } from '../internal.js';
import { type Found, goesOn, type Run, takeStep } from './run.js';
import { nobodyFound, sentence } from './words.js';

/** Most names of parts below a base that a message lists. */
const MOST_NAMES = 15;
const CONTAINERS = filterOf(
  '(|(objectClass=organizationalUnit)(objectClass=container)(objectClass=domain)(objectClass=nsContainer))',
);

/** Looks whether the base is there; where it is not, which part of it is, and what lies below. Returns whether to go on. */
export async function checkBase(run: Run, connection: Connection): Promise<boolean> {
  const { base } = run.settings;
  const step = await takeStep(run, 'base', connection.server, 'looked for the base', async (): Promise<Found> => {
    const about = { settings: base ? [base] : [], ...nobodyFound(run.settings, run.options.user ?? '…') };
    if (!base)
      return {
        ...about,
        verdict: 'error',
        code: 'base.missing',
        did: 'looked for the base',
        found: "None is set, so the server's default is searched, where nobody is.",
        help: 'Set the base: the part of the tree that the users are in.',
      };
    // The empty base is the root DSE to a base search, and the whole forest on a Global Catalog to others.
    if (base.value === '')
      return {
        verdict: 'ok',
        code: 'ok',
        did: 'looked for the base',
        found: 'It is empty: everything that the server has.',
        settings: [base],
      };
    const did = `looked for ${base.value}`;
    const { result } = await connection.search({ base: base.value, scope: 'base', filter: ANY, sizeLimit: 1 });
    if (result.code === 0) return { verdict: 'ok', code: 'ok', did, found: 'It is there.', settings: [base] };
    const { code, meaning, help } = explainResult(result);
    if (code !== 'not-there')
      return {
        ...about,
        verdict: 'error',
        code: `base.${code}`,
        did,
        found: `${sentence(meaning)} The server says: ${sentence(diagnosis(result))} Nobody will be found.`,
        help: help === null ? null : sentence(help),
      };
    const near = await nearest(connection, base.value);
    return {
      ...about,
      verdict: 'error',
      code: 'base.not-there',
      did,
      found: `There is no such entry, or the service account may not see it: nobody will be found.${near ? ` ${near.found}` : ''}`,
      help: near?.help ?? 'Write the DN of the unit that the users are in.',
    };
  });
  return goesOn(step);
}

/** The nearest part of a DN that is there, and what lies in it. */
async function nearest(connection: Connection, base: string): Promise<{ found: string; help: string } | null> {
  const parsed = parseDn(base);
  if (!parsed.ok) return null;
  for (let from = 1; from < Math.min(parsed.rdns.length, 30); from++) {
    const parent = formatDn(parsed.rdns.slice(from));
    const { result } = await connection.search({ base: parent, scope: 'base', filter: ANY, sizeLimit: 1 });
    if (result.code !== 0) continue;
    const { entries } = await connection.search({ base: parent, scope: 'onelevel', filter: CONTAINERS, sizeLimit: 200 });
    const names = entries.map(({ dn }) => dn).sort();
    const missing = formatDn(parsed.rdns.slice(from - 1, from));
    const shown = names.slice(0, MOST_NAMES).join('; ');
    return {
      found: `The nearest part that is there is ${parent}; ${missing} is not in it. Units in it: ${shown || 'none'}${names.length > MOST_NAMES ? '; …' : ''}.`,
      help: names.length > 0 ? 'Take one of these units, or one below it.' : `Take ${parent}.`,
    };
  }
  return null;
}
