/** How a hover card is written: Markdown, or plain text for clients that show nothing else. */
export interface Style {
  readonly kind: 'markdown' | 'plaintext';
  bold(text: string): string;
  code(text: string): string;
  link(text: string, target: string): string;
}

export const MARKDOWN: Style = {
  kind: 'markdown',
  bold: text => `**${text}**`,
  code(text) {
    // a code span may hold backticks when its fence is longer than any run of them
    const runs = text.match(/`+/g) ?? [];
    const fence = '`'.repeat(Math.max(0, ...runs.map(run => run.length)) + 1);
    return fence.length > 1 ? `${fence} ${text} ${fence}` : `\`${text}\``;
  },
  link: (text, target) =>
    `[${text.replace(/[[\]\\]/g, '\\$&')}](${target.replace(/[()\s]/g, unit => `%${unit.charCodeAt(0).toString(16)}`)})`,
};

export const PLAIN: Style = { kind: 'plaintext', bold: text => text, code: text => text, link: text => text };

/** Names in a row, at most `most` of them. */
export function listNames(style: Style, names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map(name => style.code(name));
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}
