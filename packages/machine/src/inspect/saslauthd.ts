import { type Configuration, effective, type KeyLines, lineOf, parseKeyLines, type SaslauthdFact } from '@prosodist/core';
import { mayUse } from './access.js';
import type { Account } from './accounts.js';
import type { Root } from './root.js';

/** Where the socket is: Debian's default, and the chroot of Postfix that Debian's own comments name. */
const SOCKETS = ['/run/saslauthd/mux', '/var/run/saslauthd/mux', '/var/spool/postfix/var/run/saslauthd/mux'];
const FOLDERS = ['/etc/sasl', '/etc/sasl2', '/usr/lib/sasl2', '/usr/lib64/sasl2'];

/**
 * What saslauthd is told, and whether Prosody can reach it.
 * @param account Prosody's user
 * @returns null where the host does not use cyrus, or the name of the application is not known
 * Source: Debian's sasl2-bin (/etc/default/saslauthd, /run/saslauthd is 710 root:sasl), libsasl's search for APPLICATION.conf.
 */
export function saslauthdFact(root: Root, configuration: Configuration, host: string, account: Account): SaslauthdFact | null {
  const provider = effective(configuration, host, 'authentication')?.value;
  if (provider?.kind !== 'string' || provider.value !== 'cyrus') return null;
  const option = effective(configuration, host, 'cyrus_application_name')?.value;
  if (option && option.kind !== 'string') return null;
  const name = option?.kind === 'string' ? option.value : 'prosody';
  const triplets = root.names('/usr/lib').filter(folder => /-linux-/.test(folder));
  const places = [...FOLDERS, ...triplets.map(folder => `/usr/lib/${folder}/sasl2`)].map(folder => `${folder}/${name}.conf`);
  const application = name.includes('/') ? undefined : places.find(path => root.stat(path)?.kind === 'file');
  const settings = application === undefined ? undefined : linesAt(root, application, 'sasl');
  const defaults = linesAt(root, '/etc/default/saslauthd', 'shell');
  const socket = SOCKETS.find(path => root.stat(path) !== undefined);
  const value = (lines: KeyLines | undefined, key: string) => (lines && lineOf(lines, key, 'last')?.value) ?? null;
  return {
    start: value(defaults, 'START'),
    mechanisms: value(defaults, 'MECHANISMS'),
    configured: root.stat('/etc/saslauthd.conf')?.kind === 'file',
    application: application ?? null,
    mechanismList: value(settings, 'mech_list'),
    passwordCheck: value(settings, 'pwcheck_method'),
    socket: socket ?? null,
    reachable: socket === undefined || !account.exists ? null : mayUse(root, socket, account),
  };
}

function linesAt(root: Root, path: string, format: 'sasl' | 'shell'): KeyLines | undefined {
  const text = root.read(path);
  return text === undefined ? undefined : parseKeyLines(text, format);
}
