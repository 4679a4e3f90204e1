import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import type { ServiceFact } from '@prosodist/core';
import { baseName } from '@prosodist/core';

type Name = ServiceFact['name'];

/** The kernel counts a process's start in these per second on every architecture of Linux (USER_HZ, proc(5)). */
const TICKS = 100;
const MOST_PROCESSES = 100_000;

/**
 * Which programs of a login's road run on the machine, and since when, read from /proc; nothing is asked or started.
 * Processes of containers have other root folders or numbers of their own and do not count.
 * @param root the machine's root, as this system sees it
 * @param proc where the processes are shown
 * @returns null where they cannot be seen
 */
export function serviceFacts(root: string, proc = '/proc'): readonly ServiceFact[] | null {
  const text = (path: string) => attempt(() => readFileSync(`${proc}/${path}`, 'latin1'));
  const pids = attempt(() => readdirSync(proc))?.filter(name => /^\d+$/.test(name)) ?? [];
  if (pids.length === 0) return null;
  const here = attempt(() => realpathSync(root)) ?? root;
  const own = attempt(() => readlinkSync(`${proc}/self/ns/pid`));
  const booted = Number(/^btime (\d+)/m.exec(text('stat') ?? '')?.[1] ?? Number.NaN);
  const starts = new Map<Name, number[]>();
  for (const pid of pids.slice(0, MOST_PROCESSES)) {
    const name = serviceOf(text(`${pid}/comm`)?.trim() ?? '', (text(`${pid}/cmdline`) ?? '').split('\0'));
    if (!name) continue;
    const rooted = attempt(() => readlinkSync(`${proc}/${pid}/root`));
    // who may not see another user's root folder takes the machine's own for it
    if ((rooted ?? '/') !== here) continue;
    const namespace = attempt(() => readlinkSync(`${proc}/${pid}/ns/pid`));
    if (namespace !== undefined && own !== undefined && namespace !== own) continue;
    // behind the name, which may hold blanks and brackets: the 22nd field is the 20th from there
    const stat = text(`${pid}/stat`) ?? '';
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? Number.NaN);
    starts.set(name, [...(starts.get(name) ?? []), (booted + ticks / TICKS) * 1000]);
  }
  return (['prosody', 'saslauthd', 'nginx', 'apache', 'jicofo'] as const).map(name => {
    const known = (starts.get(name) ?? []).filter(Number.isFinite);
    // a server's first process is the one that read the configuration
    return { name, running: starts.has(name), since: known.length > 0 ? Math.round(Math.min(...known)) : null };
  });
}

/** Which service a process is. Prosody is a script, so its process is called after Lua; jicofo's after Java. */
function serviceOf(comm: string, words: readonly string[]): Name | undefined {
  if (comm === 'saslauthd' || comm === 'nginx') return comm;
  if (comm === 'apache2' || comm === 'httpd') return 'apache';
  if (comm === 'prosody' || (/^lua/.test(comm) && words.slice(1).some(word => baseName(word) === 'prosody'))) return 'prosody';
  if (comm === 'java' && words.some(word => /^org\.jitsi\.jicofo\.|\/jicofo\.jar$/.test(word))) return 'jicofo';
  return undefined;
}

function attempt<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
