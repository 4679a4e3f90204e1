// A case's login as Prosodist rehearses it: from the texts that the real Prosody got, against the same directory.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type LoginConnection, load, loginOf, mechanismsOffered, memoryFiles, type SaslauthdTls } from '@prosodist/core';
import { type LoginReport, rehearseLogin } from '@prosodist/directory';
import { libldapOptions } from '@prosodist/machine';
import { prosodyLab, type Version } from '../prosody.js';
import { lookupIn } from './names.js';
import { caseHost, type PreparedCase, type TruthLogin } from './truth.js';

/** How long one step may take. */
const patience = 3000;

/** What Prosodist says of each login of a case, in their order. */
export async function rehearsed(one: PreparedCase, version: Version): Promise<LoginReport[]> {
  const texts = Object.fromEntries(
    Object.entries(one.files).map(([path, file]) => [path.startsWith('/') ? path : `/etc/prosody/${path}`, textOf(file)]),
  );
  const files = memoryFiles(texts);
  const configuration = load(files, `/etc/prosody/${one.entry}`, { prosody: version });
  const tree = treeOf(version);
  const places = { files, root: '', saslauthd: '/etc/saslauthd.conf' };
  const login = loginOf(configuration, caseHost, {
    files,
    hasModule: name => isThere(tree, one.without, [`mod_${name}`, `mod_${name}.lua`]),
    hasLibrary: name => isThere(tree, one.without, [name === 'ldap.lib' ? 'ldap.lib.lua' : `${name}.so`]),
  });
  const connection: LoginConnection = {
    transport: one.over,
    secure: false,
    ...(one.forwarded !== null && { forwardedProto: one.forwarded }),
  };
  const offered = mechanismsOffered(configuration, login, connection, places);
  const settings = login.kind === 'directory' || login.kind === 'fault' ? login.settings : null;
  const libldap = libldapOf(one, settings?.saslauthd);
  const reports: LoginReport[] = [];
  for (const { user, password } of one.logins)
    reports.push(
      await rehearseLogin(
        { login, offered, connection, user, password, saslauthd: '/etc/saslauthd.conf' in texts },
        { libldap, machineName: hostname(), allowPlaintext: true, stepTimeout: patience, lookup: lookupIn(one.names) },
      ),
    );
  return reports;
}

/** The password that a report tells, or null: the user's, unless it is a word that reports use, or the service account's. */
export function told(report: LoginReport, { password }: TruthLogin): string | null {
  const text = JSON.stringify(report);
  return [password, 'Svc-Pr0sody!', '123456'].find(secret => /[^a-z]/.test(secret) && text.includes(secret)) ?? null;
}

function textOf(file: PreparedCase['files'][string]): string {
  if (typeof file !== 'string') throw new Error('a case has texts only');
  return file;
}

function treeOf(version: Version): string {
  const lab = prosodyLab(version);
  if ('missing' in lab) throw new Error(lab.missing);
  return lab.tree;
}

/** Whether a file of the installation is there and not taken away for the case. */
function isThere(tree: string, without: readonly string[], names: readonly string[]): boolean {
  const folders = ['usr/lib/prosody/modules', 'usr/lib/x86_64-linux-gnu/lua/5.4'];
  return names.some(name => !without.includes(name) && folders.some(folder => existsSync(join(tree, folder, name))));
}

/** The options of libldap as the machine package reads them, from the files that Prosody had. */
function libldapOf(one: PreparedCase, saslauthd: SaslauthdTls | undefined) {
  const root = mkdtempSync(join(tmpdir(), 'prosodist-libldap-'));
  try {
    const files = { 'etc/ldap/ldap.conf': one.ldapConf, 'etc/ldap/ca.pem': readFileSync(one.ca, 'utf8') };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return libldapOptions({ root, environment: {}, ...(saslauthd && { saslauthd }) });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
