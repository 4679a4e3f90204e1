import { RULES, rulePage } from '@prosodist/core';
import { contextOf, type GlobalOptions } from '../context.js';
import type { Io } from '../io.js';
import { plainMarkdown } from '../markdown.js';
import { STATUS } from '../status.js';
import { assertRule } from './fix.js';

/** `prosodist explain RULE`: prints a rule's page. Statuses: 0, or 2 when there is no such rule. */
export async function explain(io: Io, [name = '']: readonly string[], options: GlobalOptions): Promise<number> {
  const { colours, json, width } = contextOf(io, options);
  assertRule(name);
  const page = rulePage(name) ?? RULES.find(rule => rule.name === name)!.summary;
  io.stdout.write(json ? `${JSON.stringify({ name, page }, null, 2)}\n` : plainMarkdown(page, colours, width));
  return STATUS.ok;
}
