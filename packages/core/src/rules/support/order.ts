import type { Option } from '../../evaluate/index.js';

/** Whether the order in which a folder lists its files decides about an option (evaluate/prosody/include.ts says so). */
export function isOrderDependent({ value }: Option): boolean {
  return value.kind === 'unknown' && value.reason.startsWith('the order in which the folder lists the files');
}
