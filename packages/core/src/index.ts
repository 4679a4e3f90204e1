export * from './catalog/index.js';
export * from './evaluate/index.js';
export { type FixOptions, type FixResult, fixAll } from './fix/fix.js';
export * from './jitsi/index.js';
export * from './ldap/index.js';
export { type IgnoreOptions, ignoreEdit } from './lint/ignore.js';
export { judge, type LintOptions, type LintResult, lint } from './lint/lint.js';
export { PRESETS, type Preset, type PresetName, severitiesOf } from './lint/presets.js';
export { type JsonNode, settingsIn, type WrittenProblem, type WrittenSettings } from './lint/settings-file.js';
export { LEVELS, SCHEMA_FILE, settingsSchema } from './lint/settings-schema.js';
export type { SuppressedFinding } from './lint/suppressions.js';
export { judgeUpgrade, otherVersion, type UpgradeOptions, upgrade } from './lint/upgrade/index.js';
export * from './login/index.js';
export * from './patch/index.js';
export type { Finding, Fix, Related, Safety, Severity } from './rules/finding.js';
export { RULES } from './rules/index.js';
export { rulePage } from './rules/pages.js';
export type { Rule, RuleContext, UnlinkedFile, Visitors } from './rules/rule.js';
export { moduleFile } from './rules/support/installed.js';
export { type Period, readPeriod } from './rules/support/periods.js';
export * from './secrets/index.js';
export * from './setup/index.js';
export {
  type Call,
  type Comment,
  type Document,
  type Expression,
  type Identifier,
  type LuaStatement,
  type Ownership,
  ownership,
  parse,
  print,
  readString,
  type Statement,
  type StringContent,
  type SyntaxProblem,
  type TableConstructor,
  type TableField,
  type Token,
  tokenAt,
  tokens,
} from './syntax/index.js';
export * from './text/index.js';
