import { type Effective, effective, hosts } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { factOf } from '../support/facts.js';
import { hasModule } from '../support/host-modules.js';
import { textOf } from '../support/ldap-table.js';
import { isOnHere } from '../support/module-entries.js';
import { listWords } from '../support/words.js';

export const unmatchedHttpHost: Rule = {
  name: 'unmatched-http-host',
  severity: 'info',
  summary: 'The machine in `http_external_url` is not the name by which Prosody answers to HTTP requests for a host.',
  fixable: 'never',
  source:
    'net/http/server.lua: a request goes to the host that its Host header names; util/prosodyctl/check.lua, checks.dns: "Ensure the reverse proxy sets the HTTP Host header"',
  since: '0.1.0',
  check: {
    configuration(context) {
      // where the header names nobody, the default host answers
      if (effective(context.configuration, '*', 'http_default_host')) return;
      const found = hosts(context.configuration)
        .filter(({ name }) => factOf(context, name, isDiffering))
        .flatMap(({ name }) => differing(context, name) ?? []);
      for (const setting of new Set(found.map(({ url }) => url.setting))) {
        const same = found.filter(({ url }) => url.setting === setting);
        const names = same.map(({ host }) => `\`${host}\``);
        const [first] = same;
        if (!first) continue;
        context.report({
          message: `requests to ${first.machine} are answered by ${listWords(names, 'or')} only if they come with ${same.length > 1 ? 'its' : 'the'} name${same.length > 1 ? '' : ` ${first.name}`}`,
          why: `Prosody goes by the Host header: one that is passed on as ${first.machine} gets "404 Unknown host".`,
          help: `Let the proxy send "Host: ${first.name}", or write \`http_host = "${first.machine}"\` below \`${first.host}\`.`,
          at: setting.valueOrigin,
        });
      }
    },
  },
};

const MODULES = ['http', 'bosh', 'websocket', 'http_files', 'http_openmetrics', 'http_file_share'];

interface Differing {
  readonly url: Effective;
  readonly host: string;
  readonly machine: string;
  /** The name by which the host answers. */
  readonly name: string;
}

function isDiffering(context: RuleContext, host: string): boolean {
  return differing(context, host) !== undefined;
}

function differing(context: RuleContext, host: string): Differing | undefined {
  const { configuration } = context;
  const section = configuration.sections.get(host);
  if (!section || !isOnHere(context, section) || !MODULES.some(module => hasModule(context, host, module))) return undefined;
  const url = effective(configuration, host, 'http_external_url');
  const machine = /^https?:\/\/([^/\s:?#[\]]+)/i.exec(textOf(url?.value) ?? '')?.[1]?.toLowerCase();
  const option = effective(configuration, host, 'http_host');
  const name = option ? textOf(option.value) : host;
  return url && machine && name !== undefined && machine !== name ? { url, host, machine, name } : undefined;
}
