import {
  changesOf,
  fixAll,
  judgeUpgrade,
  load,
  Overlay,
  otherVersion,
  type ProsodyVersion,
  type Severity,
  upgrade as upgradeTree,
} from '@prosodist/core';
import { texts } from '@prosodist/machine';
import { type ChangeOptions, deliver } from '../change.js';
import { contextOf, type GlobalOptions, learnTree, openTarget } from '../context.js';
import { jsonFinding } from '../formats/json.js';
import { textReport } from '../formats/text.js';
import type { Io } from '../io.js';
import { type CheckedTree, counted, reaches, summarize } from '../report.js';
import { lintSettings, type SettingsOptions, settingsEntry, settingsFor } from '../settings.js';
import { CommandError, STATUS } from '../status.js';
import { chunk, shownPath } from '../visible.js';
import { settle } from '../writing.js';

export interface UpgradeOptions extends GlobalOptions, ChangeOptions, SettingsOptions {
  readonly to: ProsodyVersion;
  readonly unsafe?: boolean;
  readonly failOn: Severity;
}

/**
 * `prosodist upgrade --to VERSION`: what another version of Prosody reads differently, refuses or ignores. Statuses: 0 nothing
 * at or above the threshold, 1 something, 2 wrong use, 4 a file changed meanwhile.
 */
export async function upgrade(io: Io, [path]: readonly string[], options: UpgradeOptions): Promise<number> {
  const { to, write, diff } = options;
  if (path === '-') throw new CommandError('upgrade is about whole trees; name the main file or its folder');
  const found = settingsFor(io, path, options);
  const context = { ...contextOf(io, options), prosody: to };
  const target = openTarget(context, path, undefined, settingsEntry(io, found));
  const settings = { to, complete: target.complete, ...lintSettings(io, found, options) };
  learnTree(context, target.files, target);
  if (write || diff) {
    settle(context, target, write);
    const fixed = fixAll(target.files, target.entry, {
      ...settings,
      prosody: to,
      unsafe: options.unsafe === true,
      judge: (files, configuration) => judgeUpgrade(files, configuration, settings),
    });
    const overlay = new Overlay(target.files);
    overlay.apply(changesOf(fixed));
    const changed = deliver(
      context,
      target,
      overlay,
      { ...fixed, outcomes: [], judging: lintSettings(io, found, options) },
      options,
    );
    const left = fixed.after.findings;
    const severities = (severity: Severity) => left.filter(finding => finding.severity === severity).length;
    const said = counted({ errors: severities('error'), warnings: severities('warning'), infos: severities('info') });
    if (!changed) context.note('nothing that could be changed by a fix');
    if (left.length > 0)
      context.note(
        `${said} ${write ? 'remain' : 'would remain'}; \`prosodist upgrade --to ${to} ${shownPath(target.entry)}\` shows them`,
      );
    if (!write) return changed ? STATUS.findings : STATUS.ok;
    return reaches(left, options.failOn) ? STATUS.findings : STATUS.ok;
  }
  const result = upgradeTree(target.files, target.entry, settings);
  const from = load(target.files, target.entry, { prosody: otherVersion(to) });
  if (!from.ok) context.note(`Prosody ${otherVersion(to)} refuses this tree, so what is told here need not be new in ${to}`);
  const textOf = texts(target.files, result);
  const tree: CheckedTree = {
    result: { ...result, suppressed: [] },
    findings: result.findings,
    textOf,
    path,
    command: `upgrade --to ${to}`,
    fingerprints: new Map(),
    known: 0,
  };
  const summary = summarize([tree]);
  if (context.json) {
    const findings = result.findings.map(finding => jsonFinding(finding, textOf, context.secrets));
    io.stdout.write(`${JSON.stringify({ from: otherVersion(to), to, findings, summary }, null, 2)}\n`);
  } else io.stdout.write(chunk(textReport([tree], summary, context)));
  return reaches(result.findings, options.failOn) ? STATUS.findings : STATUS.ok;
}
