import { effective, loadedModules } from '../evaluate/index.js';
import { parseLdapHosts } from '../ldap/index.js';
import type { LoginFault } from './answer.js';
import { hasPassword } from './mechanisms.js';
import { bad, faultCheck, good, notLooked, stepCheck } from './path-checks.js';
import type { PathCheck, PathInput, StationName } from './path-types.js';
import type { DirectorySettings } from './types.js';

/** How the directory is asked, as far as that is known. */
export function settingsOf({ login }: PathInput): DirectorySettings | null {
  return login.kind === 'directory' || login.kind === 'fault' ? login.settings : null;
}

/** The ways from the web page to Prosody that the host has: `BOSH`, `WebSocket`. */
export function webWays({ configuration, host }: PathInput): string[] {
  const loaded = loadedModules(configuration).find(candidate => candidate.host === host);
  const has = (name: string) => loaded?.modules.some(module => module.name === name) === true;
  return [...(has('bosh') ? ['BOSH'] : []), ...(has('websocket') ? ['WebSocket'] : [])];
}

/** How the directory is spoken to: `LDAPS`. */
export function transportOf({ server, startTls, way }: DirectorySettings): string {
  const through = way === 'cyrus' ? 'saslauthd, ' : '';
  if (startTls.value) return `${through}LDAP with StartTLS`;
  const read = parseLdapHosts(server.value);
  const isTls = read.ok && read.hosts.length > 0 && read.hosts.every(({ scheme }) => scheme === 'ldaps');
  return `${through}${isTls ? 'LDAPS' : 'LDAP without TLS'}`;
}

/** What the configuration, the fault of its settings and the live check say of a station. */
export function ownChecks(input: PathInput, station: StationName): PathCheck[] {
  const { login } = input;
  const fault = login.kind === 'fault' && faultStation(login.fault) === station ? [faultCheck(login.fault, login.named)] : [];
  switch (station) {
    case 'user':
      return [good('a name without @, and a password')];
    case 'web':
      return [webCheck(input)];
    case 'prosody':
      return fault.length > 0 ? fault : [hostCheck(input), ...offerChecks(input)];
    case 'module':
      return fault.length > 0 ? fault : [providerCheck(input)];
    default:
      return directoryChecks(input);
  }
}

/** Where a login meets a fault of the settings. */
function faultStation({ effect }: LoginFault): StationName {
  return effect === 'not-served' ? 'prosody' : 'module';
}

function webCheck(input: PathInput): PathCheck {
  const { configuration, host } = input;
  const ways = webWays(input);
  if (ways.length > 0) return good(`Prosody answers ${ways.join(' and ')}`);
  const loaded = loadedModules(configuration).find(candidate => candidate.host === host);
  if (!loaded || loaded.failure !== null || loaded.unknown.some(({ name }) => name === null || /^(?:bosh|websocket)$/.test(name)))
    return notLooked('whether mod_bosh or mod_websocket is loaded is not known');
  return bad(
    'amber',
    `neither mod_bosh nor mod_websocket is loaded for ${host}`,
    'A web page cannot log in here; only XMPP programs on port 5222 can.',
    'For Jitsi Meet add "bosh" to modules_enabled, and "websocket" where config.js uses it.',
  );
}

function hostCheck({ configuration, host }: PathInput): PathCheck {
  const opening = configuration.sections.get(host)?.openings[0];
  return good(`the host ${host} is defined`, opening?.nameOrigin ?? null);
}

/** What Prosody offers to a page whose server speaks plain HTTP to it, as Jitsi's nginx does. */
function offerChecks({ offered, login }: PathInput): PathCheck[] {
  // where the module does not load, that is the news
  if (offered?.kind !== 'offer' || login.kind === 'fault') return [];
  const { mechanisms, why, help, logs, settings } = offered;
  if (hasPassword(mechanisms)) return [good(`offers ${mechanisms.join(', ')} to the web page`)];
  if (login.kind === 'other' || why === null) return [];
  const at = settings.find(setting => setting.origin !== null)?.origin ?? null;
  const text = 'offers no login with a password, unless the web server says that the page came by HTTPS';
  return [bad('amber', text, why, help ?? '', { log: logs[0] ?? null, at })];
}

function providerCheck({ configuration, host, login }: PathInput): PathCheck {
  if (login.kind === 'unknown') return notLooked(`who answers is not known: ${login.reason}`);
  const at = login.named ?? effective(configuration, host, 'authentication')?.setting.valueOrigin ?? null;
  return good(`the provider of the host is ${login.provider ?? 'internal_hashed'}`, at);
}

function directoryChecks({ login, steps }: PathInput): PathCheck[] {
  if (steps) return steps.map(stepCheck);
  if (login.kind === 'other') return [notLooked(`the provider ${login.provider} asks no directory`)];
  if (login.kind === 'unknown') return [notLooked(`how the directory is asked is not known: ${login.reason}`)];
  return [notLooked(login.kind === 'fault' && !login.settings ? 'a login does not come so far' : 'the directory was not asked')];
}
