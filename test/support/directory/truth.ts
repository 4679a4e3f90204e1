// How logins really end: configurations, each with the directory it is tried against, and what the real Prosodys answered.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Version } from '../prosody.js';
import type { Files } from '../prosody-files.js';
import { surroundings } from './directories.js';
import { type LoginEnd, labConfig, labEntry, prosodyServer } from './prosody-login.js';

const own = fileURLToPath(new URL('../../fixtures/logins/', import.meta.url));
const shared = fileURLToPath(new URL('../../../../shared/directory-lab/cases/', import.meta.url));

/** The host that every case logs in at. */
export const caseHost = 'meet.test';

export interface TruthLogin {
  readonly user: string;
  readonly password: string;
}

/** A configuration and how it is tried. The texts may have `{{address}}`, the directory's; `prepared` puts it in. */
export interface TruthCase {
  /** Where it is from and what it is called: `ldap2-openldap: start-tls`, `shared: 01-ok`. */
  readonly name: string;
  /** The directory, as directories.ts calls it. */
  readonly directory: string;
  readonly texts: Readonly<Record<string, string>>;
  /** The four of every case (good, wrong password, unknown, disabled), and the case's own. */
  readonly logins: readonly TruthLogin[];
  readonly over: 'bosh' | 'websocket';
  readonly forwarded: string | null;
  /** The text of /etc/ldap/ldap.conf. */
  readonly ldapConf: string;
  /** Files that the installation is without. */
  readonly without: readonly string[];
}

/** The same with the addresses of the directory that runs: what Prosody and a rehearsal are given. */
export interface PreparedCase extends TruthCase {
  /** Relative paths are below /etc/prosody; `entry` is the main file. The address that Prosody listens at differs each time. */
  readonly files: Files;
  readonly entry: string;
  readonly names: Readonly<Record<string, string>>;
  /** The authority's certificate: a file here, /etc/ldap/ca.pem for Prosody. */
  readonly ca: string;
}

export interface Observed {
  readonly login: TruthLogin;
  readonly end: LoginEnd;
}

const usual: readonly TruthLogin[] = [
  { user: 'alice', password: 'Al1ce-pass!' },
  { user: 'alice', password: 'wrong' },
  { user: 'nobody', password: 'wrong' },
  { user: 'dora', password: 'D0ra-pass!' },
];
const trusting = 'TLS_CACERT /etc/ldap/ca.pem';

/** The cases of test/fixtures/logins. */
export function ownCases(): TruthCase[] {
  return readdirSync(own)
    .filter(file => file.endsWith('.cases'))
    .sort()
    .flatMap(file =>
      readFileSync(own + file, 'utf8')
        .split(/^=== /m)
        .slice(1)
        .map(text => readCase(file.replace('.cases', ''), text)),
    );
}

function readCase(group: string, text: string): TruthCase {
  const [, title, head, body] = /^(.*)\n((?:[a-z]+: .*\n)*)\n([\s\S]*)$/.exec(text)!;
  const fields = (name: string) => [...head!.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))].map(([, value]) => value!);
  const [main, ...others] = body!.split(/^--- /m);
  return {
    name: `${group}: ${title}`,
    directory: fields('directory')[0]!,
    texts: {
      'prosody.cfg.lua': `${main!.trim()}\n`,
      ...Object.fromEntries(others.map(other => [other.slice(0, other.indexOf('\n')), other.slice(other.indexOf('\n') + 1)])),
    },
    logins: [
      ...usual,
      ...fields('login').map(line => {
        const [, user, password] = /^(.*) \| ?(.*)$/.exec(line)!;
        return { user: user!, password: password! };
      }),
    ],
    over: fields('over')[0] === 'websocket' ? 'websocket' : 'bosh',
    forwarded: fields('forwarded')[0] ?? null,
    ldapConf: [...(fields('trust')[0] === 'none' ? [] : [trusting]), ...fields('libldap'), ''].join('\n'),
    without: fields('without'),
  };
}

/** The cases of ../shared/directory-lab, with the names and addresses that lead somewhere here; none where that is absent. */
export function sharedCases(): TruthCase[] {
  if (!existsSync(shared)) return [];
  return readdirSync(shared)
    .sort()
    .map(file => {
      const silent = file.startsWith('60');
      const text = readFileSync(shared + file, 'utf8')
        .replaceAll('vm.corp.example', 'dc1.corp.example')
        .replace(/127\.0\.0\.[12](?=")/g, '{{address}}');
      return {
        name: `shared: ${file.replace('.lua', '')}`,
        directory: silent ? 'silent' : 'ad',
        texts: { 'prosody.cfg.lua': `consider_bosh_secure = true\n${text}` },
        logins: usual,
        over: 'bosh',
        forwarded: null,
        ldapConf: `${trusting}\n`,
        without: [],
      };
    });
}

/** Starts the case's directory if it does not run yet, and puts its address in. */
export async function prepared(one: TruthCase): Promise<PreparedCase> {
  const { names, address, ca } = await surroundings(one.directory);
  const files = Object.fromEntries(
    Object.entries(one.texts).map(([path, text]) => [path, text.replaceAll('{{address}}', address)]),
  );
  return { ...one, files: { ...files, [labEntry]: labConfig('127.0.0.1') }, entry: labEntry, names, ca };
}

const known = new Map<string, Promise<Observed[]>>();

/** What the real Prosody of that version answers to each login of a case, in their order. Asked once in a process. */
export function truthOf(one: TruthCase, version: Version): Promise<Observed[]> {
  const key = `${version} ${one.name}`;
  const truth = known.get(key) ?? observe(one, version);
  known.set(key, truth);
  return truth;
}

async function observe(one: TruthCase, version: Version): Promise<Observed[]> {
  const lab = prosodyServer(version);
  if ('missing' in lab) throw new Error(lab.missing);
  const prosody = await lab.start(await prepared(one));
  try {
    const ends: Promise<LoginEnd>[] = [];
    let patience: number | undefined;
    for (const login of one.logins) {
      const request = {
        host: caseHost,
        ...login,
        over: one.over,
        ...(one.forwarded && { forwarded: one.forwarded }),
        ...(patience && { patience }),
      };
      // One after the other, so that the log is of one login; only for what never comes nobody waits.
      await new Promise<void>(go => {
        const end = prosody.login(request, go);
        ends.push(end);
        end.then(({ outcome, answer }) => {
          // It has one thread: when it is frozen, it is for all.
          if (outcome === 'hangs' && answer === 'frozen') patience = 800;
          go();
        }, go);
      });
    }
    return (await Promise.all(ends)).map((end, index) => ({ login: one.logins[index]!, end }));
  } finally {
    await prosody.stop();
  }
}
