import { effective, hosts } from '../../evaluate/index.js';
import type { JitsiSetting } from '../../jitsi/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { providerOf } from '../support/hosts.js';
import { isYes, type JitsiFile, jitsiFiles, keyOf, placeOf, valueIn } from '../support/jitsi-files.js';
import { listWords } from '../support/words.js';

export const dockerEnvironment: Rule = {
  name: 'docker-environment',
  severity: 'warning',
  summary: "docker-jitsi-meet's `.env` asks for what will not come to be, or not for what Prosody has.",
  fixable: 'never',
  source: 'docker-jitsi-meet: prosody/rootfs/defaults/conf.d/jitsi-meet.cfg.lua and saslauthd.conf, which read the variables',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { environment } = jitsiFiles(context);
      if (!environment) return;
      const on = isYes(valueIn(environment, 'ENABLE_AUTH'));
      checkType(context, environment, on);
      if (!on) checkOff(context, environment);
      else checkLdap(context, environment);
      checkRendered(context, environment, on);
    },
  },
};

const TYPES: Readonly<Record<string, readonly string[]>> = {
  internal: ['internal_hashed', 'internal_plain'],
  ldap: ['cyrus'],
  // the provider can be chosen by JWT_AUTH_TYPE
  jwt: [],
  matrix: ['matrix_user_verification'],
  hybrid_matrix_token: ['hybrid_matrix_token'],
};

function checkType(context: RuleContext, environment: JitsiFile, on: boolean): void {
  const type = environment.settings.get('AUTH_TYPE');
  if (!on || type?.value === undefined || type.value === null || type.value === '' || Object.hasOwn(TYPES, type.value)) return;
  context.report({
    severity: 'error',
    message: `\`AUTH_TYPE=${type.value}\` is not one that docker-jitsi-meet knows: ${listWords(Object.keys(TYPES), 'or')}`,
    why: 'The virtual host gets no `authentication` at all, so Prosody asks for its own accounts, which nobody has.',
    help: `Write one of ${listWords(
      Object.keys(TYPES).map(name => `\`${name}\``),
      'or',
    )}.`,
    at: placeOf(environment, type),
  });
}

/** What is of use only with authentication, which is off. */
function checkOff(context: RuleContext, environment: JitsiFile): void {
  const enabled = environment.settings.get('ENABLE_AUTH');
  if (enabled && (enabled.value === null || !/^(?:0|false|no|off|)$/i.test(enabled.value))) return;
  const type = environment.settings.get('AUTH_TYPE');
  const guests = environment.settings.get('ENABLE_GUESTS');
  const found = type?.value && type.value !== 'internal' ? type : isYes(guests?.value ?? undefined) ? guests : undefined;
  if (!found) return;
  context.report({
    message: `\`${found.path}\` has no effect without \`ENABLE_AUTH=1\``,
    why: 'Everybody gets in without a name or password, and may open meetings.',
    help: 'Write `ENABLE_AUTH=1`, or remove this line.',
    at: keyOf(environment, found),
    related: enabled ? [{ message: 'authentication is off', at: placeOf(environment, enabled) }] : [],
  });
}

function checkLdap(context: RuleContext, environment: JitsiFile): void {
  if (valueIn(environment, 'AUTH_TYPE') !== 'ldap') return;
  const type = environment.settings.get('AUTH_TYPE')!;
  const url = environment.settings.get('LDAP_URL');
  if (!url || url.value === '') {
    context.report({
      severity: 'error',
      message: '`AUTH_TYPE=ldap`, but `LDAP_URL` does not say where the directory is',
      why: 'saslauthd asks ldap://localhost/, which in the container is nobody: no login works.',
      help: 'Write `LDAP_URL=ldaps://dc1.corp.example/`.',
      at: url ? keyOf(environment, url) : placeOf(environment, type),
    });
  }
  const password = environment.settings.get('LDAP_BINDPW');
  const bind = environment.settings.get('LDAP_BINDDN');
  if (bind?.value && (!password || password.value === '')) {
    context.report({
      message: '`LDAP_BINDDN` is set without `LDAP_BINDPW`',
      why: 'A bind without a password is refused, or counts as anonymous, which Active Directory lets find nobody.',
      help: 'Set `LDAP_BINDPW`.',
      at: keyOf(environment, bind),
    });
  }
  if (password?.value && password.at.start > password.key.end + 1) {
    context.report({
      severity: 'info',
      message: 'a blank stands before the value of `LDAP_BINDPW`',
      why: 'Docker Compose leaves it out, `docker run --env-file` makes it part of the password: then the bind is refused and no login works.',
      help: 'Write the value right behind the `=`.',
      at: keyOf(environment, password),
    });
  }
  checkTls(context, environment, url);
}

