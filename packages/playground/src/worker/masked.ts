import type { MemoryFile } from '@prosodist/core';
import { withoutSecrets } from '@prosodist/language-service';
import type { Masked } from '../protocol.js';
import type { State } from './state.js';

/** The files as they may be shown to others, and the lines that differ. */
export function maskedFiles({ project, tree }: State): Masked {
  const places: { file: string; line: number }[] = [];
  const files: Record<string, MemoryFile> = {};
  for (const [file, content] of Object.entries(project.files)) {
    if (typeof content !== 'string') {
      files[file] = content;
      continue;
    }
    const masked = withoutSecrets(content, tree.result.configuration);
    files[file] = masked;
    const shown = masked.split('\n');
    for (const [index, line] of content.split('\n').entries())
      if (masked !== content && line !== shown[index]) places.push({ file, line: index });
  }
  return { files, places };
}
