import { type Disposable, type DocumentSelector, LanguageStatusSeverity, languages } from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';

/** The item in the language status menu (the braces beside the language's name) that tells how the server is. */
export interface Status extends Disposable {
  follow(client: LanguageClient): void;
}

/** Makes the status item for the documents of `selector`. */
export function showState(selector: DocumentSelector): Status {
  const item = languages.createLanguageStatusItem('prosodist.server', selector);
  item.name = 'Prosodist';
  const show = (state: State) => {
    const up = state === State.Running || state === State.Starting;
    item.busy = state === State.Starting;
    item.severity = up ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Error;
    item.text = up ? 'Prosodist' : 'Prosodist is not running';
    item.command = up
      ? { title: 'Output', command: 'prosodist.showOutput' }
      : { title: 'Restart', command: 'prosodist.restart', tooltip: 'Start the language server again' };
  };
  return {
    follow: client => {
      show(client.state);
      client.onDidChangeState(({ newState }) => show(newState));
    },
    dispose: () => item.dispose(),
  };
}
