import { type FileSystem, normalize, type Origin } from '../../evaluate/index.js';
import { lineOf } from '../../ldap/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { keyPlace, saslauthdConf } from '../support/saslauthd.js';
import { secretName, secretValues } from '../support/secret-values.js';
import { literalOf } from '../support/source.js';
import { systemOf } from '../support/system.js';

export const readableSecret: Rule = {
  name: 'readable-secret',
  severity: 'warning',
  summary: 'A file with a password or secret can be read by every user of the machine.',
  fixable: 'never',
  source: "Debian's prosody.postinst: /etc/prosody/prosody.cfg.lua is 640 root:prosody; path_resolution(7)",
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      // the modes of a checkout say nothing of those on the server
      if (systemOf(context)?.path('/etc') !== '/etc') return;
      const said = new Set<string>();
      const say = (name: string, at: Origin) => {
        const path = normalize(context.files.realPath(at.file));
        if (said.has(path) || !isOpen(context.files, path)) return;
        said.add(path);
        report(context, name, path, at);
      };
      for (const setting of context.configuration.settings) {
        for (const secret of secretValues(setting)) {
          const { value } = secret;
          if (value.value !== '' && value.origin && literalOf(context.configuration, value))
            say(secretName(secret), value.origin);
        }
      }
      const file = saslauthdConf(context);
      const line = file && (lineOf(file, 'ldap_bind_pw', 'last') ?? lineOf(file, 'ldap_password', 'last'));
      if (line) say(line.key, keyPlace(file, line));
    },
  },
};

function report(context: RuleContext, name: string, path: string, at: Origin): void {
  context.report({
    message: `\`${name}\` stands in a file that every user of this machine can read`,
    why: 'Whoever has an account here, or breaks into any service, can use it.',
    help: `Run chown root:prosody ${path} and chmod 640 ${path}.`,
    at,
  });
}

/** Others may read the file, and enter every folder above it. */
function isOpen(files: FileSystem, path: string): boolean {
  const mode = files.stat(path)?.mode;
  if (mode === undefined || (mode & 0o004) === 0) return false;
  const parts = path.split('/');
  return parts.slice(1, -1).every((_, index) => ((files.stat(parts.slice(0, index + 2).join('/'))?.mode ?? 0o001) & 0o001) !== 0);
}
