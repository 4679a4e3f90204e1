import { commands, type Disposable, LanguageStatusSeverity, l10n, languages, Uri } from 'vscode';
import { State } from 'vscode-languageclient';
import { documentSelector } from '../documents.js';
import type { Session } from '../session.js';

/** The items in the language status menu (the braces beside the language's name), and the marks of the walkthrough. */
export function showStatus(session: Session): Disposable {
  const server = languages.createLanguageStatusItem('prosodist.server', documentSelector);
  const version = languages.createLanguageStatusItem('prosodist.version', documentSelector);
  const directory = languages.createLanguageStatusItem('prosodist.directory', documentSelector);
  server.name = 'Prosodist';
  version.name = l10n.t('Prosody version');
  directory.name = l10n.t('Directory');
  const show = () => {
    const { overview, state } = session;
    const up = state === State.Running || state === State.Starting;
    server.busy = state === State.Starting;
    server.severity = up ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Error;
    const { errors = 0, warnings = 0, infos = 0 } = overview?.findings ?? {};
    server.text = up
      ? l10n.t('{0} errors, {1} warnings, {2} remarks', errors, warnings, infos)
      : l10n.t('Prosodist is not running');
    server.detail = overview ? nameOf(overview.entry) : '';
    server.command = up
      ? { title: l10n.t('Output'), command: 'prosodist.showOutput' }
      : { title: l10n.t('Restart'), command: 'prosodist.restart', tooltip: l10n.t('Start the language server again') };
    version.text = overview ? `Prosody ${overview.version}` : 'Prosody';
    version.command = { title: l10n.t('Choose'), command: 'prosodist.chooseVersion' };
    directory.text =
      session.directory === null
        ? l10n.t('Directory: not asked')
        : session.directory
          ? l10n.t('Directory: answers')
          : l10n.t('Directory: does not answer as it should');
    directory.severity = session.directory === false ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    directory.command = { title: l10n.t('Check'), command: 'prosodist.checkDirectory' };
    mark(session);
  };
  const listener = session.onDidChange(show);
  show();
  return { dispose: () => [listener, server, version, directory].forEach(each => void each.dispose()) };
}

const STEPS = ['packages', 'trust', 'settings', 'host', 'guests', 'secure', 'jitsi', 'restart'] as const;
const marks = new Map<string, boolean>();

/** The walkthrough's marks follow what is so, by context keys. */
function mark({ overview }: Session): void {
  const done = new Set(overview?.steps.filter(({ status }) => status === 'done').map(({ step }) => step));
  set('prosodist.active', overview !== null);
  set('prosodist.usesLdap2', overview?.usesLdap2 ?? false);
  for (const step of STEPS) set(`prosodist.done.${step}`, done.has(step));
}

function set(key: string, value: boolean): void {
  if (marks.get(key) === value) return;
  marks.set(key, value);
  void commands.executeCommand('setContext', key, value);
}

function nameOf(uri: string): string {
  return Uri.parse(uri).path;
}
