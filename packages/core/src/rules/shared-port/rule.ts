import { findOption } from '../../catalog/index.js';
import { GLOBAL, listEntries, type Origin, openReason, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { textOf } from '../support/ldap-table.js';

export const sharedPort: Rule = {
  name: 'shared-port',
  severity: 'error',
  summary: 'Two services of Prosody are given the same port; only one of them gets it.',
  fixable: 'never',
  source: 'core/portmanager.lua: activate, "Multiple services configured to listen on the same port"',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const taken = new Map<number, Service>();
      for (const service of SERVICES.flatMap(name => serviceOf(context, name) ?? [])) {
        for (const { port, at } of service.ports) {
          const other = taken.get(port);
          if (!other) taken.set(port, service);
          else if (other !== service) reportShared(context, port, at, service, other);
        }
      }
    },
  },
};

/** Services on all interfaces, those that are always there first. */
const SERVICES = ['c2s', 's2s', 'c2s_direct_tls', 's2s_direct_tls', 'legacy_ssl', 'http', 'https', 'proxy65'];

interface Service {
  readonly name: string;
  readonly ports: readonly { readonly port: number; readonly at: Origin | null }[];
}

/** A service with its ports; `undefined` where it does not run for sure, has interfaces of its own, or its ports are not known. */
function serviceOf({ configuration, version, complete }: RuleContext, name: string): Service | undefined {
  const options = configuration.sections.get(GLOBAL)?.options;
  const has = (option: string) => options?.has(option) ?? false;
  if (has(`${name}_interfaces`) || has(`${name}_interface`)) return undefined;
  const option = options?.get(`${name}_ports`);
  if (option) return { name, ports: portsOf(option.value, option.setting.valueOrigin) };
  const off = options?.get('modules_disabled')?.value;
  const runs = ALWAYS.has(name) && complete && !(off && (off.kind !== 'table' || isListed(off, name)));
  const fallback = findOption(`${name}_ports`, version)?.default;
  if (!runs || !fallback || !('literal' in fallback) || !Array.isArray(fallback.literal)) return undefined;
  const ports = (fallback.literal as readonly unknown[]).filter(port => typeof port === 'number');
  return { name, ports: ports.map(port => ({ port, at: null })) };
}

/** core/modulemanager.lua: autoload_modules. */
const ALWAYS = new Set(['c2s', 's2s']);

function isListed(list: Value, name: string): boolean {
  return (
    list.kind === 'table' && (openReason(list) !== undefined || listEntries(list).some(({ value }) => textOf(value) === name))
  );
}

function portsOf(value: Value, at: Origin): { port: number; at: Origin }[] {
  const values = value.kind === 'table' ? listEntries(value).map(entry => entry.value) : [value];
  return values.flatMap(entry => {
    const port = entry.kind === 'number' ? entry.value : entry.kind === 'string' ? Number(entry.value) : Number.NaN;
    const own = entry.origin;
    const here = own && own.file === at.file && own.start >= at.start && own.end <= at.end ? own : at;
    return Number.isInteger(port) ? [{ port, at: here }] : [];
  });
}

function reportShared(context: RuleContext, port: number, at: Origin | null, service: Service, other: Service): void {
  const elsewhere = other.ports.find(entry => entry.port === port)?.at ?? null;
  const place = at ?? elsewhere;
  if (!place) return;
  const unset = [service, other].filter(({ ports }) => ports.every(entry => entry.at === null));
  context.report({
    message: `port ${port} is given to two services, ${other.name} and ${service.name}`,
    why: `Prosody gives it to one of them and logs "Multiple services configured to listen on the same port" for the other.${unset[0] ? ` ${unset[0].name} uses it by default.` : ''}`,
    help: 'Give each service a port of its own.',
    at: place,
    related: at && elsewhere ? [{ message: `${other.name} has it here`, at: elsewhere }] : [],
  });
}
