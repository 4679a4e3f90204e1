/**
 * C's printf conversions of doubles, exactly: glibc rounds the exact decimal value half to even, where JavaScript's
 * `toFixed` and `toExponential` round ties away from zero.
 */

/** The sign that C prints: also of zeros; the NaN that arithmetic makes on x86 has it, too. */
export function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0) || Number.isNaN(value);
}

/** A finite double as mantissa × 2^exponent. */
function parts(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0) & 0x7fff_ffff_ffff_ffffn;
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return biased === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** |value| × 10^power as an integer, rounded half to even. */
function scaled(value: number, power: number): bigint {
  const { mantissa, exponent } = parts(value);
  let up = mantissa;
  let down = 1n;
  if (power >= 0) up *= 10n ** BigInt(power);
  else down *= 10n ** BigInt(-power);
  if (exponent >= 0) up <<= BigInt(exponent);
  else down <<= BigInt(-exponent);
  const whole = up / down;
  const rest = (up % down) * 2n;
  return rest > down || (rest === down && whole % 2n === 1n) ? whole + 1n : whole;
}

/** `%.Nf` without the sign. */
export function fixedDigits(value: number, precision: number): string {
  const digits = scaled(value, precision)
    .toString()
    .padStart(precision + 1, '0');
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** `%.Ne` without the sign: the digits and the power of ten of the first. */
export function scientificDigits(value: number, precision: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(precision + 1), exponent: 0 };
  let exponent = Number(Math.abs(value).toExponential(20).split('e')[1]);
  let digits = scaled(value, precision - exponent).toString();
  if (digits.length > precision + 1) digits = scaled(value, precision - ++exponent).toString();
  return { digits, exponent };
}

/** `%.Ne` without the sign. */
export function exponentForm(value: number, precision: number, keepPoint = false): string {
  const { digits, exponent } = scientificDigits(value, precision);
  const point = precision > 0 || keepPoint ? '.' : '';
  return `${digits[0]}${point}${digits.slice(1)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `%.Ng` without the sign; `keepZeros` is C's `#` flag. */
export function generalForm(value: number, precision: number, keepZeros = false): string {
  const significant = precision === 0 ? 1 : precision;
  const { exponent } = scientificDigits(value, significant - 1);
  if (exponent < -4 || exponent >= significant) {
    const text = exponentForm(value, significant - 1, keepZeros);
    return keepZeros ? text : text.replace(/\.?0*e/, found => (text.includes('.') ? 'e' : found));
  }
  const text = fixedDigits(value, significant - 1 - exponent);
  if (keepZeros) return text.includes('.') ? text : `${text}.`;
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `%a` without the sign, as glibc writes it. */
export function hexForm(value: number, precision: number | undefined, keepPoint = false): string {
  const { mantissa, exponent } = parts(value);
  if (mantissa === 0n) return `0x0${precision || keepPoint ? '.' : ''}${'0'.repeat(precision ?? 0)}p+0`;
  const power = exponent + 52;
  let rounded = mantissa;
  let places = 13;
  if (precision !== undefined && precision < 13) {
    const drop = BigInt(4 * (13 - precision));
    const rest = rounded & ((1n << drop) - 1n);
    const half = 1n << (drop - 1n);
    rounded >>= drop;
    if (rest > half || (rest === half && rounded % 2n === 1n)) rounded += 1n;
    places = precision;
  }
  const lead = rounded >> BigInt(4 * places);
  const fraction = places === 0 ? '' : (rounded & ((1n << BigInt(4 * places)) - 1n)).toString(16).padStart(places, '0');
  const shown = precision === undefined ? fraction.replace(/0+$/, '') : fraction.padEnd(precision, '0');
  return `0x${lead.toString(16)}${shown || keepPoint ? '.' : ''}${shown}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}
