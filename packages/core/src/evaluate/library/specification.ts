import { fromByteString } from '../../text/index.js';
import { libraryFault, type NativeCall } from './native.js';

/** One conversion of a format, `%-08.3f`, taken apart. */
export interface Specification {
  readonly text: string;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

/** Flags that each conversion allows (L_FMTFLAGS… of lstrlib.c), and whether it takes a precision. */
const ALLOWED: Readonly<Record<string, readonly [flags: string, precision: boolean]>> = {
  c: ['-', false],
  d: ['-+0 ', true],
  i: ['-+0 ', true],
  u: ['-0', true],
  x: ['-#0', true],
  X: ['-#0', true],
  o: ['-#0', true],
  a: ['-+#0 ', true],
  A: ['-+#0 ', true],
  e: ['-+#0 ', true],
  E: ['-+#0 ', true],
  f: ['-+#0 ', true],
  g: ['-+#0 ', true],
  G: ['-+#0 ', true],
  p: ['-', false],
  s: ['-', true],
};

const PLAIN = { flags: '', width: 0, precision: undefined };

/** The conversion that starts at the `%` at `at` (getformat of lstrlib.c). */
export function specification(given: NativeCall, text: string, at: number): Specification {
  const spanned = /[-+ #0-9.]*/y;
  spanned.lastIndex = at + 1;
  const length = spanned.exec(text)![0].length;
  if (length + 1 >= 22) throw libraryFault(given, "invalid format string to 'format'");
  const whole = text.slice(at, at + length + 2);
  const conversion = text[at + length + 1] ?? '';
  const allowed = ALLOWED[conversion];
  if (conversion === 'q' && whole.length > 2) throw libraryFault(given, "specifier '%q' cannot have modifiers");
  if (!allowed) {
    if (conversion === 'q') return { text: whole, conversion, ...PLAIN };
    throw libraryFault(given, `invalid conversion '${fromByteString(whole)}' to 'format'`);
  }
  return { text: whole, conversion, ...PLAIN };
}

/** The parts of a conversion, which Lua checks only once it has the argument (checkformat). */
export function checked(given: NativeCall, read: Specification): Specification {
  const { text: whole, conversion } = read;
  const [flags, precise] = ALLOWED[conversion]!;
  const rest = whole.slice(1);
  const ownFlags = [...rest].findIndex(char => !flags.includes(char));
  const shape = precise ? /^([1-9][0-9]?)?(?:\.([0-9]{0,2}))?$/ : /^([1-9][0-9]?)?$/;
  const size = shape.exec(rest.slice(ownFlags, -1));
  if (!size) throw libraryFault(given, `invalid conversion specification: '${whole}'`);
  const precision = size[2] === undefined ? undefined : Number(size[2]);
  return { text: whole, flags: rest.slice(0, ownFlags), width: Number(size[1] ?? 0), precision, conversion };
}
