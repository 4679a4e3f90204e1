import { l10n } from 'vscode';
import { CloseAction, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

/** Milliseconds in which so many ends are one fault, and not bad luck. */
const WHILE = 3 * 60_000;
const MOST = 4;

/**
 * What happens when the server ends without having been asked to: it is started again and the log says so; the editor sends it the
 * texts anew, so that nobody has to do anything. One that ends again and again is left alone, and the person is told.
 * @param again starts another one, with another client: a client whose server ended while it started is of no use any more
 * @returns what the client wants, and `forget` for when a person starts the server anew: what was before counts no more
 */
export function restarts(again: () => void): ErrorHandler & { forget(): void } {
  let ends: number[] = [];
  return {
    forget: () => {
      ends = [];
    },
    // a message could not be sent: where that is grave, the end follows
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      const now = Date.now();
      ends = [...ends.filter(at => now - at < WHILE), now];
      if (ends.length <= MOST) {
        setTimeout(again, 0); // once the client has put everything away
        const message = 'The language server ended without having been asked to; it is started again.';
        return { action: CloseAction.DoNotRestart, handled: true, message };
      }
      const message = l10n.t(
        'The language server ended {0} times in three minutes and is not started again. The output tells why; “Prosodist: Restart server” starts it.',
        ends.length,
      );
      return { action: CloseAction.DoNotRestart, message };
    },
  };
}
