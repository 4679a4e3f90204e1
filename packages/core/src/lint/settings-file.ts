import { nearestNames, type ProsodyVersion, prosodyVersions } from '../catalog/index.js';
import type { Severity } from '../rules/finding.js';
import { RULES } from '../rules/index.js';
import { PRESETS, type PresetName } from './presets.js';
import { LEVELS } from './settings-schema.js';

/** A value in a JSON text, with its place: what readers of JSON make. A property has two children, its key and its value. */
export interface JsonNode {
  readonly type: 'object' | 'array' | 'property' | 'string' | 'number' | 'boolean' | 'null';
  /** In UTF-16 code units. */
  readonly offset: number;
  readonly value?: unknown;
  readonly children?: readonly JsonNode[];
}

/** What a `prosodist.json` says, as it stands there. */
export interface WrittenSettings {
  /** Path from the file on, or absolute. */
  readonly entry?: string;
  readonly prosody?: ProsodyVersion;
  readonly preset?: PresetName;
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Patterns of paths from the file on. */
  readonly ignore?: readonly string[];
  /** The same, and where in the text it stands. */
  readonly baseline?: { readonly path: string; readonly offset: number };
}

/** A mistake in the text of settings: where it starts, in UTF-16 code units, and what to do. */
export interface WrittenProblem {
  readonly offset: number;
  readonly message: string;
}

/**
 * The settings in a JSON text that has been read.
 * @param root undefined for a text without a value
 */
export function settingsIn(
  root: JsonNode | undefined,
):
  | { readonly ok: true; readonly settings: WrittenSettings }
  | { readonly ok: false; readonly problems: readonly WrittenProblem[] } {
  if (root?.type !== 'object') {
    const message = 'the settings are an object: { "preset": "recommended" }';
    return { ok: false, problems: [{ offset: root?.offset ?? 0, message }] };
  }
  const problems = object(KEYS, 'setting')(root);
  if (problems.length > 0) return { ok: false, problems };
  const { baseline, $schema: _schema, ...settings } = plain(root) as { baseline?: string; $schema?: string } & WrittenSettings;
  if (baseline === undefined) return { ok: true, settings };
  const { offset } = root.children!.find(({ children }) => children![0]!.value === 'baseline')!.children![1]!;
  return { ok: true, settings: { ...settings, baseline: { path: baseline, offset } } };
}

type Check = (node: JsonNode) => WrittenProblem[];

const text: Check = node =>
  node.type === 'string' && node.value !== '' ? [] : [{ offset: node.offset, message: 'this is a text in quotes' }];

const texts: Check = node =>
  node.type === 'array'
    ? (node.children ?? []).flatMap(text)
    : [{ offset: node.offset, message: 'this is a list of texts: [ "conf.avail/**" ]' }];

function oneOf(words: readonly string[]): Check {
  return node => {
    if (words.includes(node.value as string)) return [];
    const near = typeof node.value === 'string' ? nearestNames(node.value, words, 1) : [];
    const expected = `this is one of ${words.map(word => `"${word}"`).join(', ')}`;
    return [{ offset: node.offset, message: near[0] ? `${expected}; did you mean "${near[0]}"?` : expected }];
  };
}

function object(keys: Readonly<Record<string, Check>>, what: string): Check {
  return node => {
    if (node.type !== 'object') return [{ offset: node.offset, message: `this is an object: { "${Object.keys(keys)[0]}": … }` }];
    const seen = new Set<string>();
    return (node.children ?? []).flatMap(({ children }) => {
      const [key, value] = children ?? [];
      if (!key || !value) return [];
      const name = key.value as string;
      const twice = seen.has(name) ? [{ offset: key.offset, message: `\`${name}\` is here twice; keep one` }] : [];
      seen.add(name);
      if (Object.hasOwn(keys, name)) return [...twice, ...keys[name]!(value)];
      const near = nearestNames(name, Object.keys(keys));
      const all = Object.keys(keys).length > 10 ? '`prosodist rules` lists them' : `there are ${Object.keys(keys).join(', ')}`;
      return [
        {
          offset: key.offset,
          message: `there is no ${what} \`${name}\`; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : all}`,
        },
      ];
    });
  };
}

const level = oneOf(LEVELS);

const KEYS: Readonly<Record<string, Check>> = {
  preset: oneOf(Object.keys(PRESETS)),
  rules: object(Object.fromEntries(RULES.map(({ name }) => [name, level])), 'rule'),
  ignore: texts,
  entry: text,
  prosody: oneOf(prosodyVersions),
  baseline: text,
  $schema: text,
};

function plain({ type, value, children = [] }: JsonNode): unknown {
  if (type === 'array') return children.map(plain);
  if (type !== 'object') return value;
  return Object.fromEntries(children.map(property => [property.children![0]!.value, plain(property.children![1]!)]));
}
