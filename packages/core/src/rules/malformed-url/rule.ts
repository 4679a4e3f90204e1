import { GLOBAL, type Setting, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { placeholderIn } from '../support/placeholder.js';
import { whole } from '../support/settings.js';

export const malformedUrl: Rule = {
  name: 'malformed-url',
  severity: 'warning',
  summary: 'An option that is to be a URL has no scheme or no machine in it.',
  fixable: 'never',
  source:
    'plugins/mod_http.lua: http_external_url through socket.url; util/prosodyctl/check.lua, checks.dns and checks.connectivity: "is not a valid URL"',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      const effect = Object.hasOwn(OPTIONS, setting.name) ? OPTIONS[setting.name] : undefined;
      if (!effect || !whole(context, setting)) return;
      // misplaced, and told as that
      if (setting.name === 'connectivity_probe' && setting.scope !== GLOBAL) return;
      const url = urlOf(context, setting);
      if (url === undefined || isUrl(url) || placeholderIn(url)) return;
      context.report({
        message: `\`${setting.name}\` is ${JSON.stringify(url)}, which is no URL`,
        why: effect,
        help: `Write it with its scheme: "${/^[\w.-]+\.[a-z]{2,}(?:[:/]|$)/i.test(url) ? `https://${url}` : 'https://example.com/'}".`,
        at: setting.valueOrigin,
      });
    },
  },
};

const OPTIONS: Readonly<Record<string, string>> = {
  http_external_url:
    'The addresses that Prosody tells clients, of uploads for example, have no scheme or machine, and lead nowhere.',
  connectivity_probe: '`prosodyctl check connectivity` cannot ask it.',
};

/** The text; 0.12 takes a table for the probe too, of which 13.0 makes nothing. */
function urlOf({ version }: RuleContext, { name, value }: Setting): string | undefined {
  const url: Value | undefined =
    value.kind === 'table' && name === 'connectivity_probe' && version === '0.12' ? value.table.entries.get('url')?.value : value;
  return url?.kind === 'string' ? url.value : undefined;
}

function isUrl(text: string): boolean {
  return (
    /^https?:\/\/[^/\s:?#]+(?::\d+)?(?:[/?#]\S*)?$/i.test(text) ||
    /^https?:\/\/\[[0-9a-f:.]+\](?::\d+)?(?:[/?#]\S*)?$/i.test(text)
  );
}
