// RFC 3492, 6.2: what a label that begins with `xn--` stands for.
const BASE = 36;
const DAMP = 700;
const SKEW = 38;

/** The name with its `xn--` labels decoded, or `undefined` where one is none that could be decoded. */
export function toUnicode(name: string): string | undefined {
  const labels = name.split('.').map(label => (/^xn--/i.test(label) ? decode(label.slice(4).toLowerCase()) : label));
  return labels.every(label => label !== undefined) ? labels.join('.') : undefined;
}

function decode(input: string): string | undefined {
  const basic = Math.max(0, input.lastIndexOf('-'));
  const output = [...input.slice(0, basic)].map(letter => letter.charCodeAt(0));
  let [code, index, bias] = [128, 0, 72];
  for (let at = basic > 0 ? basic + 1 : 0; at < input.length; ) {
    const before = index;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(input[at++]);
      if (digit === undefined) return undefined;
      index += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapt(index - before, length, before === 0);
    code += Math.floor(index / length);
    index %= length;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
    output.splice(index++, 0, code);
  }
  return String.fromCodePoint(...output);
}

function digitOf(letter: string | undefined): number | undefined {
  if (letter === undefined) return undefined;
  if (/^[a-z]$/.test(letter)) return letter.charCodeAt(0) - 97;
  return /^\d$/.test(letter) ? Number(letter) + 26 : undefined;
}

function adapt(difference: number, length: number, isFirst: boolean): number {
  let delta = Math.floor(difference / (isFirst ? DAMP : 2));
  delta += Math.floor(delta / length);
  let k = 0;
  for (; delta > 455; k += BASE) delta = Math.floor(delta / 35);
  return k + Math.floor((36 * delta) / (delta + SKEW));
}
