import { nearestName } from '../../catalog/index.js';
import { type KeyLine, lineOf, SASLAUTHD_ALIASES, SASLAUTHD_KEYS, saslSwitch } from '../../ldap/index.js';
import type { Severity } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { cyrusHosts, keyPlace, saslauthdConf, saslSettings, valuePlace } from '../support/saslauthd.js';
import { type SystemFile, systemOf } from '../support/system.js';
import { listWords } from '../support/words.js';

export const malformedSaslFile: Rule = {
  name: 'malformed-sasl-file',
  severity: 'error',
  summary: 'A file of SASL has a line that it does not understand, or a setting that it does not know.',
  fixable: 'never',
  source:
    'cyrus-sasl 2.1.28, lib/config.c, saslauthd/lak.c (lak_config_read), saslauthd/LDAP_SASLAUTHD; recorded: every such mistake is "reason=Unknown"',
  since: '0.1.0',
  check: {
    configuration(context) {
      const conf = saslauthdConf(context);
      if (conf) checkSaslauthd(context, conf);
      for (const host of cyrusHosts(context)) {
        const file = saslSettings(context, host)?.file;
        if (file) checkApplication(context, file, conf !== undefined);
      }
    },
  },
};

/** What examples have for a password. */
const PLACEHOLDER = /^(?:change[-_ ]?(?:me|this)|secret|password|<.*>|your[-_ ]?(?:password|secret)|[\u2026*]+|x{3,})$/i;
const REFUSED = 'Every login is refused; saslauthd logs no more than "reason=Unknown".';

function badLines(context: RuleContext, file: SystemFile, why: string): void {
  for (const { start, end, found } of file.bad) {
    const template = /\{\{|\}\}/.test(file.text.slice(start, end));
    context.report({
      message: template
        ? 'this line of a template is still here: the template was not filled in'
        : `this is no setting: ${found === '=' ? 'between name and value stands "=", not ":"' : 'a setting is "name: value"'}`,
      why,
      help: template ? 'Make the file from its template again.' : 'Write "name: value".',
      at: { file: file.path, start, end },
    });
  }
}

function checkSaslauthd(context: RuleContext, file: SystemFile): void {
  badLines(context, file, `saslauthd does not read the rest of the file either. ${REFUSED}`);
  for (const line of file.lines) {
    const key = line.key.toLowerCase();
    if (/^ldap_(?:bind_pw|password)$/.test(key) && PLACEHOLDER.test(line.value)) {
      report(context, 'warning', {
        message: `\`${line.key}\` is a placeholder, not a password`,
        why: `The directory refuses the account of the service, or everybody can guess its password. ${REFUSED}`,
        help: 'Write the password of the account.',
        at: valuePlace(file, line),
      });
      continue;
    }
    if (Object.hasOwn(SASLAUTHD_KEYS, key)) checkValue(context, file, line);
    else {
      const meant = SASLAUTHD_ALIASES[key] ?? nearestName(key, Object.keys(SASLAUTHD_KEYS));
      report(context, meant ? 'error' : 'warning', {
        message: `saslauthd does not know \`${line.key}\`${meant ? `; the setting is \`${meant}\`` : ''}`,
        why: 'It passes it over and says nothing, so its default holds.',
        help: meant ? `Write \`${meant}\`.` : 'Remove the line.',
        at: keyPlace(file, line),
      });
    }
  }
}

function checkValue(context: RuleContext, file: SystemFile, line: KeyLine): void {
  const kind = SASLAUTHD_KEYS[line.key.toLowerCase()]!;
  const at = valuePlace(file, line);
  const quoted = /^(["']).*\1$/.test(line.value);
  if (/\{\{|\$\{/.test(line.value)) {
    const message = `\`${line.key}\` has a piece of a template, which was not filled in`;
    report(context, 'error', { message, why: REFUSED, help: 'Make the file from its template again.', at });
  } else if (quoted) {
    const message = `the quotes around \`${line.key}\` are part of its value`;
    report(context, 'error', {
      message,
      why: `saslauthd takes all that is behind the colon. ${REFUSED}`,
      help: 'Remove the quotes.',
      at,
    });
  } else if (Array.isArray(kind) && !kind.includes(line.value.toLowerCase())) {
    const message = `\`${line.key}\` cannot be "${line.value}"`;
    report(context, 'warning', {
      message,
      why: 'saslauthd uses its default and says nothing.',
      help: `Write ${listWords(kind, 'or')}.`,
      at,
    });
  } else if (kind === 'boolean' && saslSwitch(line.value) === undefined) {
    const message = `\`${line.key}\` is neither yes nor no`;
    report(context, 'warning', {
      message,
      why: 'saslauthd takes it for no and says nothing.',
      help: 'Write yes or no, in small letters.',
      at,
    });
  } else if (line.key.toLowerCase() === 'ldap_tls_ciphers') checkCiphers(context, line, at);
}

/** Debian's libldap uses GnuTLS, whose lists of ciphers begin with one of these words. */
function checkCiphers(context: RuleContext, line: KeyLine, at: ReturnType<typeof valuePlace>): void {
  const debian = systemOf(context)?.text('/etc/debian_version') !== undefined;
  if (!debian || /^(?:NONE|NORMAL|LEGACY|PERFORMANCE|PFS|SECURE|SUITEB|SYSTEM|@)/.test(line.value)) return;
  report(context, 'error', {
    message: `\`${line.key}\` is a list for OpenSSL, but Debian's LDAP library uses GnuTLS`,
    why: `It cannot use the list, so no encrypted connection is made. ${REFUSED}`,
    help: 'Remove the line.',
    at,
  });
}

function checkApplication(context: RuleContext, file: SystemFile, asksLdap: boolean): void {
  badLines(
    context,
    file,
    'libsasl then reads nothing of the file: every login fails, or mechanisms are offered that nobody wanted.',
  );
  const method = lineOf(file, 'pwcheck_method', 'first');
  const list = lineOf(file, 'mech_list', 'first');
  if (asksLdap && file.bad.length === 0 && !/\bsaslauthd\b/.test(method?.value ?? '')) {
    const first = method ?? file.lines[0];
    context.report({
      message: method ? `\`pwcheck_method: ${method.value}\` does not ask saslauthd` : '`pwcheck_method: saslauthd` is missing',
      why: 'libsasl looks passwords up in a database of its own, where nobody is: every login is refused ("user not found").',
      help: 'Write `pwcheck_method: saslauthd`.',
      at: { file: file.path, start: method ? method.valueStart : (first?.keyStart ?? 0), end: first?.valueEnd ?? 0 },
    });
  } else if (list && /\bsaslauthd\b/.test(method?.value ?? '') && !/\b(?:PLAIN|LOGIN)\b/i.test(list.value)) {
    context.report({
      message: '`mech_list` has no mechanism that saslauthd can serve',
      why: 'saslauthd needs the password itself, which only PLAIN gives: nobody can log in.',
      help: 'Write `mech_list: PLAIN`.',
      at: valuePlace(file, list),
    });
  }
}

function report(context: RuleContext, severity: Severity, finding: Omit<Parameters<RuleContext['report']>[0], 'severity'>): void {
  context.report({ severity, ...finding });
}
