import { JITSI_PROSE } from './prose-jitsi.js';
import { SERVER_PROSE } from './prose-server.js';
import { SERVICE_PROSE } from './prose-services.js';

const ALL: Readonly<Record<string, string>> = { ...SERVER_PROSE, ...SERVICE_PROSE, ...JITSI_PROSE };

/**
 * What an option does, in one or two sentences of Markdown.
 * @returns undefined where nobody has written any; the options of mod_auth_ldap have theirs in LDAP_SETTINGS
 */
export function optionProse(name: string): string | undefined {
  return Object.hasOwn(ALL, name) ? ALL[name] : undefined;
}

/** The options that have prose, sorted. */
export function optionsWithProse(): readonly string[] {
  return Object.keys(ALL).sort();
}
