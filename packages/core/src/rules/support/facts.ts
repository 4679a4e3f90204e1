import { type Configuration, GLOBAL, type SectionContent, sectionContent } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';

/**
 * Something that is true of a section, or not, wherever it stands: found out once, and again only when the section or the global one
 * has become another. What is found must hold no places.
 * @param find what finds it out, of the section and the global one alone; the same function each time
 */
export function factOf<Fact>(context: RuleContext, scope: string, find: (context: RuleContext, scope: string) => Fact): Fact {
  const facts = factsOf(context.configuration, scope);
  if (!facts) return find(context, scope);
  if (!facts.has(find)) facts.set(find, find(context, scope));
  return facts.get(find) as Fact;
}

type Facts = Map<unknown, unknown>;

const known = new WeakMap<SectionContent, WeakMap<SectionContent, Facts>>();
const ofConfiguration = new WeakMap<Configuration, Map<string, Facts | undefined>>();

function factsOf(configuration: Configuration, scope: string): Facts | undefined {
  let found = ofConfiguration.get(configuration);
  if (!found) {
    found = new Map();
    ofConfiguration.set(configuration, found);
  }
  if (!found.has(scope)) found.set(scope, findFacts(configuration, scope));
  return found.get(scope);
}

/** What was found out about a section below a global one; both may be the same in many configurations. */
function findFacts(configuration: Configuration, scope: string): Facts | undefined {
  const own = sectionContent(configuration, scope);
  const global = sectionContent(configuration, GLOBAL) ?? NOTHING;
  if (!own) return undefined;
  const below = known.get(global) ?? new WeakMap<SectionContent, Facts>();
  known.set(global, below);
  const facts = below.get(own) ?? new Map();
  below.set(own, facts);
  return facts;
}

/** A global section that sets nothing, of either Prosody. */
const NOTHING: SectionContent = { units: [] };
