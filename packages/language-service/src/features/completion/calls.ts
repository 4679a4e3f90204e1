import type { Place } from '../../place/place.js';
import type { Tree, TreeFile } from '../../tree.js';
import { newHosts } from './hosts.js';
import type { Proposal } from './item.js';
import { moduleProposals } from './modules.js';
import { pathProposals } from './paths.js';

/** What a call's argument could be: names of hosts, modules, files. */
export function argumentProposals(tree: Tree, file: TreeFile, place: Place, written: string): Proposal[] {
  const { name, index } = place.call!;
  if (name === 'Component' && index === 1) return moduleProposals(tree, file, ['component']);
  if (index > 0) return [];
  if (name === 'VirtualHost' || name === 'Host' || name === 'Component') return newHosts(file.configuration, name);
  if (name === 'Include') return pathProposals(tree, place, written, 'configuration');
  return name === 'Credential' ? [] : pathProposals(tree, place, written, 'any');
}
