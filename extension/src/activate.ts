import { commands, type ExtensionContext, window } from 'vscode';
import { checkDirectory, rehearseLogin, showPath } from './commands/login.js';
import { chooseVersion, fixAll, migrate, showEffective } from './commands/others.js';
import { servePlans } from './commands/plan.js';
import { setupLdap } from './commands/setup.js';
import { goTo } from './documents.js';
import { pathPanel } from './panel/panel.js';
import { type MakeClient, newSession } from './session.js';
import { showStatus } from './views/status.js';
import { configurationTree } from './views/tree.js';

/** Starts all that the extension is: VS Code calls this when the first Prosody configuration is opened, or a command is run. */
export async function start(context: ExtensionContext, makeClient: MakeClient): Promise<void> {
  const session = newSession(makeClient);
  const panel = pathPanel(session, (command, host) => void commands.executeCommand(command, undefined, host));
  /** What goes wrong is said to the person; nothing is lost by it. */
  const command = (name: string, run: (...given: never[]) => unknown) =>
    commands.registerCommand(name, async (...given: never[]) => {
      try {
        await run(...given);
      } catch (error) {
        session.output.error(String(error));
        void window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    });
  context.subscriptions.push(
    session,
    panel,
    showStatus(session),
    configurationTree(session),
    servePlans(),
    command('prosodist.setupLdap', () => setupLdap(session)),
    command('prosodist.showPath', (_uri?: unknown, host?: string) => showPath(session, panel, named(host))),
    command('prosodist.checkDirectory', (_uri?: unknown, host?: string) =>
      checkDirectory(session, panel, undefined, named(host)),
    ),
    command('prosodist.testDirectory', (uri: string, host: string) => checkDirectory(session, panel, uri, host)),
    command('prosodist.rehearseLogin', (_uri?: unknown, host?: string) => rehearseLogin(session, panel, context, named(host))),
    command('prosodist.showEffective', (scope?: unknown) => showEffective(session, scopeOf(scope))),
    command('prosodist.migrate', () => migrate(session)),
    command('prosodist.chooseVersion', () => chooseVersion(session)),
    command('prosodist.fixAll', fixAll),
    command('prosodist.goTo', goTo),
    command('prosodist.restart', () => session.restart()),
    command('prosodist.showOutput', () => session.output.show()),
  );
  // The client has told the user already; the commands stay, and the status item offers a restart.
  await session.start().catch(reason => session.output.error(String(reason)));
  session.refresh();
}

/** A menu gives a command arguments of its own. */
function named(host: unknown): string | undefined {
  return typeof host === 'string' && host !== '' ? host : undefined;
}

/** The section of a node of the tree. */
function scopeOf(node: unknown): string | undefined {
  const { section } = (node ?? {}) as { section?: { scope?: unknown } };
  return named(section?.scope);
}
