import type { Overview, PathView } from '@prosodist/language-server';
import { type ExtensionContext, l10n, type TextDocument, Uri, window, workspace } from 'vscode';
import { askAll, askChoice, askText, BACK } from '../ask.js';
import type { PathPanel } from '../panel/panel.js';
import { about, type Session } from '../session.js';

/** Prosodist: Show the path of a login. Contacts nothing. */
export async function showPath(session: Session, panel: PathPanel, named?: string): Promise<void> {
  const document = await needed(session);
  if (!document) return;
  const host = named ?? (await hostOf(session, document, l10n.t('The path of a login')));
  if (host !== undefined) await panel.show(document, host, {});
}

/** Prosodist: Check the directory. */
export async function checkDirectory(session: Session, panel: PathPanel, uri?: string, named?: string): Promise<void> {
  if (!trusts()) return;
  const document = uri === undefined ? await needed(session) : await workspace.openTextDocument(Uri.parse(uri));
  if (!document) return;
  const host = named ?? (await hostOf(session, document, l10n.t('Check the directory')));
  if (host === undefined) return;
  const path = await panel.show(document, host, { directory: true });
  if (path) tell(session, path);
}

/** Prosodist: Rehearse a login…: the password is forgotten unless the person wants it kept. */
export async function rehearseLogin(
  session: Session,
  panel: PathPanel,
  { secrets }: ExtensionContext,
  named?: string,
): Promise<void> {
  if (!trusts()) return;
  const document = await needed(session);
  if (!document) return;
  const host = named ?? (await hostOf(session, document, l10n.t('Rehearse a login')));
  if (host === undefined) return;
  let [user, password] = ['', ''];
  const key = () => `login ${user}@${host}`;
  const complete = await askAll(l10n.t('Rehearse a login at {0}', host), [
    async at => {
      const flaw = (value: string) => (value === '' ? l10n.t('A name as people type it') : undefined);
      const answer = await askText(at, l10n.t('User name, as it is typed into Jitsi Meet'), user, { flaw });
      if (answer === undefined || answer === BACK) return answer;
      user = answer;
      return 'next';
    },
    async at => {
      const kept = await secrets.get(key());
      const prompt = kept ? l10n.t('Password (empty: the one that was kept)') : l10n.t('Password; it is forgotten afterwards');
      const answer = await askText(at, prompt, '', { password: true });
      if (answer === undefined || answer === BACK) return answer;
      password = answer === '' ? (kept ?? '') : answer;
      return 'next';
    },
  ]);
  if (!complete) return;
  const before = await secrets.get(key());
  const path = await panel.show(document, host, { directory: true, user, password });
  if (!path) return;
  const granted = path.stations.at(-1)?.state === 'green';
  const said = `${user}@${host}: ${path.stations.at(-1)?.checks[0]?.text ?? ''}`;
  session.directory = path.stations.find(({ station }) => station === 'directory')?.state !== 'red';
  session.refresh();
  const keep = l10n.t('Keep the Password');
  const forget = l10n.t('Forget the Password');
  if (!granted) {
    void window.showWarningMessage(said);
    return;
  }
  const chosen = await window.showInformationMessage(said, before === undefined ? keep : forget);
  if (chosen === keep) await secrets.store(key(), password);
  if (chosen === forget) await secrets.delete(key());
}

async function needed(session: Session): Promise<TextDocument | undefined> {
  const document = await session.configuration();
  if (!document) void window.showErrorMessage(l10n.t('There is no prosody.cfg.lua here: open a configuration of Prosody first.'));
  return document;
}

/** The host that is meant; undefined where the person does not say. */
async function hostOf(session: Session, document: TextDocument, title: string): Promise<string | undefined> {
  const { loginHosts } = await session.request<Overview>('prosodist/overview', about(document));
  const [only] = loginHosts;
  if (loginHosts.length <= 1) return only?.host ?? '';
  const items = loginHosts.map(({ host }) => ({ label: host, value: host }));
  const answer = await askChoice({ title, step: 1, first: true }, l10n.t('The virtual host that people log in to'), items);
  return answer === BACK ? undefined : answer?.value;
}

/** A directory is named by the files of the folder: whether they are trusted is the person's to say. */
function trusts(): boolean {
  if (workspace.isTrusted) return true;
  void window.showErrorMessage(
    l10n.t(
      'This folder is not trusted, so nothing that it names is contacted. Trust it first: Workspaces: Manage Workspace Trust.',
    ),
  );
  return false;
}

function tell(session: Session, path: PathView): void {
  const directory = path.stations.find(({ station }) => station === 'directory');
  session.directory = directory?.state === 'green' || directory?.state === 'amber';
  session.refresh();
  const said = directory?.checks[0]?.text ?? '';
  if (path.state === 'red') void window.showWarningMessage(l10n.t('{0}: {1}', path.host, path.first?.text ?? said));
  else void window.showInformationMessage(l10n.t('{0}: the directory answers as it should.', path.host));
}
