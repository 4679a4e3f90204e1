// The options that a net service has without any module asking for them: portmanager composes their names.
import type { RawCatalog, RawService } from './raw.js';
import type { OptionReader, OptionType } from './types.js';

/** An option that only its service gives a type. */
export interface ServiceOption {
  readonly name: string;
  readonly type: OptionType;
  readonly reader: OptionReader;
}

/**
 * The derived options of every service of a tree: ports, interfaces, TLS settings, certificate and host name.
 * Source: core/portmanager.lua (`activate`, `get_port_ssl_ctx`, `add_sni_host`) and core/certmanager.lua (`find_service_cert`).
 */
export function serviceOptions(raw: RawCatalog): readonly ServiceOption[] {
  return raw.services.flatMap(service => {
    const prefix = service.prefix === '' ? '' : `${service.prefix}_`;
    const option = (name: string, type: OptionType, scope: 'global' | 'host', reader: Partial<OptionReader> = {}) => ({
      name,
      type,
      reader: { ...readerOf(raw, service, scope), ...reader },
    });
    return [
      option(`${prefix}ports`, 'port-list', 'global', service.ports ? { default: { literal: service.ports } } : {}),
      option(`${prefix}interfaces`, 'interface-list', 'global'),
      // the singular of before 0.9 still works; that of ports does not
      option(`${prefix}interface`, 'interface-list', 'global'),
      option(`${prefix}ssl`, 'ssl', 'host'),
      ...(service.encryption === 'ssl'
        ? [option(`${service.name}_certificate`, 'certificate', 'global'), option(`${service.name}_host`, 'string', 'host')]
        : []),
    ];
  });
}

/** The reader that stands for a service: the module that offers it, at the line where it does. */
function readerOf(raw: RawCatalog, service: RawService, scope: 'global' | 'host'): OptionReader {
  const file = raw.files[service.file];
  return {
    module: file?.[1] ?? service.name,
    getter: 'raw',
    scope,
    source: file?.[2] === 1 ? 'prosody-modules' : 'prosody',
    ...(file ? { file: file[0], line: service.line } : {}),
  };
}
