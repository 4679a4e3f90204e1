import { GLOBAL, type Opening } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { placeholderIn } from '../support/placeholder.js';
import { toUnicode } from '../support/punycode.js';
import { literalOf, replacement } from '../support/source.js';
import { isNamed } from '../support/statements.js';

export const invalidHostName: Rule = {
  name: 'invalid-host-name',
  severity: 'warning',
  summary: 'The name of a virtual host or component is no domain name, or is written as the DNS encodes it (`xn--`).',
  fixable: 'sometimes',
  source:
    'util/prosodyctl/check.lua of 0.12.5 and 13.0: "invalid host names", "incorrectly-encoded hostnames"; RFC 6122, 2.2; RFC 3490, ToASCII with UseSTD3ASCIIRules',
  since: '0.1.0',
  reach: 'section',
  check: {
    opening(context, opening) {
      if (opening.doubt !== undefined || opening.scope === GLOBAL || !isNamed(opening) || placeholderIn(opening.written)) return;
      const name = domainOf(opening.scope);
      const problem = problemOf(name);
      if (problem) reportInvalid(context, opening, problem);
      else if (name.split('.').some(label => label.startsWith('xn--'))) reportEncoded(context, opening, name);
    },
  },
};

const MOVING = 'Prosody does not move accounts and data to another name.';

function reportInvalid({ report }: RuleContext, opening: Opening, problem: string): void {
  report({
    message: `\`${opening.written}\` is no domain name: ${problem}`,
    why: 'Clients may not be able to log in to it, and other servers do not find it.',
    help: `Use letters, digits, hyphens and dots. ${MOVING}`,
    at: opening.nameOrigin,
  });
}

function reportEncoded({ configuration, report }: RuleContext, opening: Opening, name: string): void {
  const meant = toUnicode(name);
  const isLiteral = literalOf(configuration, { kind: 'string', value: opening.written, origin: opening.nameOrigin });
  const { start, end, file } = opening.nameOrigin;
  report({
    message: `\`${opening.written}\` is the form that the DNS has${meant ? `; in XMPP it is \`${meant}\`` : ''}`,
    why: 'Clients and servers write the name as people do, and to Prosody these are two hosts: nobody reaches this one.',
    help: `Write the name with its own letters. ${MOVING}`,
    at: opening.nameOrigin,
    fix:
      meant && isLiteral && opening.written === name
        ? replacement(`Write \`${meant}\``, 'unsafe', { file, start: start + 1, end: end - 1 }, meant)
        : null,
  });
}

/** The domain of an address (util/jid.lua, split), without the dot of the root. */
function domainOf(name: string): string {
  const match = /^(?:[^@/]+@)?([^@/]+?)\.?(?:\/.+)?$/.exec(name);
  return match && match[1] !== '' ? match[1]! : name;
}

/** What is wrong with it for certain; letters beyond ASCII are looked at by nameprep, when the host is opened. */
function problemOf(name: string): string | undefined {
  if (/[@/]/.test(name)) return 'it is no address of a service';
  for (const label of name.split('.')) {
    if (label === '') return name === '' ? 'it is empty' : 'a label between the dots is empty';
    const wrong = /[^\p{L}\p{M}\p{N}\p{S}\p{P}-]|[!-,/:-@[-`{-~]/u.exec(label);
    if (wrong) return /\s/.test(wrong[0]) ? 'it has a blank' : `it has ${JSON.stringify(wrong[0])}`;
    if (label.startsWith('-') || label.endsWith('-')) return 'a label begins or ends with a hyphen';
    if (label.length > 63) return 'a label is longer than 63 letters';
  }
  return undefined;
}
