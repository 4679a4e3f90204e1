// The documentation site, built once for all tests of a run.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const top = fileURLToPath(new URL('../../', import.meta.url));

/** Where the built site is. */
export const siteFolder = join(top, 'site/dist/html');

/** A page of the site: where it is, what can be linked to, and what it links to. */
export interface SitePage {
  /** path from the site's root, with a slash before it: `/rules/debug-log.html` */
  readonly path: string;
  readonly html: string;
  readonly ids: ReadonlySet<string>;
  readonly links: readonly string[];
}

let built: Promise<{ pages: ReadonlyMap<string, SitePage>; seconds: number }> | undefined;

/**
 * Builds the site as `npm run site` does.
 * @returns its pages by path, and the processor's seconds that it took, which a busy machine does not stretch
 */
export function builtSite(): Promise<{ pages: ReadonlyMap<string, SitePage>; seconds: number }> {
  built ??= build();
  return built;
}

async function build(): Promise<{ pages: ReadonlyMap<string, SitePage>; seconds: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, ['site/build.mjs'], { cwd: top, maxBuffer: 1 << 24 });
  const seconds = Number(/^(\d+(?:\.\d+)?) s of the processor$/m.exec(stdout)?.[1]);
  // the playground has tests of its own
  const files = readdirSync(siteFolder, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.html') && file !== 'playground.html',
  );
  return { pages: new Map(files.map(file => [`/${file}`, readPage(`/${file}`)])), seconds };
}

function readPage(path: string): SitePage {
  const html = readFileSync(join(siteFolder, path), 'utf8');
  const body = html.slice(html.indexOf('<body'));
  return {
    path,
    html,
    ids: new Set([...body.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => decode(id!))),
    links: [...body.matchAll(/<(?:a|img|script|link)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, link]) => decode(link!)),
  };
}

function decode(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
