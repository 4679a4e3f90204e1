import { type Configuration, GLOBAL, loadedModules } from '../evaluate/index.js';
import type { Login } from './answer.js';
import { asOptionBoolean, asOptionSet, heldOption, placed } from './lua-values.js';
import { type SaslPlaces, saslApplication } from './provider-cyrus.js';
import type { Placed } from './types.js';

/** How a client comes to Prosody: the last hop, from the web server or the client itself. */
export interface LoginConnection {
  readonly transport: 'bosh' | 'websocket' | 'c2s';
  /** Whether the hop that Prosody sees is encrypted: HTTPS to Prosody itself, STARTTLS. Jitsi's nginx speaks plain HTTP. */
  readonly secure: boolean;
  /** `X-Forwarded-Proto` of the request, where a proxy sends one. */
  readonly forwardedProto?: string;
  /** The address that the request comes from; 127.0.0.1 if not given. */
  readonly from?: string;
}

/** What the host offers on a connection. */
export interface Offer {
  readonly kind: 'offer';
  /** In the order of the alphabet. */
  readonly mechanisms: readonly string[];
  /** Whether Prosody takes the connection for secure. */
  readonly secure: boolean;
  /** What Prosody logs about it. */
  readonly logs: readonly string[];
  /** Why there is no mechanism with a password, and what to do; null where there is one. */
  readonly why: string | null;
  readonly help: string | null;
  readonly settings: readonly Placed<unknown>[];
}

