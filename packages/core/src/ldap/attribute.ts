import { characterEnd, describeCharacter, isAlpha, isCurlyQuote, isDigit, isFilterSpace, isLdh } from './characters.js';
import { type LdapProblem, problem } from './problem.js';

const GRAMMAR =
  'An attribute name is letters, digits and hyphens beginning with a letter, or an OID such as 2.5.4.3 (RFC 4512 section 2.5)';

/** Whether a text is an attribute description (name or OID, with `;options`) for libldap: ldap_is_desc of filter.c. */
export function isAttributeDescription(text: string): boolean {
  const [name, ...options] = text.split(';');
  return isOid(name!) && options.every(option => option !== '' && [...option].every(isLdh));
}

/** Whether a text is a name or numeric OID without options for libldap: ldap_is_oid of filter.c. */
export function isOid(text: string): boolean {
  if (isAlpha(text[0])) return [...text].every(isLdh);
  // Unlike RFC 4512, libldap takes leading zeros and a single number.
  return /^\d+(\.\d+)*$/.test(text);
}

/**
 * Checks an attribute name such as `user.usernamefield` holds: nothing when libldap takes it in a filter, otherwise the
 * problem at the first wrong character. `offset` is added to the places, for a name inside a longer text.
 */
export function checkAttribute(text: string, offset = 0): LdapProblem | undefined {
  if (isAttributeDescription(text)) return undefined;
  if (text === '') return problem('The attribute name is missing', offset, offset, GRAMMAR);
  const at = firstWrong(text);
  const place = offset + at;
  const end = offset + characterEnd(text, at);
  if (isFilterSpace(text[at]) || text[at] === '\r') {
    const message =
      at === 0
        ? 'A blank before an attribute name'
        : `A blank ${text.slice(at).trim() === '' ? 'behind' : 'inside'} an attribute name`;
    return problem(message, place, end, 'Remove it: no blanks may stand between the attribute name and its operator');
  }
  if (isCurlyQuote(text[at])) {
    return problem(
      'A typographic quote in an attribute name',
      place,
      end,
      'It comes from a word processor or web page: remove it',
    );
  }
  const found = describeCharacter(text, at);
  return problem(`${found[0]!.toUpperCase()}${found.slice(1)} in an attribute name`, place, end, GRAMMAR);
}

function firstWrong(text: string): number {
  const numeric = isDigit(text[0]);
  if (!numeric && !isAlpha(text[0])) return 0;
  let at = 1;
  for (let options = false; at < text.length; at++) {
    const c = text[at];
    if (c === ';' && text[at - 1] !== ';' && text[at - 1] !== '.') options = true;
    else if (numeric && !options ? !isDigit(c) && !(c === '.' && text[at - 1] !== '.') : !isLdh(c)) return at;
  }
  return at - 1;
}
