/**
 * UTF-8 both ways, by hand: the core has no TextEncoder (no Node and no DOM types), and LDAP escapes name bytes
 * (RFC 4514 section 2.4, RFC 4515 section 3), so texts and bytes have to be put together.
 */

/** The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD, as TextEncoder does. */
export function encodeUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    let point = character.codePointAt(0)!;
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  }
  return bytes;
}

/** The text that UTF-8 bytes mean; every byte that is not part of a well-formed character becomes U+FFFD. */
export function decodeUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]!;
    const more =
      lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
    let point = more <= 0 ? lead : lead & (0x3f >> more);
    let good = more >= 0;
    for (let next = 1; good && next <= more; next++) {
      const byte = bytes[at + next];
      good = byte !== undefined && (byte & 0xc0) === 0x80;
      point = (point << 6) | ((byte ?? 0) & 63);
    }
    // Overlong forms, surrogates and what lies beyond U+10FFFF are no characters (RFC 3629 section 3).
    if (
      (more === 2 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) ||
      (more === 3 && (point < 0x10000 || point > 0x10ffff))
    )
      good = false;
    text += good ? String.fromCodePoint(point) : '\ufffd';
    at += good ? more + 1 : 1;
  }
  return text;
}

/** Two hex digits for a byte, as escapes want them. */
export function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