/** How the connection is encrypted: the URL's scheme or StartTLS, and nothing else. */
function checkTls(context: RuleContext, environment: JitsiFile, url: JitsiSetting | undefined): void {
  const start = environment.settings.get('LDAP_START_TLS');
  const use = environment.settings.get('LDAP_USE_TLS');
  const plain = url?.value && /^ldap:/i.test(url.value);
  if (plain && isYes(use?.value ?? undefined) && !isYes(start?.value ?? undefined) && start?.value !== null) {
    context.report({
      message: '`LDAP_USE_TLS=1` does not encrypt the connection: `LDAP_URL` begins with `ldap://`',
      why: 'The scheme of the URL decides; `LDAP_USE_TLS` only adds the lines about keys and certificates. Passwords go in clear, or the directory refuses.',
      help: 'Write `ldaps://` in `LDAP_URL`, or set `LDAP_START_TLS=1`.',
      at: keyOf(environment, use!),
      related: [{ message: 'this decides', at: placeOf(environment, url!) }],
    });
  }
  if (isYes(start?.value ?? undefined) && url?.value && /^ldaps:/i.test(url.value)) {
    context.report({
      message: '`LDAP_START_TLS` together with `ldaps://`',
      why: 'StartTLS is asked for on a connection that is encrypted already: the directory refuses, and no login works.',
      help: 'Remove `LDAP_START_TLS`, or write `ldap://`.',
      at: keyOf(environment, start!),
      related: [{ message: 'encrypted already', at: placeOf(environment, url) }],
    });
  }
}

/** Prosody's configuration was made by an older run: its files are kept until the container is made anew. */
function checkRendered(context: RuleContext, environment: JitsiFile, on: boolean): void {
  const type = valueIn(environment, 'AUTH_TYPE') ?? 'internal';
  const wanted = on ? (TYPES[type] ?? []) : ['jitsi-anonymous', 'anonymous'];
  const domain = valueIn(environment, 'XMPP_DOMAIN') ?? 'meet.jitsi';
  const host = hosts(context.configuration).find(({ name }) => name === domain);
  const provider = host && providerOf(context, host.name);
  const option = host && effective(context.configuration, host.name, 'authentication');
  const said = environment.settings.get(on ? 'AUTH_TYPE' : 'ENABLE_AUTH') ?? environment.settings.get('ENABLE_AUTH');
  if (!option || !provider || wanted.length === 0 || wanted.includes(provider) || !said || said.value === null) return;
  if (valueIn(environment, 'PROSODY_AUTH_TYPE') !== undefined) return;
  // off, with a type of authentication: that is told already
  if (!on && environment.settings.get('AUTH_TYPE')?.value) return;
  context.report({
    message: `\`${said.path}=${said.value}\` does not show in Prosody's configuration: \`${host.name}\` has \`authentication = "${provider}"\``,
    why: 'Prosody works with the configuration that is there, not with the variables.',
    help: 'Make the containers anew (`docker compose up -d --force-recreate`), so that the configuration is written again.',
    at: placeOf(environment, said),
    related: [{ message: 'this holds', at: option.setting.valueOrigin }],
  });
}
