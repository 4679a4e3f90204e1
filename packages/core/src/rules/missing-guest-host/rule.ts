import { hosts, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn, providerOf } from '../support/hosts.js';
import { ANONYMOUS, meetingHosts, PASSWORD_PROVIDERS } from '../support/jitsi.js';
import { isUnset, type JitsiFile, jitsiFiles, placeOf, valueIn } from '../support/jitsi-files.js';
import { placeholderIn } from '../support/placeholder.js';
import { sectionsAsRelated } from '../support/section-place.js';
import { sectionNamed, sectionsAreKnown } from '../support/sections.js';

export const missingGuestHost: Rule = {
  name: 'missing-guest-host',
  severity: 'warning',
  summary: "Prosody and the web client's config.js do not agree about the virtual host of the guests.",
  fixable: 'never',
  source: "Jitsi Meet's config.js: `hosts.anonymousdomain`; Jitsi's handbook, secure domain",
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      for (const file of jitsiFiles(context).web) {
        const domain = valueIn(file, 'hosts.domain');
        const main = domain === undefined ? undefined : sectionNamed(context, domain);
        if (main?.kind !== 'host') continue;
        const guests = file.settings.get('hosts.anonymousdomain');
        if (guests?.value) named(context, file, guests.value, placeOf(file, guests));
        else if (isUnset(file, 'hosts.anonymousdomain')) unnamed(context, file, main);
      }
    },
  },
};

function named(context: RuleContext, file: JitsiFile, name: string, at: ReturnType<typeof placeOf>): void {
  const host = sectionNamed(context, name);
  if (placeholderIn(name) || host?.kind === 'host') return;
  context.report({
    message: `guests are sent to \`${name}\`, but Prosody has no virtual host of that name`,
    why: 'Whoever has no account cannot get in: Prosody answers that it does not serve this host.',
    help: `Define \`VirtualHost "${name}"\` with \`authentication = "jitsi-anonymous"\`, or take \`anonymousdomain\` out of ${file.file}.`,
    at,
  });
}

/** The host for guests is there, and nobody is sent to it. */
function unnamed(context: RuleContext, file: JitsiFile, main: Section): void {
  const provider = providerOf(context, main.name);
  const guest = hosts(context.configuration).find(host => host.name === `guest.${main.name}`);
  if (!guest || !isOn(guest) || provider === undefined || !PASSWORD_PROVIDERS.has(provider)) return;
  if (!ANONYMOUS.has(providerOf(context, guest.name) ?? '') || !meetingHosts(context).includes(main)) return;
  const domain = file.settings.get('hosts.domain')!;
  context.report({
    message: `\`${guest.name}\` is there for guests, but \`hosts.anonymousdomain\` does not send them to it`,
    why: `Guests come to \`${main.name}\`, where ${provider} asks them for a name and a password.`,
    help: `Write \`anonymousdomain: '${guest.name}'\` into \`hosts\` of this file.`,
    at: placeOf(file, domain),
    related: sectionsAsRelated('the host for guests', [guest]),
  });
}
