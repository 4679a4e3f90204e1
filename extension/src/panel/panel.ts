import type { Location, PathView } from '@prosodist/language-server';
import { type Disposable, l10n, type TextDocument, ViewColumn, type WebviewPanel, window } from 'vscode';
import { goTo } from '../documents.js';
import { about, type Session } from '../session.js';
import { pathPage, type Words } from './page.js';

/** What is looked at beside the configuration. */
export interface Look {
  readonly directory?: boolean;
  readonly user?: string;
  readonly password?: string;
}

/** The panel with the way of a login. There is one; it shows what was asked for last. */
export interface PathPanel extends Disposable {
  /** @returns what is shown; undefined where it was called off, or failed */
  show(document: TextDocument, host: string, look: Look): Promise<PathView | undefined>;
}

interface Shown {
  readonly document: TextDocument;
  readonly host: string;
  readonly asked: boolean;
}

/** What its page says to the extension. */
type Said = { readonly go: number } | { readonly host: string } | { readonly run: string };

/** @param run runs a command for a host: what the buttons of the page do */
export function pathPanel(session: Session, run: (command: string, host: string) => void): PathPanel {
  let panel: WebviewPanel | undefined;
  let shown: Shown | undefined;
  let places: readonly Location[] = [];

  const look = async (document: TextDocument, host: string, { directory = false, user, password }: Look) => {
    const params = { ...about(document), ...(host !== '' && { host }), directory, user, password };
    return directory
      ? session.watched<PathView>(l10n.t('Asking the directory of {0}', host), 'prosodist/path', params)
      : session.request<PathView>('prosodist/path', params);
  };
  const draw = (path: PathView) => {
    const page = pathPage(path, nonce(), words());
    places = page.places;
    if (panel) {
      panel.title = l10n.t('Login at {0}', path.host);
      panel.webview.html = page.html;
    }
  };
  const again = async () => {
    // what a directory has said stays until it is asked again
    if (!panel?.visible || !shown || shown.asked) return;
    const path = await look(shown.document, shown.host, {}).catch(() => undefined);
    if (path && shown) draw(path);
  };
  const hear = async (said: Said) => {
    if ('go' in said && places[said.go]) await goTo(places[said.go]!);
    if ('host' in said && shown) await self.show(shown.document, said.host, {});
    if ('run' in said && shown) run(said.run, shown.host);
  };
  const open = () => {
    panel = window.createWebviewPanel(
      'prosodist.path',
      l10n.t('Login'),
      { viewColumn: ViewColumn.Beside, preserveFocus: false },
      {
        enableScripts: true,
        localResourceRoots: [],
      },
    );
    panel.webview.onDidReceiveMessage((said: Said) => void hear(said));
    panel.onDidDispose(() => {
      panel = undefined;
      shown = undefined;
    });
  };
  const listener = session.onDidChange(() => void again());
  const self: PathPanel = {
    show: async (document, host, wish) => {
      const path = await look(document, host, wish).catch((error: Error) => {
        if (!/cancelled/i.test(error.message)) void window.showErrorMessage(error.message);
        return undefined;
      });
      if (!path) return undefined;
      if (panel) panel.reveal(undefined, false);
      else open();
      shown = { document, host: path.host, asked: wish.directory === true };
      draw(path);
      return path;
    },
    dispose: () => {
      listener.dispose();
      panel?.dispose();
    },
  };
  return self;
}

function nonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(18)), byte => byte.toString(16).padStart(2, '0')).join('');
}

function words(): Words {
  return {
    title: host => l10n.t('The path of a login at {0}', host),
    states: { green: l10n.t('good'), amber: l10n.t('in doubt'), red: l10n.t('broken'), grey: l10n.t('not looked at') },
    first: (station, text) => l10n.t('First at {0}: {1}', station, text),
    nothing: l10n.t('Nothing stands in the way of this login.'),
    settings: l10n.t('Settings'),
    byDefault: l10n.t('default'),
    why: l10n.t('Why'),
    help: l10n.t('To do'),
    log: l10n.t('Prosody logs'),
    place: l10n.t('Go to'),
    host: l10n.t('Virtual host'),
    rehearse: l10n.t('Rehearse a Login…'),
    check: l10n.t('Check the Directory'),
    offline: l10n.t('From the configuration and this machine; no directory was asked.'),
    asked: user =>
      user === null ? l10n.t('The directory was asked.') : l10n.t('The directory was asked, and a login of {0} rehearsed.', user),
    elsewhere: count => l10n.t('{0} more findings do not concern this login: see Problems.', count),
  };
}
