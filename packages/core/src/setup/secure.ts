// Whether Prosody takes connections that come through the web server for secure.
import { loadedModules } from '../evaluate/index.js';
import type { Operation } from '../patch/index.js';
import { current, type Draft, isRefused, operate } from './draft.js';
import type { SetupStep } from './types.js';

const WHY =
  "The directory's modules can take passwords as they are only (PLAIN), and Prosody offers that on connections that it thinks secure. TLS ends at the web server in front, so it has to be told; the web server must be the only one who can reach Prosody's port 5280.";

/**
 * `consider_bosh_secure` for BOSH, `consider_websocket_secure` for WebSocket: two switches, each in the global section, where alone
 * they count. Seen with both versions: below a VirtualHost they have no effect.
 */
export function secureStep(draft: Draft, host: string): SetupStep {
  const common = { step: 'secure', why: WHY, help: null, at: [], shown: [] } as const;
  const found = loadedModules(current(draft)).find(one => one.host === host);
  const names = new Set(found?.modules.map(({ name }) => name));
  const uncertain = found?.unknown.some(({ name }) => name === null || name === 'bosh') ?? true;
  const wanted = [
    ...(names.has('bosh') || uncertain ? ['consider_bosh_secure'] : []),
    ...(names.has('websocket') ? ['consider_websocket_secure'] : []),
  ];
  if (wanted.length === 0)
    return {
      ...common,
      status: 'told',
      what: `neither mod_bosh nor mod_websocket is enabled for ${host}`,
      help: 'Jitsi Meet needs one of them; this is right for XMPP clients only.',
    };
  const said = operate(
    draft,
    'secure',
    wanted.map((name): Operation => ({ op: 'set', scope: 'global', name, value: true })),
  );
  if (isRefused(said)) return said;
  return said.length === 0
    ? {
        ...common,
        status: 'done',
        what: `${wanted.map(name => `\`${name}\``).join(' and ')} ${wanted.length > 1 ? 'are' : 'is'} true in the global section`,
      }
    : { ...common, status: 'todo', what: said.join('; ') };
}
