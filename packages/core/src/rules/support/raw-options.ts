// Options that Prosody takes as they are (core/configmanager.lua, get), and those of which a getter does not tell all.
import type { OptionInfo, ProsodyVersion } from '../../catalog/index.js';
import { toNumber, type Value } from '../../evaluate/index.js';
import { type Misread, meantBoolean } from './getters.js';

/** Only what is plainly amiss is told: nothing converts the value, and who reads it may take more than one kind. */
export function misreadRaw({ name, type }: OptionInfo, value: Value): Misread | null {
  const isFalse =
    (value.kind === 'string' && meantBoolean(value.value) === false) || (value.kind === 'number' && value.value === 0);
  if (type === 'boolean' && isFalse)
    return {
      severity: 'warning',
      message: `is ${value.kind === 'string' ? `the text "${value.value}"` : 'the number 0'}, which counts as true`,
      why: `To Lua every text and every number is true, also "false" and 0, and Prosody reads \`${name}\` as it stands.`,
      help: 'Write false, without quotes.',
      at: value.origin,
      fix: 'false',
    };
  if (type === 'table' && (value.kind === 'string' || value.kind === 'number' || (value.kind === 'boolean' && value.value)))
    return {
      severity: 'warning',
      message: `is a ${value.kind}, but should be a table`,
      why: 'Prosody looks for keys in it and finds none, or fails where it needs them.',
      help: 'Write a table: { key = value }.',
      at: value.origin,
    };
  return null;
}

/** Judges a value for one option; `undefined` where the usual way does. */
type Special = (value: Value, version: ProsodyVersion, shown: (value: Value) => string) => Misread | null | undefined;

export const SPECIAL: Readonly<Record<string, Special | undefined>> = {
  // 0.12 has no get_option_enum: plugins/muc/mod_muc.lua:415-433
  restrict_room_creation: (value, version, shown) => {
    if (version !== '0.12') return undefined;
    if (value.kind === 'nil' || !('value' in value) || [false, true, 'admin', 'local'].includes(value.value as string))
      return null;
    return {
      severity: 'warning',
      message: `is ${shown(value)}, but mod_muc knows only true, false, "admin" and "local"`,
      why: 'Any other value works like "admin": only administrators may create rooms.',
      help: 'Use true, false, "admin" or "local".',
      at: value.origin,
    };
  },
  // 13.0 asks for one word, and then needs a table: plugins/muc/mod_muc.lua:304, muc/presence_broadcast.lib.lua:23
  muc_room_default_presence_broadcast: (value, version) =>
    version === '0.12' || value.kind !== 'table'
      ? undefined
      : {
          severity: 'warning',
          message: 'is a table, of which Prosody 13.0 makes nothing',
          why: 'Prosody 0.12 takes this table; 13.0 looks for one word in its place, finds none, and shows the presence of everybody. Nothing is logged.',
          help: 'Prosody 13.0.1 has no way to set it in the configuration: set it in the rooms, or keep to 0.12 where it matters.',
          at: value.origin,
        },
  // core/statsmanager.lua
  statistics: (value, _version, shown) => {
    if (value.kind === 'boolean' && value.value)
      return {
        severity: 'error',
        message: 'is true, but should be the name of a provider',
        why: 'Prosody fails when it starts: "attempt to index a boolean value".',
        help: 'Write "internal", or "statsd" with `statistics_config`.',
        at: value.origin,
        fix: '"internal"',
      };
    if (value.kind !== 'string' || /^:|^(?:internal|statsd)$/.test(value.value)) return null;
    return {
      severity: 'warning',
      message: `is ${shown(value)}, which is no provider of statistics`,
      why: 'Prosody logs "Unrecognized statistics provider" and keeps none.',
      help: 'Write "internal" or "statsd"; a Lua module has a colon before its name.',
      at: value.origin,
    };
  },
  statistics_interval: (value, _version, shown) => {
    if (toNumber(value) || !('value' in value) || value.value === 'manual' || value.value === false) return null;
    return {
      severity: 'warning',
      message: `is ${shown(value)}, which is neither a number nor "manual"`,
      why: 'Prosody logs "Invalid \'statistics_interval\' setting" and keeps no statistics.',
      help: 'Write a number of seconds.',
      at: value.origin,
    };
  },
};
