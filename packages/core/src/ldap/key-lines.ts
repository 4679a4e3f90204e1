/**
 * One setting of a small configuration file beside Prosody: `key: value` of SASL, `KEY value` of ldap.conf, `KEY=value` of
 * /etc/default. Places are offsets into the text; `end` is exclusive. `value` has no blanks and, of the shell, no quotes around it.
 */
export interface KeyLine {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A line that is no setting: libsasl and saslauthd then refuse the whole file. */
export interface BadLine {
  readonly start: number;
  readonly end: number;
  /** What stands where the colon should: `=` is the usual one. */
  readonly found: string;
}

export interface KeyLines {
  readonly lines: readonly KeyLine[];
  readonly bad: readonly BadLine[];
}

/** How the three formats separate a name from its value. */
const FORMATS = {
  /** libsasl's lib/config.c and saslauthd's cfile.c: a name in any case, a colon directly behind it, the rest of the line. */
  sasl: /^([ \t]*)([\w-]+)(:[ \t]*)(?=\S)/,
  /** libldap's init.c, openldap_ldap_init_w_conf: a name in any case, blanks, the rest of the line. */
  'ldap.conf': /^([ \t]*)([A-Za-z_]+)([ \t]+)(?=\S)/,
  /** A shell assignment, as systemd and Debian's init scripts read /etc/default. */
  shell: /^([ \t]*(?:export[ \t]+)?)(\w+)(=)/,
} as const;

/** Reads such a file. Lines that begin with `#` are comments in all three. Never throws. */
export function parseKeyLines(text: string, format: keyof typeof FORMATS): KeyLines {
  const lines: KeyLine[] = [];
  const bad: BadLine[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const line = match[0].trimEnd();
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const head = FORMATS[format].exec(line);
    const start = match.index + line.length - line.trimStart().length;
    if (head) lines.push(format === 'shell' ? unquoted(match.index, line, head) : keyLine(match.index, line, head));
    else bad.push({ start, end: match.index + line.length, found: /^[\w-]*\s*(\S?)/.exec(line.trimStart())![1]! });
  }
  return { lines, bad };
}

function keyLine(at: number, line: string, head: RegExpExecArray): KeyLine {
  const keyStart = at + head[1]!.length;
  const keyEnd = keyStart + head[2]!.length;
  const value = line.slice(head[0].length);
  return { key: head[2]!, keyStart, keyEnd, value, valueStart: at + head[0].length, valueEnd: at + line.length };
}

function unquoted(at: number, line: string, head: RegExpExecArray): KeyLine {
  const whole = keyLine(at, line, head);
  const quoted = /^(["'])(.*?)\1/.exec(whole.value);
  if (quoted) {
    const valueStart = whole.valueStart + 1;
    return { ...whole, value: quoted[2]!, valueStart, valueEnd: valueStart + quoted[2]!.length };
  }
  const value = /^\S*/.exec(whole.value)![0];
  return { ...whole, value, valueEnd: whole.valueStart + value.length };
}

/** The line that counts for a name in any case: the first one for libsasl (sasl_config_getstring), the last one elsewhere. */
export function lineOf({ lines }: KeyLines, name: string, which: 'first' | 'last'): KeyLine | undefined {
  const same = lines.filter(line => line.key.toLowerCase() === name.toLowerCase());
  return which === 'first' ? same[0] : same.at(-1);
}
