import { type LoginPath, loginPath } from '@prosodist/core';
import { discover, examineDirectory } from '@prosodist/directory';
import { directoryClient, diskFiles, hostLogin, machineRootOf } from '@prosodist/machine';
import type { Examination, Live, Suggestion, SuggestionWish, Watcher } from './types.js';

/** Milliseconds of one step: somebody waits for the next question. */
const PATIENCE = 4000;
const MOST_GROUPS = 50;
/** What allows passwords in clear, in an editor. */
const PLAINTEXT_SWITCH = '`prosodist.allowPlaintext` in the settings';

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
  const saslauthd = settings?.saslauthd;
  const asked = directory
    ? await examineDirectory(
        { ...found, user: examination.user, password: examination.password },
        {
          ...directoryClient({ ...(root !== null && { root }), ...(saslauthd && { saslauthd }) }),
          allowPlaintext: examination.allowPlaintext === true,
          plaintextSwitch: PLAINTEXT_SWITCH,
          signal: watcher.signal,
          onEvent: event => {
            if (event.type === 'started') watcher.tell(event.server === null ? event.step : `${event.step}: ${event.server}`);
          },
        },
      )
    : null;
  const [steps, rehearsal] = [asked?.steps ?? null, asked?.rehearsal ?? null];
  return loginPath({ configuration, host, findings, login, offered, machine, steps, rehearsal });
}

async function suggest(entry: string | undefined, wish: SuggestionWish, { signal }: Watcher): Promise<Suggestion> {
  const { server, account, ca, allowPlaintext } = wish;
  const root = entry === undefined ? undefined : machineRootOf(entry);
  const hide = (text: string) => (account ? text.replaceAll(account.password, '•••') : text);
  try {
    const client = directoryClient(root === undefined ? {} : { root });
    const found = await discover(server, {
      libldap: { ...client.libldap, ...trustOf(ca) },
      machineName: client.machineName,
      stepTimeout: PATIENCE,
      signal,
      allowPlaintext: allowPlaintext === true,
      plaintextSwitch: PLAINTEXT_SWITCH,
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
