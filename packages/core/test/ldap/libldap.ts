import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./libldap.py', import.meta.url));

/** Asks the real libldap about many texts at once; the answers in their order (see libldap.py). */
export function askLibldap(kind: 'filter' | 'dn' | 'uri', texts: readonly string[]): string[] {
  const input = texts.map(text => `${kind} ${Buffer.from(text, 'utf8').toString('hex')}\n`).join('');
  const run = spawnSync('python3', [SCRIPT], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, LDAPNOINIT: '1' },
  });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(run.stderr.trim().split('\n').at(-1));
  return run.stdout.split('\n').slice(0, -1);
}

/** Why the real libldap cannot be asked on this machine, or nothing when it can. */
export function whyNoLibldap(): string | undefined {
  try {
    const [answer] = askLibldap('filter', ['(a=b)']);
    return answer === '=a306040161040162' ? undefined : `libldap gave an unexpected answer: ${answer}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `it`, or a skipped test whose title says why it is skipped. */
export function itWithLibldap(title: string, body: Mocha.Func): void {
  const reason = whyNoLibldap();
  if (reason === undefined) it(title, body).timeout(60_000);
  else it.skip(`${title} (skipped: ${reason})`, body);
}

/** A small seeded generator of numbers (mulberry32), so that a failing case can be had again. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One of a list. */
export function pick<T>(random: (below: number) => number, list: readonly T[]): T {
  return list[random(list.length)]!;
}

/** A text with one to three random changes: a character left out, doubled, put in or exchanged. */
export function mutate(random: (below: number) => number, text: string, alphabet: readonly string[]): string {
  let changed = text;
  for (let times = 1 + random(3); times > 0; times--) {
    const at = random(changed.length + 1);
    const kind = random(3);
    changed = changed.slice(0, at) + (kind === 0 ? '' : pick(random, alphabet)) + changed.slice(kind === 1 ? at : at + 1);
  }
  return changed;
}
