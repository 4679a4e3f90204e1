import { prosodyVersions } from '../catalog/index.js';
import { RULES } from '../rules/index.js';
import { PRESETS } from './presets.js';

/** What a rule may be in `prosodist.json`. */
export const LEVELS = ['off', 'info', 'warning', 'error'] as const;

/** Where editors find the schema of `prosodist.json`: beside the documentation. */
export const SCHEMA_FILE = 'docs/prosodist.schema.json';

/**
 * The schema (JSON Schema, draft 7) of `prosodist.json`, made of the rules and presets themselves. `npm run docs` writes it to
 * docs/prosodist.schema.json; what reads the file checks it by the same lists.
 */
export function settingsSchema(): object {
  const presets = Object.entries(PRESETS);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'prosodist.json',
    description: 'Settings of Prosodist for the configuration beside and below this file.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      entry: {
        type: 'string',
        minLength: 1,
        description: 'The main file of the configuration, relative to this file.',
        examples: ['prosody.cfg.lua'],
      },
      prosody: { enum: [...prosodyVersions], description: 'The version of Prosody to judge by.' },
      preset: {
        enum: presets.map(([name]) => name),
        default: 'recommended',
        description: `Which rules run. ${presets.map(([name, { summary }]) => `${name}: ${summary}`).join('; ')}.`,
      },
      rules: {
        type: 'object',
        additionalProperties: false,
        description: 'What single rules are, whatever the preset says.',
        properties: Object.fromEntries(
          RULES.map(({ name, severity, summary }) => [name, { enum: [...LEVELS], default: severity, description: summary }]),
        ),
      },
      ignore: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        description: 'Files, relative to this one, about which nothing is reported; * and ** are wildcards.',
        examples: [['conf.avail/**', '*.bak.cfg.lua']],
      },
      baseline: {
        type: 'string',
        minLength: 1,
        description:
          'A file, relative to this one, with findings that are known and not reported; prosodist check --write-baseline writes it.',
        examples: ['prosodist-baseline.json'],
      },
    },
  };
}
