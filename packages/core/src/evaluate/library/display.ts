import { callBack, metaMethod } from '../access.js';
import { numberText } from '../operators.js';
import { NIL, string, unknown, type Value } from '../values.js';
import { libraryFault, type NativeCall } from './native.js';

/** The text that `tostring` makes of a value (luaL_tolstring of lauxlib.c); unknown where it is an address. */
export function displayed(given: NativeCall, value: Value): Value {
  switch (value.kind) {
    case 'string':
    case 'unknown':
      return value;
    case 'number':
      return string(numberText(value));
    case 'nil':
      return string('nil');
    case 'boolean':
      return string(String(value.value));
    case 'function':
      return unknown('the address of a function', given.at);
    case 'table':
      break;
  }
  const handler = metaMethod(value, '__tostring');
  if (handler.kind === 'nil') return unknown('the address of a table', given.at);
  const text = callBack(given.run, handler, [value], given.at)[0] ?? NIL;
  if (text.kind === 'string' || text.kind === 'unknown') return text;
  if (text.kind === 'number') return string(numberText(text));
  throw libraryFault(given, "'__tostring' must return a string");
}
