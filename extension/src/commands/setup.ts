import type { LdapChoices, Overview, Suggestion } from '@prosodist/language-server';
import { l10n, type TextDocument, Uri, window, workspace } from 'vscode';
import { askAll, askChoice, askText, BACK, type Question } from '../ask.js';
import { about, type Session } from '../session.js';
import { offerPlan } from './plan.js';

type Draft = { -readonly [Key in keyof LdapChoices]: LdapChoices[Key] };

/** Prosodist: Set up LDAP authentication… */
export async function setupLdap(session: Session): Promise<void> {
  const document = (await session.configuration()) ?? (await newConfiguration(session));
  if (!document) return;
  const overview = await session.request<Overview>('prosodist/overview', about(document));
  const draft: Draft = {};
  const complete = await askAll(l10n.t('Set up LDAP authentication'), questions(session, document, overview, draft));
  if (complete) await offerPlan(session, document, { kind: 'setup', choices: draft });
}

function questions(session: Session, document: TextDocument, overview: Overview, draft: Draft): Question[] {
  const { loginHosts, ways } = overview;
  let discovers = false;
  let known: Suggestion | undefined;
  const now = () => loginHosts.find(({ host }) => host === draft.host)?.current ?? null;
  const domain = () => known?.domain ?? (draft.host ?? '').split('.').slice(1).join('.');
  const text = async (answer: Promise<string | typeof BACK | undefined>, keep: (value: string) => void | Promise<void>) => {
    const value = await answer;
    if (value === undefined || value === BACK) return value;
    await keep(value);
    return 'next' as const;
  };
  const suggest = async (account?: { name: string; password: string }) => {
    const params = { ...about(document), server: (draft.servers ?? []).join(' '), account, ca: draft.ca };
    const title = l10n.t('Asking the directory');
    known = await session.watched<Suggestion>(title, 'prosodist/suggest', params);
    for (const line of known.told) session.output.info(line);
  };
  return [
    async at => {
      const [only] = loginHosts;
      if (loginHosts.length === 1 && only) {
        draft.host = only.host;
        return 'skip';
      }
      const items = loginHosts.map(({ host }) => ({ label: host, value: host }));
      if (items.length === 0) return 'skip'; // the plan says what is missing
      const answer = await askChoice(at, l10n.t('The virtual host that people log in to'), items);
      if (answer === undefined || answer === BACK) return answer;
      draft.host = answer.value;
      return 'next';
    },
    async at => {
      const items = ways.map(({ way, label, reasons }) => ({ label, detail: reasons.join('; '), value: way }));
      const answer = await askChoice(
        at,
        l10n.t('The module of Prosody that asks the directory'),
        items,
        ({ value }) => value === now()?.way,
      );
      if (answer === undefined || answer === BACK) return answer;
      draft.way = answer.value;
      return 'next';
    },
    async at => {
      const usual = draft.servers?.join(' ') ?? now()?.server ?? `ldaps://dc1.${domain()}`;
      const flaw = (value: string) => (value === '' ? l10n.t('Name a server, as its certificate does.') : undefined);
      return text(askText(at, l10n.t('The directory server; several with blanks between'), usual, { flaw }), value => {
        draft.servers = value.split(/[\s,]+/).map(server => (/:\/\//.test(server) ? server : `ldaps://${server}`));
      });
    },
    async at => {
      if (!draft.servers?.some(server => /^ldap:/i.test(server))) {
        delete draft.startTls;
        return 'skip';
      }
      const items = [
        { label: l10n.t('Ask for TLS on that connection (StartTLS)'), value: true },
        { label: l10n.t('Send passwords in the clear'), value: false },
      ];
      const answer = await askChoice(at, l10n.t('The connection begins in the clear'), items);
      if (answer === undefined || answer === BACK) return answer;
      draft.startTls = answer.value;
      return 'next';
    },
    async at => {
      if (!workspace.isTrusted) return 'skip';
      const items = [
        {
          label: l10n.t('Ask the directory for likely answers'),
          detail: l10n.t('Connects to {0} now', (draft.servers ?? []).join(' ')),
          value: true,
        },
        { label: l10n.t('Answer everything myself'), detail: l10n.t('Nothing is contacted'), value: false },
      ];
      const answer = await askChoice(at, l10n.t('Where the answers come from'), items);
      if (answer === undefined || answer === BACK) return answer;
      discovers = answer.value;
      if (discovers) await suggest();
      return 'next';
    },
    async at => {
      if (!known?.untrusted) return 'skip';
      const prompt = l10n.t(
        "This machine does not trust the directory's certificate. The PEM file of its authority (from the root on; empty: I see to it)",
      );
      const flaw = (value: string) =>
        value === '' || value.startsWith('/')
          ? undefined
          : l10n.t('Name the file from the root on: libldap does not look elsewhere.');
      return text(askText(at, prompt, draft.ca ?? '', { flaw }), value => {
        if (value === '') delete draft.ca;
        else draft.ca = value;
      });
    },
    async at => {
      const usual = draft.bindName ?? now()?.bindName ?? (domain() === '' ? '' : `prosody@${domain()}`);
      return text(askText(at, l10n.t('The account that searches for people'), usual), value => {
        draft.bindName = value;
      });
    },
    async at => {
      if (draft.bindName === '') return 'skip';
      const keeps = now()?.hasPassword === true;
      const flaw = (value: string) =>
        value === '' && !keeps ? l10n.t('Directories take no name without a password.') : undefined;
      const prompt = keeps
        ? l10n.t('Its password (empty: as it is)')
        : l10n.t('Its password; it is written into the settings and nowhere else');
      return text(askText(at, prompt, '', { password: true, flaw }), async value => {
        if (value === '') delete draft.password;
        else draft.password = { kind: 'text', value };
        if (discovers && value !== '') await suggest({ name: draft.bindName!, password: value });
      });
    },
    async at => {
      const usual = draft.base ?? now()?.base ?? known?.base ?? '';
      const flaw = (value: string) => (value === '' ? l10n.t('Name the container: OU=Staff,DC=example,DC=com.') : undefined);
      return text(askText(at, l10n.t('The container with the people (its DN)'), usual, { flaw }), value => {
        draft.base = value;
      });
    },
    async at => {
      const usual = draft.attribute ?? now()?.attribute ?? known?.attribute ?? 'sAMAccountName';
      return text(askText(at, l10n.t('The attribute with the name that people type'), usual), value => {
        draft.attribute = value;
      });
    },
    async at => {
      if (now()?.filter) return 'skip';
      const groups = (known?.groups ?? []).map(dn => ({ label: dn, value: dn }));
      const items = [{ label: l10n.t('Everybody in the container'), value: '' }, ...groups];
      if (groups.length === 0) {
        const prompt = l10n.t('A group whose members alone may log in (its DN; empty: everybody)');
        return text(askText(at, prompt, draft.group ?? ''), keepGroup);
      }
      const answer = await askChoice(at, l10n.t('Who may log in'), items);
      if (answer === undefined || answer === BACK) return answer;
      keepGroup(answer.value);
      return 'next';
    },
    async at => {
      const items = [
        { label: l10n.t('Guests may join without a password'), detail: `guest.${draft.host ?? ''}`, value: true },
        { label: l10n.t('Nobody without a password'), value: false },
      ];
      const answer = await askChoice(at, l10n.t('Guests'), items);
      if (answer === undefined || answer === BACK) return answer;
      draft.guests = answer.value;
      return 'next';
    },
  ];

  function keepGroup(dn: string): void {
    if (dn === '') delete draft.group;
    else draft.group = dn;
  }
}

/** A folder without a configuration gets one to begin with. */
async function newConfiguration(session: Session): Promise<TextDocument | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) {
    void window.showErrorMessage(l10n.t('Open the folder of the configuration first, such as /etc/prosody.'));
    return undefined;
  }
  const host = await window.showInputBox({
    title: l10n.t('There is no prosody.cfg.lua in this folder; one is begun'),
    prompt: l10n.t('The name under which people open Jitsi Meet'),
    placeHolder: 'meet.example.com',
    ignoreFocusOut: true,
    validateInput: value =>
      /^[\w-]+(\.[\w-]+)+$/.test(value.trim()) ? undefined : l10n.t('A host name, such as meet.example.com'),
  });
  if (host === undefined) return undefined;
  const { text } = await session.request<{ text: string }>('prosodist/starter', { host: host.trim() });
  const uri = Uri.joinPath(folder, 'prosody.cfg.lua');
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document);
  return document;
}
