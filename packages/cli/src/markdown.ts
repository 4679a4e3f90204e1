import type { Colours } from './colour.js';
import { wrap } from './visible.js';

/** Wider lines are hard to read, whatever the terminal has. */
const PROSE = 100;

/**
 * Markdown for a terminal: headings bold, code indented, prose wrapped. What Markdown has beyond what the pages use stays
 * as it is.
 */
export function plainMarkdown(markdown: string, colours: Colours, width: number): string {
  const out: string[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) out.push(...prose(paragraph.join(' '), colours, Math.min(width, PROSE)));
    paragraph = [];
  };
  let inCode = false;
  for (const line of markdown.replace(/\s+$/, '').split(/\r?\n/)) {
    const heading = /^(#+)\s+(.*)$/.exec(line);
    if (/^```/.test(line)) {
      flush();
      inCode = !inCode;
    } else if (inCode) out.push(line === '' ? '' : `    ${colours.cyan(line)}`);
    else if (heading) {
      flush();
      out.push(colours.bold(heading[1] === '#' ? colours.underline(heading[2]!) : heading[2]!));
    } else if (line.trim() === '') {
      flush();
      out.push('');
    } else if (/^\s*(?:[-*]|\d+\.)\s|^\|/.test(line)) {
      flush();
      if (line.startsWith('|')) out.push(inline(line, colours));
      else paragraph.push(line);
    } else paragraph.push(line.trim());
  }
  flush();
  return `${out.join('\n')}\n`;
}

function prose(text: string, colours: Colours, width: number): string[] {
  const bullet = /^(\s*(?:[-*]|\d+\.)\s+)/.exec(text)?.[1] ?? '';
  const lines = wrap(text.slice(bullet.length), width - bullet.length);
  // code that was broken over two lines is joined before it is coloured, so colour comes line by line
  return lines.map((line, at) => (at === 0 ? bullet : ' '.repeat(bullet.length)) + inline(line, colours));
}

function inline(line: string, colours: Colours): string {
  return line
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
    .replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => colours.bold(bold))
    .replace(/`([^`]+)`/g, (whole, code: string) => (colours.isColorSupported ? colours.cyan(code) : whole));
}
