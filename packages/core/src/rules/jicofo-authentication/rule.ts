import { effective, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn, providerOf } from '../support/hosts.js';
import { ANONYMOUS, meetingHosts, PASSWORD_PROVIDERS } from '../support/jitsi.js';
import { isUnset, isYes, type JitsiFile, jitsiFiles, placeOf, startOf, valueIn } from '../support/jitsi-files.js';
import { placeholderIn } from '../support/placeholder.js';
import { sectionNamed, sectionsAreKnown } from '../support/sections.js';

export const jicofoAuthentication: Rule = {
  name: 'jicofo-authentication',
  severity: 'warning',
  summary: 'Jicofo and Prosody do not agree about who has to log in.',
  fixable: 'never',
  source: "Jicofo's reference.conf: jicofo.authentication { enabled, type, login-url }; Jitsi's handbook, secure domain",
  since: '0.1.0',
  check: {
    configuration(context) {
      const { jicofo } = jitsiFiles(context);
      const mains = meetingHosts(context);
      if (!jicofo || !sectionsAreKnown(context) || mains.length === 0) return;
      if (isYes(valueIn(jicofo, ENABLED))) checkLogin(context, jicofo);
      else if (mains.length === 1 && isOff(jicofo)) checkOpen(context, jicofo, mains[0]!);
    },
  },
};

const ENABLED = 'jicofo.authentication.enabled';
const LOGIN = 'jicofo.authentication.login-url';

/** Said to be off, or for certain not said at all, in which case it is off. */
function isOff(jicofo: JitsiFile): boolean {
  const set = jicofo.settings.get(ENABLED);
  if (set) return set.value !== null && /^(?:false|no|off)$/i.test(set.value);
  return isUnset(jicofo, ENABLED) && !jicofo.settings.has('jicofo.authentication');
}

/** Jicofo wants people to log in: where do they? */
function checkLogin(context: RuleContext, jicofo: JitsiFile): void {
  const login = jicofo.settings.get(LOGIN);
  if (!login) {
    if (isUnset(jicofo, LOGIN) && !isToken(jicofo)) {
      const enabled = jicofo.settings.get(ENABLED)!;
      context.report({
        message: 'Jicofo wants people to log in, but `login-url` does not say on which virtual host',
        why: 'Nobody counts as logged in ("not authorized user domain"): no meeting starts.',
        help: 'Write `login-url: "example.com"`, with the name of the virtual host that people log in to.',
        at: placeOf(jicofo, enabled),
      });
    }
    return;
  }
  if (!login.value || placeholderIn(login.value) || /^https?:|\//.test(login.value)) return;
  const host = sectionNamed(context, login.value);
  const provider = host && providerOf(context, host.name);
  if (host?.kind === 'host' && !(provider !== undefined && ANONYMOUS.has(provider))) return;
  const option = host && effective(context.configuration, host.name, 'authentication');
  context.report({
    message:
      host?.kind === 'host'
        ? `Jicofo takes whoever is on \`${login.value}\` for logged in, but that virtual host lets everybody in (${provider})`
        : `Jicofo waits for people who log in on \`${login.value}\`, which is not a virtual host of Prosody's`,
    why:
      host?.kind === 'host'
        ? 'Nobody is asked for a password, and everybody may open meetings.'
        : 'Nobody can be logged in there ("not authorized user domain"): no meeting starts.',
    help:
      host?.kind === 'host'
        ? `Give \`${host.name}\` an \`authentication\` that asks, such as "internal_hashed"; guests get a virtual host of their own.`
        : 'Write the name of the virtual host that people log in to.',
    at: placeOf(jicofo, login),
    related: option ? [{ message: 'everybody gets in by this', at: option.setting.valueOrigin }] : [],
  });
}

function isToken(jicofo: JitsiFile): boolean {
  return /^(?:JWT|SHIBBOLETH)$/i.test(valueIn(jicofo, 'jicofo.authentication.type') ?? '');
}

/** Jicofo lets everybody open meetings, while Prosody has accounts, and a door beside them for guests. */
function checkOpen(context: RuleContext, jicofo: JitsiFile, main: Section): void {
  const provider = providerOf(context, main.name);
  const guest = sectionNamed(context, `guest.${main.name}`);
  if (!guest || provider === undefined || !PASSWORD_PROVIDERS.has(provider) || !isOn(guest)) return;
  if (!ANONYMOUS.has(providerOf(context, guest.name) ?? '')) return;
  const option = effective(context.configuration, main.name, 'authentication');
  const enabled = jicofo.settings.get(ENABLED);
  context.report({
    message: `Jicofo lets everybody open meetings, guests of \`${guest.name}\` too, though \`${main.name}\` asks for a password`,
    why: 'Guests need no one who has logged in: the password keeps nobody out.',
    help: `Write \`authentication { enabled: true, type: XMPP, login-url: "${main.name}" }\` into \`jicofo { }\`.`,
    at: enabled ? placeOf(jicofo, enabled) : startOf(jicofo),
    related: option ? [{ message: 'the password is asked for by this', at: option.setting.valueOrigin }] : [],
  });
}
