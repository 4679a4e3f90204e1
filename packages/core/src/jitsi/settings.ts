/** A stretch of one file. Offsets in UTF-16 code units from 0. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** One thing that a file of Jitsi's sets. */
export interface JitsiSetting {
  /** The path of its name: `jicofo.authentication.enabled`, `hosts.domain`, `ENABLE_AUTH`. */
  readonly path: string;
  /** Its text, quotes taken off; numbers and booleans as they are written; null where it cannot be known. */
  readonly value: string | null;
  readonly key: Stretch;
  readonly at: Stretch;
}

/** What a file of Jitsi's sets, as far as it can be read. */
export interface JitsiSettings {
  /** By path; the last one counts, as it does for the programs. */
  readonly settings: ReadonlyMap<string, JitsiSetting>;
  /** False where something in the file may set more, or other things: an include, code, a placeholder. */
  readonly whole: boolean;
}

/** Nothing is known: what a template or a file that cannot be read says. */
export const NOTHING_KNOWN: JitsiSettings = { settings: new Map(), whole: false };

/** Placeholders of Go, Jinja and shell templates, and of web servers: what is around them may never come to be. */
export function isTemplate(text: string): boolean {
  return /\{\{|\{%|<%/.test(text);
}
