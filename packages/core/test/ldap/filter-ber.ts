import type { FilterNode, FilterValue } from '../../src/ldap/index.js';

const utf8 = (text: string): number[] => [...Buffer.from(text, 'utf8')];

function tlv(tag: number, content: readonly number[]): number[] {
  const size = content.length;
  const length =
    size < 128
      ? [size]
      : size < 256
        ? [0x81, size]
        : size < 65536
          ? [0x82, size >> 8, size & 255]
          : [0x83, size >> 16, (size >> 8) & 255, size & 255];
  return [tag, ...length, ...content];
}

/** The BER of a filter (RFC 4511 section 4.5.1), to be compared with what libldap writes for the same text. */
export function filterBer(node: FilterNode): number[] {
  const bytes = (value: FilterValue | null, tag: number): number[] => (value ? tlv(tag, value.bytes) : []);
  const name = (text: string): number[] => tlv(4, utf8(text));
  switch (node.type) {
    case 'and':
    case 'or':
      return tlv(node.type === 'and' ? 0xa0 : 0xa1, node.filters.flatMap(filterBer));
    case 'not':
      return tlv(0xa2, filterBer(node.filter));
    case 'present':
      return tlv(0x87, utf8(node.attribute.text));
    case 'substrings': {
      const parts = [bytes(node.initial, 0x80), ...node.any.map(value => bytes(value, 0x81)), bytes(node.final, 0x82)].flat();
      return tlv(0xa4, [...name(node.attribute.text), ...tlv(0x30, parts)]);
    }
    case 'extensible': {
      const rule = node.rule ? tlv(0x81, utf8(node.rule.text)) : [];
      const attribute = node.attribute ? tlv(0x82, utf8(node.attribute.text)) : [];
      return tlv(0xa9, [...rule, ...attribute, ...bytes(node.value, 0x83), ...(node.dnAttributes ? [0x84, 1, 255] : [])]);
    }
    default: {
      const tag = { equality: 0xa3, greaterOrEqual: 0xa5, lessOrEqual: 0xa6, approx: 0xa8 }[node.type];
      return tlv(tag, [...name(node.attribute.text), ...bytes(node.value, 4)]);
    }
  }
}
