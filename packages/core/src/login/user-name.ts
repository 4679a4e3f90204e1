// What SASL PLAIN makes of a name and a password before any provider sees them.
import { fold, isProhibited, mapped } from '../evaluate/prosody/nameprep.js';
import { byteLength } from '../text/index.js';

/** What Prosody hands to the provider, or the refusal that comes before. */
export type PlainResult =
  | { readonly ok: true; readonly user: string; readonly password: string }
  | { readonly ok: false; readonly condition: 'malformed-request'; readonly why: string; readonly help: string };

/**
 * SASL PLAIN of Prosody (util/sasl/plain.lua, the same in 0.12 and 13.0): the message is cut at its NULs, name and password go
 * through SASLprep, the name through nodeprep. No password is ever part of the answer's texts.
 * @example readPlain('Alice', 'secret') // → { ok: true, user: 'alice', password: 'secret' }
 * @example readPlain('alice@corp.example', 'secret').ok // → false
 */
export function readPlain(user: string, password: string): PlainResult {
  const parts = /^[^\0]*\0([^\0]+)\0([^\0]+)/.exec(`\0${user}\0${password}`);
  if (!parts) return refused(user === '' ? 'The name is empty' : 'The password is empty', 'Give a name and a password.');
  const prepared = saslprep(parts[1]!);
  const secret = saslprep(parts[2]!);
  if (secret === undefined || secret === '')
    return refused(
      'SASLprep (RFC 4013) refuses the password',
      'Use a password without control characters and of less than 1024 bytes.',
    );
  if (prepared === undefined || prepared === '') return refused('SASLprep (RFC 4013) refuses the name', 'Use another name.');
  const name = nodeprep(prepared);
  if (name !== undefined && name !== '') return { ok: true, user: name, password: secret };
  const bad = /[\s"&'/:<>@]/.exec(prepared)?.[0];
  const at = bad === '@';
  return refused(
    bad ? `A name of XMPP has no ${bad.trim() === '' ? 'blank' : `"${bad}"`} in it` : 'nodeprep (RFC 3920) refuses the name',
    at
      ? 'Log in with the name before the @ (sAMAccountName): Jitsi Meet takes what is behind it for the host.'
      : 'Log in with a name without blanks and without " & \' / : < > @.',
  );
}

function refused(why: string, help: string): PlainResult {
  return { ok: false, condition: 'malformed-request', why, help };
}

/**
 * `nodeprep` (RFC 3920, appendix A) as Prosody's util.encodings does it with ICU: lower case, and no blanks, control characters
 * or any of `"&'/:<>@`; `undefined` where it refuses the text.
 */
export function nodeprep(text: string): string | undefined {
  const folded = prepared(text, part => fold(part));
  return folded === undefined || /[\u0000- \u007f"&'/:<>@]/.test(folded) ? undefined : folded;
}

/** `saslprep` (RFC 4013) the same way: blanks of all kinds become ASCII's; `undefined` where it refuses the text. */
export function saslprep(text: string): string | undefined {
  const blanks = text.replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g, ' ');
  const normal = prepared(blanks, part => part.normalize('NFKC'));
  return normal === undefined || /[\u0000-\u001f\u007f]/.test(normal) ? undefined : normal;
}

function prepared(text: string, map: (part: string) => string): string | undefined {
  if (byteLength(text) >= 1024 || /[\ud800-\udfff]/u.test(text)) return undefined;
  const done = mapped(text, map);
  return isProhibited(done) || byteLength(done) >= 1024 ? undefined : done;
}