/** `not-served`: the transport's module is not loaded. */
export type Offered =
  | Offer
  | {
      readonly kind: 'not-served';
      readonly why: string;
      readonly help: string;
      readonly logs: readonly string[];
      readonly settings: readonly Placed<unknown>[];
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Mechanisms by which a name and a password are sent or proved. */
const WITH_PASSWORD = /^(?:PLAIN|LOGIN|SCRAM-.*|CRAM-MD5|DIGEST-MD5)$/;

export function hasPassword(mechanisms: readonly string[]): boolean {
  return mechanisms.some(name => WITH_PASSWORD.test(name));
}

/**
 * The SASL mechanisms that a host offers on a connection.
 * @param login what `loginOf` says of the host
 * @param places where SASL's files are; needed for the provider cyrus only
 * Source: mod_saslauth.lua (stream-features), mod_bosh.lua and mod_websocket.lua (`session.secure`, read in the global section
 * only), mod_http.lua (`X-Forwarded-Proto`) of 0.12.3 and 13.0.1.
 */
export function mechanismsOffered(
  configuration: Configuration,
  login: Login,
  connection: LoginConnection,
  places: SaslPlaces | null = null,
): Offered {
  const modules = loadedModules(configuration).find(entry => entry.host === login.host);
  const isLoaded = (name: string): boolean | undefined => {
    if (modules?.modules.some(module => module.name === name)) return true;
    return modules?.unknown.some(module => module.name === name || (module.name === null && module.role === 'module'))
      ? undefined
      : false;
  };
  const { transport } = connection;
  const carried = isLoaded(transport);
  if (carried === undefined) return { kind: 'unknown', reason: `whether the module ${transport} is loaded` };
  if (!carried) return notServed(transport, login.host);
  const secure = isSecure(configuration, connection);
  if (typeof secure === 'string') return { kind: 'unknown', reason: secure };
  const withSasl = isLoaded('saslauth');
  if (withSasl === undefined) return { kind: 'unknown', reason: 'whether the module saslauth is loaded' };
  const nothing = { kind: 'offer', mechanisms: [], secure, logs: [], settings: [] } as const;
  if (!withSasl)
    return unlessClosed(transport, {
      ...nothing,
      why: `The module saslauth is not loaded for ${login.host}, so no way to log in is offered.`,
      help: 'Put "saslauth" into modules_enabled of the global section.',
    });
  const offered = fromSasl(configuration, login, connection, secure, places);
  return offered.kind === 'offer' ? unlessClosed(transport, offered) : offered;
}

/**
 * Over BOSH an empty offer is sent; a WebSocket, which has no STARTTLS to offer either, is closed with the error "No stream features
 * to proceed with" (mod_c2s.lua).
 */
function unlessClosed(transport: LoginConnection['transport'], offer: Offer): Offer {
  const isOpen = transport === 'bosh' || offer.mechanisms.length > 0 || (transport === 'c2s' && !offer.secure);
  if (isOpen) return offer;
  const hint = offer.secure
    ? 'secure session. Check authentication settings.'
    : 'insecure session. Check encryption and security settings.';
  return { ...offer, logs: [...offer.logs, `No stream features to offer on ${hint}`] };
}

function fromSasl(
  configuration: Configuration,
  login: Login,
  connection: LoginConnection,
  secure: boolean,
  places: SaslPlaces | null,
): Offered {
  const option = (name: string) => heldOption(configuration, login.host, name);
  const [c2s, all, allow] = ['c2s_require_encryption', 'require_encryption', 'allow_unencrypted_plain_auth'].map(name =>
    asOptionBoolean(option(name)),
  ) as [ReturnType<typeof asOptionBoolean>, ReturnType<typeof asOptionBoolean>, ReturnType<typeof asOptionBoolean>];
  const [insecureSet, disabledSet] = [
    asOptionSet(option('insecure_sasl_mechanisms')),
    asOptionSet(option('disable_sasl_mechanisms')),
  ];
  for (const taken of [c2s, all, allow, insecureSet, disabledSet])
    if (taken.is === 'unknown') return { kind: 'unknown', reason: taken.reason };
  // a value that is neither word counts as nil, and nil as no
  const general = all.is === 'nil' ? true : all.is === 'value' && all.value;
  const isRequired = c2s.is === 'nil' ? general : c2s.is === 'value' && c2s.value;
  const nothing = { kind: 'offer', mechanisms: [], secure, logs: [], settings: [] } as const;
  if (isRequired && !secure) return { ...nothing, ...encryptionRequired(configuration, login.host, connection) };
  const available = availableMechanisms(configuration, login, places);
  if (typeof available === 'string') return { kind: 'unknown', reason: available };
  const isAllowed = allow.is === 'value' && allow.value;
  const insecure = insecureSet.is === 'value' ? insecureSet.value : new Set(isAllowed ? [] : ['PLAIN', 'LOGIN']);
  const disabled = disabledSet.is === 'value' ? disabledSet.value : new Set(['DIGEST-MD5']);
  const usable = available.filter(name => !disabled.has(name) && (secure || !insecure.has(name)));
  const module = login.provider ?? 'internal_hashed';
  if (available.length === 0) {
    const log = `No available SASL mechanisms, verify that the configured authentication module '${module}' is loaded and configured correctly`;
    const why = `mod_auth_${module} gives Prosody no way to check passwords, so none is offered.`;
    return { ...nothing, logs: [log], why, help: 'Read what Prosody logs while it starts.' };
  }
  if (hasPassword(usable)) return { ...nothing, mechanisms: usable, why: null, help: null };
  const taken = [option('disable_sasl_mechanisms'), option('insecure_sasl_mechanisms')].filter(held => held.origin !== null);
  const withheld = available.filter(name => !disabled.has(name) && !secure && insecure.has(name));
  return {
    ...nothing,
    mechanisms: usable,
    logs: usable.length > 0 ? [] : [withheldLog(module, available, insecure, disabled, secure)],
    settings: taken.map(held => placed(held, null)),
    ...withheldWords(login, withheld, available, configuration, connection),
  };
}

function withheldLog(
  module: string,
  available: readonly string[],
  insecure: ReadonlySet<string>,
  disabled: ReadonlySet<string>,
  secure: boolean,
): string {
  const open = available.filter(name => insecure.has(name)).join(', ');
  const off = available.filter(name => disabled.has(name)).join(', ');
  const all = `All SASL mechanisms provided by authentication module '${module}' are`;
  if (secure || open === '') return `${all} disabled (${off})`;
  return `${all} forbidden on insecure connections (${open})${off === '' ? '' : ` or disabled (${off})`}`;
}

function withheldWords(
  login: Login,
  withheld: readonly string[],
  available: readonly string[],
  configuration: Configuration,
  connection: LoginConnection,
): { readonly why: string; readonly help: string } {
  if (withheld.length > 0) {
    const { help } = encryptionRequired(configuration, login.host, connection);
    return { why: `Prosody takes the connection for insecure and withholds ${withheld.join(', ')}.`, help };
  }
  if (hasPassword(available))
    return {
      why: 'disable_sasl_mechanisms takes every mechanism with a password away.',
      help: 'Take PLAIN out of disable_sasl_mechanisms.',
    };
  return {
    why: `The provider ${login.provider ?? ''} offers ${available.join(', ')} only: nobody is asked for a password.`,
    help: 'Set authentication of this host to the directory: "ldap" or "ldap2".',
  };
}

/** The option that makes Prosody take a plain hop from the web server for secure. */
const TRUST = { bosh: 'consider_bosh_secure', websocket: 'consider_websocket_secure' } as const;

function encryptionRequired(configuration: Configuration, host: string, { transport }: LoginConnection) {
  const logs = ['Not offering authentication on insecure connection'];
  const why = `Prosody takes the connection${transport === 'c2s' ? '' : ' from the web server'} for insecure, and offers no way to log in on such.`;
  if (transport === 'c2s') return { logs, why, help: 'Connect with TLS.', settings: [] };
  const name = TRUST[transport];
  const own = configuration.sections.get(host)?.options.get(name);
  const settings = own ? [{ name, value: null, origin: own.setting.valueOrigin }] : [];
  if (!own) return { logs, why, help: `Set ${name} = true in the global section, above the first VirtualHost.`, settings };
  const moved = `Move ${name} = true above the first VirtualHost: below one it does nothing.`;
  return { logs, why, help: moved, settings };
}

/** `session.secure` as the transports set it; a text says why it is not known. */
function isSecure(configuration: Configuration, connection: LoginConnection): boolean | string {
  if (connection.secure) return true;
  if (connection.transport === 'c2s') return false;
  const name = TRUST[connection.transport];
  const trusted = asOptionBoolean(heldOption(configuration, GLOBAL, name));
  if (trusted.is === 'unknown') return `${name} is not known: ${trusted.reason}`;
  if (trusted.is === 'value' && trusted.value) return true;
  if (connection.forwardedProto !== 'https') return false;
  const legacy = asOptionBoolean(heldOption(configuration, GLOBAL, 'http_legacy_x_forwarded'));
  if (configuration.version === '13.0' && legacy.is !== 'nil' && !(legacy.is === 'value' && legacy.value)) return false;
  const proxies = asOptionSet(heldOption(configuration, GLOBAL, 'trusted_proxies'));
  if (proxies.is === 'unknown') return `trusted_proxies is not known: ${proxies.reason}`;
  const from = connection.from ?? '127.0.0.1';
  return proxies.is === 'value' ? proxies.value.has(from) : ['127.0.0.1', '::1'].includes(from);
}

/** `sasl_handler:mechanisms()` of the provider; a text says why it is not known. */
function availableMechanisms(configuration: Configuration, login: Login, places: SaslPlaces | null): readonly string[] | string {
  if (login.kind === 'fault' && login.fault.effect === 'not-offered') return [];
  if (login.provider === 'ldap2') return ['PLAIN'];
  if (login.provider === 'ldap') {
    const mode = login.kind !== 'unknown' && login.kind !== 'other' ? login.settings?.mode?.value : 'bind';
    return mode === 'getpasswd' ? ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'] : ['PLAIN'];
  }
  if (login.provider === 'cyrus') {
    if (!places) return 'what libsasl offers: its files are not given';
    const application = saslApplication(configuration, login.host, places);
    if (typeof application === 'string') return application;
    // without mech_list it is what is installed; Debian's libsasl2-modules have these
    return application.mechanisms
      ? [...application.mechanisms].sort()
      : ['ANONYMOUS', 'CRAM-MD5', 'DIGEST-MD5', 'LOGIN', 'NTLM', 'PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'];
  }
  if (/^(?:jitsi-)?anonymous$|^token$/.test(login.provider ?? '')) return ['ANONYMOUS'];
  const known: Readonly<Record<string, readonly string[]>> = {
    internal_hashed: ['PLAIN', 'SCRAM-SHA-1'],
    internal_plain: ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'],
    insecure: ['PLAIN'],
    'jitsi-shared-secret': ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'],
    ha1: ['PLAIN'],
    sql: ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'],
  };
  return known[login.provider ?? ''] ?? `what the provider ${login.provider ?? ''} offers`;
}

function notServed(transport: LoginConnection['transport'], host: string): Offered {
  const why = `The module ${transport} is not loaded for ${host}, so a client has nothing to connect to.`;
  return { kind: 'not-served', why, help: `Put "${transport}" into modules_enabled.`, logs: [], settings: [] };
}
