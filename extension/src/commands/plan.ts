import type { ApplyAnswer, PlanAsked, PlanView } from '@prosodist/language-server';
import { commands, type Disposable, l10n, type TextDocument, Uri, window, workspace } from 'vscode';
import { goTo } from '../documents.js';
import { about, type Session } from '../session.js';
import { converters } from '../web-files.js';

const SCHEME = 'prosodist-plan';
const shown = new Map<string, string>();

/** Serves the two sides of a plan's diff; nothing of it is on disk, and no secret is in it. */
export function servePlans(): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: ({ query }) => shown.get(query) ?? '',
  });
}

/** Shows a plan as a diff and, where the person wants it, has it applied as one edit. */
export async function offerPlan(session: Session, document: TextDocument, job: PlanAsked['job']): Promise<void> {
  const clear = job.kind === 'setup' && job.choices.startTls === false;
  const asked = { ...about(document), job, allowPlaintext: clear };
  const plan = await session.request<PlanView>('prosodist/plan', asked);
  if (plan.refused) return refuse(plan);
  if (plan.files.length === 0) {
    void window.showInformationMessage(l10n.t('{0}: all is so already.', plan.title));
    return;
  }
  await showDiff(plan);
  if (!(await confirmed(plan))) {
    void window.showInformationMessage(l10n.t('Nothing was changed.'));
    return;
  }
  const answer = await session.request<ApplyAnswer>('prosodist/apply', { ...asked, id: plan.id });
  if (!answer.ok) {
    void window.showErrorMessage(answer.problem ?? l10n.t('The changes were not made.'));
    return;
  }
  session.refresh();
  await afterwards(plan, answer.files);
}

async function refuse({ refused }: PlanView): Promise<void> {
  const { what, help, at } = refused!;
  const go = l10n.t('Go There');
  const chosen = await window.showErrorMessage(help ? `${what}. ${help}` : what, ...(at ? [go] : []));
  if (chosen === go && at) await goTo(at);
}

async function showDiff(plan: PlanView): Promise<void> {
  shown.clear();
  const rows = plan.files.map(({ uri, name, before, after }, index): [Uri, Uri, Uri] => {
    const side = (of: string, text: string) => {
      const query = `${plan.id}.${index}.${of}`;
      shown.set(query, text);
      // the same path on both sides: otherwise the editor takes it for a new name
      return Uri.from({ scheme: SCHEME, path: `/${name}`, query });
    };
    return [converters.protocol2Code(uri), side('now', before ?? ''), side('then', after)];
  });
  await commands.executeCommand('vscode.changes', plan.title, rows);
}

const ICONS = { done: 'pass', todo: 'circle-large-outline', told: 'person', refused: 'error' } as const;

/** Paths in the folder that is open without it; others as the machine of that folder sees them, where it is a mounted one. */
function near(text: string): string {
  return (workspace.workspaceFolders ?? []).reduce((said, { uri: { path } }) => {
    const root = path.endsWith('/etc/prosody') ? path.slice(0, -'/etc/prosody'.length) : '';
    const inside = said.replaceAll(`${path}/`, '');
    return root === '' ? inside : inside.replaceAll(`${root}/`, '/');
  }, text);
}

/** The plan in words, above its diff; the first line does it. */
async function confirmed(plan: PlanView): Promise<boolean> {
  const input = window.createQuickPick();
  const yes = {
    label: `$(check) ${l10n.t('Apply')}`,
    detail: l10n.t('{0} files in one edit; Undo takes it back', plan.files.length),
    alwaysShow: true,
  };
  const no = { label: `$(close) ${l10n.t('Do nothing')}` };
  input.title = plan.title;
  input.ignoreFocusOut = true;
  input.items = [
    yes,
    no,
    ...plan.steps.map(({ status, what, help }, index) => {
      // a row is as wide as it is: what does not fit is not read
      const [first = '', ...rest] = near(what).split('; ');
      const more = [...rest, ...(help !== null && status !== 'done' ? [help] : [])];
      return { label: `$(${ICONS[status]}) ${index + 1}. ${first}`, ...(more.length > 0 && { detail: more.join('; ') }) };
    }),
    ...plan.links.map(link => ({ label: `$(link) ${near(link)}` })),
    ...plan.notes.map(note => ({ label: `$(info) ${near(note)}` })),
  ];
  input.activeItems = [yes];
  return new Promise(resolve => {
    input.onDidAccept(() => {
      const [chosen] = input.selectedItems;
      if (chosen !== yes && chosen !== no) return; // reading is not choosing
      resolve(chosen === yes);
      input.dispose();
    });
    input.onDidHide(() => {
      resolve(false);
      input.dispose();
    });
    input.show();
  });
}

/** What is left to do: a new file has its text only once it is saved. */
async function afterwards(plan: PlanView, files: readonly string[]): Promise<void> {
  const save = l10n.t('Save');
  const restart = plan.notes.at(-1);
  const said = l10n.t('{0}: done, and not saved yet. {1}', plan.title, restart ?? '');
  if ((await window.showInformationMessage(said.trim(), save)) !== save) return;
  for (const uri of files) {
    // by its document: a file that no editor shows is saved, too
    const document = await workspace.openTextDocument(converters.protocol2Code(uri));
    if (document.isDirty && !(await document.save()))
      return void window.showErrorMessage(
        l10n.t('{0} could not be saved; the plan is done, and not all of it on the disk.', document.fileName),
      );
  }
}
