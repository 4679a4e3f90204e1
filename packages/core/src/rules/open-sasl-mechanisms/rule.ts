import { effective } from '../../evaluate/index.js';
import { lineOf } from '../../ldap/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { cyrusHosts, type SaslSettings, saslSettings, valuePlace } from '../support/saslauthd.js';

export const openSaslMechanisms: Rule = {
  name: 'open-sasl-mechanisms',
  severity: 'error',
  summary: 'A host with cyrus does not say which mechanisms it takes: ANONYMOUS is offered, and it succeeds.',
  fixable: 'never',
  source: 'libsasl 2.1.28, sasl_server_init and sasl_listmech; recorded on Prosody 0.12.3: "Authenticated as anonymous@…"',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const host of cyrusHosts(context)) {
        const settings = saslSettings(context, host);
        if (settings?.file) checkFile(context, settings, host);
        else if (settings?.lacking) reportMissing(context, settings, host);
      }
    },
  },
};

const WHY =
  'libsasl then offers every mechanism that is installed. With libsasl2-modules ANONYMOUS is among them: whoever comes is let in, and for Jitsi Meet is a user who has logged in.';

function checkFile(context: RuleContext, { file }: SaslSettings, host: string): void {
  const provider = effective(context.configuration, host, 'authentication');
  const list = file && lineOf(file, 'mech_list', 'first');
  // a file that libsasl cannot read is said by malformed-sasl-file
  if (!file || file.bad.length > 0) return;
  if (list) {
    const found = /\bANONYMOUS\b/i.exec(list.value);
    if (!found) return;
    const place = valuePlace(file, list);
    context.report({
      message: '`mech_list` has ANONYMOUS',
      why: 'Whoever comes is let in without a name or password, and for Jitsi Meet is a user who has logged in.',
      help: 'Write `mech_list: PLAIN`.',
      at: { file: file.path, start: place.start + found.index, end: place.start + found.index + 'ANONYMOUS'.length },
    });
    return;
  }
  const first = file.lines[0];
  context.report({
    message: `${file.path} has no \`mech_list\`, so \`${host}\` takes anonymous users`,
    why: WHY,
    help: 'Add the line `mech_list: PLAIN`.',
    at: { file: file.path, start: first?.keyStart ?? 0, end: first?.valueEnd ?? 0 },
    related: provider ? [{ message: 'used by this', at: provider.setting.valueOrigin }] : [],
  });
}

function reportMissing(context: RuleContext, { application }: SaslSettings, host: string): void {
  const { configuration } = context;
  const provider = effective(configuration, host, 'authentication');
  if (!provider) return;
  const name = effective(configuration, host, 'cyrus_application_name');
  context.report({
    message: `\`${host}\` takes anonymous users: there is no /etc/sasl/${application}.conf`,
    why: WHY,
    help: `Write /etc/sasl/${application}.conf with the lines \`pwcheck_method: saslauthd\` and \`mech_list: PLAIN\`.`,
    at: name ? name.setting.valueOrigin : provider.setting.valueOrigin,
    related: name ? [{ message: 'used by this', at: provider.setting.valueOrigin }] : [],
  });
}
