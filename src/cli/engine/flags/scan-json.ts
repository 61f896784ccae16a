/** Where a text stops being JSON (RFC 8259), or names a key twice. JSON.parse says the first without its place, the second never. */

interface Fault {
  /** Into the text. */
  index: number;
  /** What may stand there. */
  expected: string;
  /** What stands there; undefined: the text ends. */
  got?: string | undefined;
  /** A key that the same object has already. */
  key?: string;
}

export class JsonFault extends Error implements Fault {
  readonly index: number;
  readonly expected: string;
  readonly got: string | undefined;
  readonly key: string | undefined;

  constructor({index, expected, got, key}: Fault) {
    super(`${expected} at ${index}`);
    this.index = index;
    this.expected = expected;
    this.got = got;
    this.key = key;
  }
}

const VALUE = '{ [ " 0-9 - true false null';
const SPACE = /[ \t\n\r]*/y;
const PLAIN = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

function matches(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function fault(text: string, index: number, expected: string): never {
  const point = text.codePointAt(index);
  throw new JsonFault({
    index,
    expected,
    got: point === undefined ? undefined : JSON.stringify(String.fromCodePoint(point)),
  });
}

/** @returns the index behind the string that begins at `from` */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; ; ) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (Number.isNaN(code)) fault(text, at, '"');
    if (code < 0x20) fault(text, at, `\\u${code.toString(16).padStart(4, '0')}`);
    if (code !== 0x5c) at++;
    else at = matches(ESCAPE, text, at) ?? fault(text, at, '\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX');
  }
}

/** Throws a JsonFault. However deep the text goes: there is no recursion. */
export function scanJson(text: string): void {
  /** Keys of each object around, null for a list. */
  const around: (Set<string> | null)[] = [];
  let at = 0;
  const skip = (): void => {
    at = matches(SPACE, text, at) ?? at;
  };
  const key = (keys: Set<string>): void => {
    if (text[at] !== '"') fault(text, at, keys.size === 0 ? '" }' : '"');
    const end = stringEnd(text, at);
    const name = JSON.parse(text.slice(at, end)) as string;
    if (keys.has(name)) throw new JsonFault({index: at, expected: '', key: JSON.stringify(name)});
    keys.add(name);
    at = end;
    skip();
    if (text[at] !== ':') fault(text, at, ':');
    at++;
    skip();
  };
  skip();
  for (;;) {
    // At a value; a list or an object that is not empty leads to the value in it.
    const open = text[at];
    if (open === '{' || open === '[') {
      at++;
      skip();
      if (text[at] !== (open === '{' ? '}' : ']')) {
        const keys = open === '{' ? new Set<string>() : null;
        around.push(keys);
        if (keys) key(keys);
        continue;
      }
      at++;
    } else if (open === '"') at = stringEnd(text, at);
    else at = matches(PLAIN, text, at) ?? fault(text, at, VALUE);
    // Behind a value.
    for (;;) {
      skip();
      const keys = around.at(-1);
      if (keys === undefined) {
        if (at < text.length) fault(text, at, 'EOF');
        return;
      }
      const next = text[at];
      if (next === ',') break;
      if (next !== (keys ? '}' : ']')) fault(text, at, keys ? ', }' : ', ]');
      at++;
      around.pop();
    }
    at++;
    skip();
    const keys = around.at(-1);
    if (keys) key(keys);
  }
}
