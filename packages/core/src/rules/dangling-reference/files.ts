import { components, hosts } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';
import { accountOf } from '../support/jitsi.js';
import { type JitsiFile, type JitsiFiles, placeOf, valueIn } from '../support/jitsi-files.js';
import { placeholderIn } from '../support/placeholder.js';
import { sectionNamed } from '../support/sections.js';

interface Reference {
  readonly path: string;
  readonly kind: 'component' | 'virtual host';
  readonly effect: string;
}

const JICOFO: readonly Reference[] = [
  { path: 'jicofo.xmpp.client.domain', kind: 'virtual host', effect: 'Jicofo cannot log in: no meeting starts.' },
  {
    path: 'jicofo.xmpp.client.xmpp-domain',
    kind: 'virtual host',
    effect: 'Jicofo waits for people of a domain that nobody is on.',
  },
  { path: 'jicofo.xmpp.client.client-proxy', kind: 'component', effect: 'Clients do not find Jicofo: no meeting starts.' },
  { path: 'jicofo.xmpp.client.conference-muc-jid', kind: 'component', effect: 'Jicofo knows no rooms: no meeting starts.' },
  {
    path: 'jicofo.bridge.brewery-jid',
    kind: 'component',
    effect: 'Jicofo finds no videobridge: meetings have neither sound nor picture.',
  },
  { path: 'jicofo.jibri.brewery-jid', kind: 'component', effect: 'Jicofo finds no recorder.' },
  { path: 'jicofo.jigasi.brewery-jid', kind: 'component', effect: 'Jicofo finds no gateway to the telephone.' },
];

const WEB: readonly Reference[] = [
  {
    path: 'hosts.domain',
    kind: 'virtual host',
    effect: 'Browsers ask Prosody for a host that it does not serve: nobody gets in.',
  },
  { path: 'hosts.authdomain', kind: 'virtual host', effect: 'Nobody can log in.' },
  { path: 'hosts.muc', kind: 'component', effect: 'Browsers look for rooms where there are none: nobody gets into a meeting.' },
  { path: 'hosts.focus', kind: 'component', effect: 'Browsers do not find Jicofo: no meeting starts.' },
];

/** Names in Jitsi's own files that Prosody does not serve. The guests' domain has a rule of its own, missing-guest-host. */
export function reportFiles(context: RuleContext, { jicofo, web }: JitsiFiles): void {
  // a configuration without hosts or components is not the one that these files speak of
  if (hosts(context.configuration).length === 0 || components(context.configuration).length === 0) return;
  const here = valueIn(jicofo, 'jicofo.xmpp.client.hostname');
  if (jicofo && (here === undefined || isHere(here))) for (const reference of JICOFO) check(context, jicofo, reference);
  for (const file of web) {
    // of several domains, some may be served by another machine: only a file that speaks of this one counts
    const all = WEB.filter(({ path }) => valueIn(file, path) !== undefined);
    if (all.some(reference => isServed(context, valueIn(file, reference.path)!)) || web.length === 1)
      for (const reference of all) check(context, file, reference);
  }
}

/** Jicofo's server is this machine, or the container of docker-jitsi-meet. */
function isHere(name: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|::1|xmpp\.meet\.jitsi|prosody)$/.test(name);
}

function isServed(context: RuleContext, name: string): boolean {
  return sectionNamed(context, accountOf(name)?.host ?? name) !== undefined;
}

function check(context: RuleContext, file: JitsiFile, { path, kind, effect }: Reference): void {
  const setting = file.settings.get(path);
  if (!setting?.value || placeholderIn(setting.value)) return;
  const name = accountOf(setting.value)?.host ?? setting.value;
  const found = sectionNamed(context, name);
  if (found && (found.kind === 'component') === (kind === 'component')) return;
  context.report({
    message: found
      ? `\`${path}\` names \`${name}\`, which Prosody has as a ${found.kind === 'host' ? 'virtual host' : 'component'}, not a ${kind}`
      : `\`${path}\` names \`${name}\`, but Prosody has no ${kind} of that name`,
    why: effect,
    help: `Write the name of the ${kind} as Prosody's configuration has it.`,
    at: placeOf(file, setting),
    related: found?.openings[0] ? [{ message: 'here', at: found.openings[0].nameOrigin }] : [],
  });
}
