import type { FilterItem, FilterNode, FilterValue } from '@prosodist/core';
import type { BerWriter } from 'ldapts';

const COMPARISONS = { equality: 0xa3, greaterOrEqual: 0xa5, lessOrEqual: 0xa6, approx: 0xa8 } as const;

/**
 * Writes a filter that core parsed as BER (RFC 4511 section 4.5.1.7), byte for byte as libldap's put_filter does. ldapts'
 * own filters hold values as texts, which loses bytes that are no UTF-8, and do not know `;binary` and OIDs.
 */
export function writeFilter(writer: BerWriter, filter: FilterNode): void {
  switch (filter.type) {
    case 'and':
    case 'or':
      writer.startSequence(filter.type === 'and' ? 0xa0 : 0xa1);
      for (const part of filter.filters) writeFilter(writer, part);
      writer.endSequence();
      return;
    case 'not':
      writer.startSequence(0xa2);
      writeFilter(writer, filter.filter);
      writer.endSequence();
      return;
    default:
      writeItem(writer, filter);
  }
}

function writeItem(writer: BerWriter, item: FilterItem): void {
  switch (item.type) {
    case 'present':
      writer.writeString(item.attribute.text, 0x87);
      return;
    case 'substrings':
      writer.startSequence(0xa4);
      writer.writeString(item.attribute.text);
      writer.startSequence();
      if (item.initial) writeValue(writer, item.initial, 0x80);
      for (const part of item.any) writeValue(writer, part, 0x81);
      if (item.final) writeValue(writer, item.final, 0x82);
      writer.endSequence();
      writer.endSequence();
      return;
    case 'extensible':
      writer.startSequence(0xa9);
      if (item.rule) writer.writeString(item.rule.text, 0x81);
      if (item.attribute) writer.writeString(item.attribute.text, 0x82);
      writeValue(writer, item.value, 0x83);
      // put_simple_filter leaves the default (false) out
      if (item.dnAttributes) writer.writeBoolean(true, 0x84);
      writer.endSequence();
      return;
    default:
      writer.startSequence(COMPARISONS[item.type]);
      writer.writeString(item.attribute.text);
      writeValue(writer, item.value, 0x04);
      writer.endSequence();
  }
}

function writeValue(writer: BerWriter, value: FilterValue, tag: number): void {
  writer.writeBuffer(Buffer.from(value.bytes), tag);
}
