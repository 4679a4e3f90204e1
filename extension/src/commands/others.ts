import type { Overview } from '@prosodist/language-server';
import { ConfigurationTarget, commands, l10n, Uri, window, workspace } from 'vscode';
import { askChoice, BACK } from '../ask.js';
import { about, type Session } from '../session.js';
import { offerPlan } from './plan.js';

/** Prosodist: Show effective configuration: what holds for a host, as a document that nobody edits. */
export async function showEffective(session: Session, named?: string): Promise<void> {
  const document = await session.configuration();
  if (!document) return;
  const { sections } = await session.request<Overview>('prosodist/overview', about(document));
  const items = sections.map(({ scope, kind, detail }) => ({
    label: scope === '*' ? l10n.t('Global section') : scope,
    description: kind === 'global' ? '' : `${kind}${detail ? `, ${detail}` : ''}`,
    value: scope,
  }));
  const title = l10n.t('Effective configuration');
  const chosen = named ?? (await askChoice({ title, step: 1, first: true }, l10n.t('Of which host?'), items));
  if (chosen === undefined || chosen === BACK) return;
  const scope = typeof chosen === 'string' ? chosen : chosen.value;
  const { uri } = await session.request<{ uri: string }>('prosodist/effective', { ...about(document), scope });
  await window.showTextDocument(await workspace.openTextDocument(Uri.parse(uri)), { preview: true });
}

/** Prosodist: Migrate to core ldap: from mod_auth_ldap2 of prosody-modules to mod_auth_ldap of Prosody. */
export async function migrate(session: Session): Promise<void> {
  const document = await session.configuration();
  if (!document) return;
  const { usesLdap2 } = await session.request<Overview>('prosodist/overview', about(document));
  if (!usesLdap2) {
    void window.showInformationMessage(l10n.t('No host uses ldap2 here, so there is nothing to migrate.'));
    return;
  }
  await offerPlan(session, document, { kind: 'migrate' });
}

/** Prosodist: Choose Prosody version. */
export async function chooseVersion(session: Session): Promise<void> {
  const settings = workspace.getConfiguration('prosodist', (await session.configuration())?.uri ?? null);
  const now = settings.get<string>('prosodyVersion', 'auto');
  const items = [
    { label: l10n.t('Found out'), description: l10n.t('from the configuration and the Prosody on this computer'), value: 'auto' },
    { label: 'Prosody 0.12', description: 'Debian 12', value: '0.12' },
    { label: 'Prosody 13.0', description: 'Debian 13', value: '13.0' },
  ];
  const at = { title: l10n.t('Prosody version'), step: 1, first: true };
  const chosen = await askChoice(at, l10n.t('The version that the configuration is for'), items, ({ value }) => value === now);
  if (chosen === undefined || chosen === BACK) return;
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await settings.update('prosodyVersion', chosen.value === 'auto' ? undefined : chosen.value, target);
  session.refresh();
}

/** Prosodist: Fix all safe findings: what saving does with `editor.codeActionsOnSave`, once. */
export async function fixAll(): Promise<void> {
  await commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.prosodist', apply: 'first' });
}
