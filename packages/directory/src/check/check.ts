import type { DirectorySettings } from '@prosodist/core';
import type { DirectoryReport, ServerKind, Verdict } from '../types.js';
import { checkAccount } from './account.js';
import { checkBase } from './base.js';
import { checkBind } from './bind.js';
import { checkClearText } from './clear-text.js';
import { checkForm } from './form.js';
import { checkNobody } from './nobody.js';
import { checkRootDse } from './root-dse.js';
import { type CheckOptions, type Run, takeStep } from './run.js';
import { checkSearch } from './search.js';
import { checkServers, type Used } from './servers.js';
import { checkTime } from './time.js';
import { checkUserBind } from './user-bind.js';

const ORDER: readonly Verdict[] = ['skipped', 'ok', 'warning', 'error'];

/**
 * Tries the settings of a login against the directory, step by step, as the module would use them, and stops where nothing more can
 * come of it. Asks and never changes; each account is bound as once at most; no password goes out in clear without
 * `allowPlaintext`, and none is part of any text. Every step ends within `stepTimeout` (a few of them ask several questions, each
 * within it); when `signal` aborts, the report has what came before, and a step with the code `aborted`.
 */
export async function checkDirectory(settings: DirectorySettings, options: CheckOptions): Promise<DirectoryReport> {
  const run: Run = { settings, options, steps: [] };
  const hosts = await checkForm(run);
  let server: ServerKind | null = null;
  if (hosts.length > 0) {
    const allowed = await checkClearText(run, hosts);
    const used = await checkServers(run, hosts);
    try {
      if (used) server = await checkServer(run, used, allowed);
    } finally {
      used?.connection.close();
    }
  }
  const worst = Math.max(...run.steps.map(({ verdict }) => ORDER.indexOf(verdict)));
  return { steps: run.steps, verdict: ORDER[worst]!, server };
}

/** The steps over the connection that Prosody would use. */
async function checkServer(run: Run, used: Used, allowed: boolean): Promise<ServerKind | null> {
  const { connection } = used;
  const { settings } = run;
  const root = await checkRootDse(run, used);
  const kind = root?.kind ?? null;
  if (failed(run)) return kind;
  if (settings.way === 'cyrus' && settings.saslauthd?.method === 'fastbind') {
    await takeStep(run, 'bind', connection.server, 'did not bind', () => ({
      verdict: 'skipped',
      code: 'bind.method',
      did: 'did not bind',
      found:
        'saslauthd binds as the user at once, with the filter as name (ldap_auth_method: fastbind): nothing is searched for.',
      settings: [settings.filter],
    }));
    return kind;
  }
  if (!(await checkBind(run, connection, root, allowed))) return kind;
  if (!(await checkBase(run, connection))) return kind;
  const { entry, stop } = await checkSearch(run, connection, root);
  if (stop || ended(run)) return kind;
  const open = await checkNobody(run, connection, root);
  if (entry && !ended(run)) {
    const state = await checkAccount(run, connection, root, entry);
    // a password that is tried at somebody else counts against him
    const risk = open ? "The filter lets in any name, so the entry that was found need not be the user's." : state;
    if (!ended(run)) await checkUserBind(run, used, entry, risk, allowed);
  }
  if (!ended(run)) await checkTime(run, used);
  return kind;
}

/** Whether the last step failed. */
function failed(run: Run): boolean {
  const last = run.steps.at(-1);
  return last !== undefined && (last.verdict === 'error' || last.code === 'aborted');
}

/** Whether the connection is gone, or the check was called off: then the next step would only say so again. */
function ended(run: Run): boolean {
  return /^(?:answer\.|aborted$)/.test(run.steps.at(-1)?.code ?? '');
}
