// A real Prosody that serves: a configuration tree in a root of its own, and logins at it.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prosodyLab, type Version } from '../prosody.js';
import { type Files, Ground } from '../prosody-files.js';
import { inside, makeRoot, prosodyUser } from '../prosody-root.js';
import { Daemon, mortal, sleep } from './daemon.js';
import { ownAddress } from './loopback.js';
import { boshLogin, type Ending, type Login, webSocketLogin } from './xmpp-login.js';

export interface Setup {
  /** The tree; relative paths are below /etc/prosody. `prosody.cfg.lua` is what Prosody reads after `labConfig`. */
  readonly files: Files;
  /** Names that resolve → their addresses. */
  readonly names: Readonly<Record<string, string>>;
  /** The text of /etc/ldap/ldap.conf; `/etc/ldap/ca.pem` is `ca`. */
  readonly ldapConf: string;
  /** The authority's certificate, a file. */
  readonly ca: string | null;
  /** Files of the installation to do without, by their names: `lualdap.so`, `mod_auth_ldap2`. */
  readonly without?: readonly string[];
}

export type LoginEnd = Ending & {
  /** As whom Prosody let the user in, `alice@meet.test`. */
  readonly jid: string | null;
  /** What Prosody logged meanwhile. */
  readonly log: readonly string[];
  readonly milliseconds: number;
};

export interface ServingProsody {
  /** Where it listens, at port 5280. */
  readonly address: string;
  /** What was printed and logged until it served, or why it does not. */
  readonly opening: string;
  /** Logs in. `silent` is called as soon as the log says that no answer will come, so that the next need not wait for it. */
  login(login: Login & { readonly over?: 'bosh' | 'websocket' }, silent?: () => void): Promise<LoginEnd>;
  stop(): Promise<void>;
}

/** What every tree has before its own lines: where to listen and to log. The main file is this one. */
export const labConfig = (address: string) => `pidfile = "/run/prosody/prosody.pid"
log = { debug = "/var/log/prosody/prosody.log" }
interfaces = { "${address}" }
http_interfaces = { "${address}" }
https_ports = { }
modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "bosh"; "websocket"; "ping" }
modules_disabled = { "s2s" }
Include "prosody.cfg.lua"
`;

/** The main file's name. */
export const labEntry = 'lab.cfg.lua';

const free = new Map<Version, { root: string; ground: Ground }[]>();
let roots = 0;

/** How a Prosody of this version is started, or what is missing for it. */
export function prosodyServer(version: Version): { start(setup: Setup): Promise<ServingProsody> } | { missing: string } {
  const lab = prosodyLab(version);
  if ('missing' in lab) return lab;
  return { start: setup => start(version, lab.tree, setup) };
}

async function start(version: Version, tree: string, setup: Setup): Promise<ServingProsody> {
  const pool = free.get(version) ?? [];
  free.set(version, pool);
  const place = pool.pop() ?? newRoot(version, tree);
  const { root, ground } = place;
  const address = await ownAddress();
  const log = join(root, 'var/log/prosody/prosody.log');
  rmSync(log, { force: true });
  ground.place({
    ...setup.files,
    [labEntry]: labConfig(address),
    '/etc/hosts': `${Object.entries({ localhost: '127.0.0.1', ...setup.names })
      .map(([name, at]) => `${at} ${name}\n`)
      .join('')}`,
    '/etc/ldap/ldap.conf': setup.ldapConf,
    ...(setup.ca ? { '/etc/ldap/ca.pem': readFileSync(setup.ca, 'utf8') } : {}),
  });
  const back = takeAway(root, setup.without ?? []);
  const daemons: Daemon[] = [];
  const stop = async () => {
    for (const daemon of daemons) await daemon.stop();
    back();
    rmSync(join(root, 'run/saslauthd'), { recursive: true, force: true });
    pool.push(place);
  };
  try {
    if (setup.files['/etc/saslauthd.conf'] !== undefined) daemons.push(await startSaslauthd(root));
    const prosody = new Daemon(
      inside(root, prosodyUser(tree), ...mortal('prosody', '--config', `/etc/prosody/${labEntry}`, '-F')).flat(),
      { HOME: '/var/lib/prosody' },
    );
    daemons.push(prosody);
    await prosody.listensAt(address, 5280).catch(() => undefined);
    const read = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
    const opening = prosody.output + read();
    return { address, opening, login: (login, silent) => logIn(address, login, read, silent), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function newRoot(version: Version, tree: string): { root: string; ground: Ground } {
  const root = makeRoot(tree, `${version}-login-${roots++}`);
  // Nothing outside is asked for names.
  for (const file of ['hosts', 'resolv.conf', 'ldap/ldap.conf']) rmSync(join(root, 'etc', file), { force: true });
  writeFileSync(join(root, 'etc/resolv.conf'), '');
  symlinkSync('../run', join(root, 'var/run')); // where libsasl2 looks for saslauthd
  return { root, ground: new Ground(root) };
}

async function startSaslauthd(root: string): Promise<Daemon> {
  const folder = join(root, 'run/saslauthd');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const command = ['saslauthd', '-a', 'ldap', '-O', '/etc/saslauthd.conf', '-m', '/run/saslauthd', '-n', '1', '-d'];
  const daemon = new Daemon(['chroot', root, ...mortal(...command)]);
  for (let tries = 0; tries < 500 && !daemon.ended; tries++) {
    if (existsSync(join(folder, 'mux'))) return daemon;
    await sleep(10);
  }
  await daemon.stop();
  throw new Error(`saslauthd: ${daemon.output}`);
}

// The root's own names of the files; the installed tree keeps them.
function takeAway(root: string, names: readonly string[]): () => void {
  if (names.length === 0) return () => undefined;
  const moved = ['usr/lib', 'usr/share/lua'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => names.includes(entry.name))
      .map(entry => join(entry.parentPath, entry.name)),
  );
  if (moved.length === 0) throw new Error(`${names.join(', ')}: no such file in ${root}`);
  for (const path of moved) renameSync(path, `${path}.away`);
  return () => {
    for (const path of moved) renameSync(`${path}.away`, path);
  };
}

async function logIn(
  address: string,
  login: Login & { readonly over?: 'bosh' | 'websocket' },
  read: () => string,
  silent: () => void = () => undefined,
): Promise<LoginEnd> {
  const start = Date.now();
  const before = read().length;
  let after: number | undefined;
  const watch = setInterval(() => {
    const text = read();
    if (!text.slice(before).includes('Traceback')) return;
    clearInterval(watch);
    after = text.length;
    silent();
  }, 25);
  const ending = await (login.over === 'websocket' ? webSocketLogin : boshLogin)(address, 5280, login);
  clearInterval(watch);
  const log = read().slice(before, after);
  const jid = ending.outcome === 'granted' ? (/Authenticated as (\S+)/.exec(log)?.[1] ?? null) : null;
  return { ...ending, jid, log: log.split('\n').filter(line => line !== ''), milliseconds: Date.now() - start };
}
