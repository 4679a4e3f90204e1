import { hostname } from 'node:os';
import { type DirectorySettings, type LoginPath, loginPath } from '@prosodist/core';
import { checkDirectory, type DirectoryOptions, type DirectoryReport, discover, rehearseLogin } from '@prosodist/directory';
import { diskFiles, type HostLogin, hostLogin, libldapOptions, machineRootOf } from '@prosodist/machine';
import type { Examination, Live, Suggestion, SuggestionWish, Watcher } from './types.js';

/** Milliseconds of one step: somebody waits for the next question. */
const PATIENCE = 4000;
const MOST_GROUPS = 50;

/** This machine, and the directories that it reaches. */
export function liveMachine(): Live {
  return { examine, suggest };
}

async function examine(examination: Examination, watcher: Watcher): Promise<LoginPath> {
  const { configuration, files, entry, host, findings, directory } = examination;
  const root = machineRootOf(files.realPath(entry)) ?? null;
  const found = hostLogin(configuration, files, host, root);
  const { login, machine, offered } = found;
  const settings = login.kind === 'directory' || login.kind === 'fault' ? login.settings : null;
  const asks = directoryOptions(settings, root, examination, watcher);
  const user = examination.user === undefined ? {} : { user: examination.user };
  // the password is tried once, by the rehearsal
  const report = login.kind === 'directory' && directory ? await checkDirectory(login.settings, { ...asks, ...user }) : null;
  watcher.signal.throwIfAborted();
  const rehearsal = directory && mayTry(report) ? await rehearse(found, asks, examination) : null;
  watcher.signal.throwIfAborted();
  // that no password was tried is no news where the rehearsal tries it
  const steps = report?.steps.filter(({ step }) => rehearsal === null || step !== 'user-bind') ?? null;
  return loginPath({ configuration, host, findings, login, offered, machine, steps, rehearsal });
}

/** Failed binds count: what was refused is not tried again, nor what may lock an account or is somebody else's. */
function mayTry(report: DirectoryReport | null): boolean {
  return !report?.steps.some(
    ({ step, verdict, code }) =>
      (step === 'bind' && verdict === 'error') || /^(?:account\.(?:locked|near-lockout)|nobody\.open-filter)$/.test(code),
  );
}

async function rehearse(found: HostLogin, asks: DirectoryOptions, { user, password }: Examination) {
  const { login, offered, transport, saslauthd } = found;
  if (user === undefined || password === undefined || !offered) return null;
  const connection = { transport, secure: false } as const;
  return rehearseLogin({ login, offered, connection, user, password, ...(saslauthd !== undefined && { saslauthd }) }, asks);
}

function directoryOptions(
  settings: DirectorySettings | null,
  root: string | null,
  { allowPlaintext }: Examination,
  { signal, tell }: Watcher,
): DirectoryOptions {
  const saslauthd = settings?.saslauthd;
  return {
    libldap: libldapOptions({ ...(root !== null && { root }), ...(saslauthd && { saslauthd }) }),
    machineName: hostname(),
    allowPlaintext: allowPlaintext === true,
    signal,
    onEvent: event => {
      if (event.type === 'started') tell(event.server === null ? event.step : `${event.step}: ${event.server}`);
    },
  };
}

async function suggest(entry: string | undefined, wish: SuggestionWish, { signal }: Watcher): Promise<Suggestion> {
  const { server, account, ca, allowPlaintext } = wish;
  const root = entry === undefined ? undefined : machineRootOf(entry);
  const hide = (text: string) => (account ? text.replaceAll(account.password, '•••') : text);
  try {
    const found = await discover(server, {
      libldap: { ...libldapOptions(root === undefined ? {} : { root }), ...trustOf(ca) },
      machineName: hostname(),
      stepTimeout: PATIENCE,
      signal,
      allowPlaintext: allowPlaintext === true,
      ...(account && { bind: { name: account.name, password: Buffer.from(account.password) } }),
    });
    const settings = found.proposal?.settings;
    const kind = found.rootDse && `${found.rootDse.server} is ${found.rootDse.vendor ?? found.rootDse.kind}`;
    const problems = found.problems.map(({ text, help }) => `${text}. ${help}`);
    return {
      domain: found.domain,
      base: account && found.population ? (settings?.base ?? null) : null,
      attribute: settings?.userAttribute ?? null,
      groups: (found.population?.groups ?? []).slice(0, MOST_GROUPS).map(({ dn }) => dn),
      untrusted: found.servers.some(({ ports }) => ports.some(({ code }) => code === 'tls.untrusted')),
      told: [...(kind ? [kind] : []), ...problems].map(hide),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const told = [hide(`The directory could not be asked: ${why}`)];
    return { domain: null, base: null, attribute: null, groups: [], untrusted: false, told };
  }
}

/** The authority that ldap.conf will name, once the plan is applied. */
function trustOf(ca: string | undefined): { trusted?: string; trustedFrom?: string } {
  const read = ca === undefined ? undefined : diskFiles().readFile(ca);
  return read?.ok ? { trusted: read.text, trustedFrom: ca! } : {};
}
