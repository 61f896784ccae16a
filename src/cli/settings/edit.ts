/** Changes a choice in the text of the settings file and leaves every other letter of it as it was. */
import {isMap, isScalar, type Node, parseDocument} from 'yaml';
import type {Settings} from '../../ui/index.tsx';

export type Change = Partial<Pick<Settings, 'lang' | 'theme'>>;

/** The new text; undefined where the old one is no YAML, which nobody but its author should touch. */
export function withChange(text: string, change: Change): string | undefined {
  let now = text;
  for (const [name, value] of Object.entries(change)) {
    const next = withOne(now, name, value);
    if (next === undefined) return undefined;
    now = next;
  }
  return now;
}

function withOne(text: string, name: string, value: string): string | undefined {
  const doc = parseDocument(text);
  if (doc.errors.length > 0 || (doc.contents !== null && !isMap(doc.contents))) return undefined;
  const spliced = replaced(text, doc.get(name, true), value) ?? added(text, doc.contents, name, value);
  if (holds(spliced, name, value)) return spliced;
  // A map in braces, an anchor, a block scalar: rare enough to be written anew as a whole.
  doc.set(name, value);
  return doc.toString({lineWidth: 0});
}

/** In place of the value that stands there. */
function replaced(text: string, node: unknown, value: string): string | undefined {
  const range = (node as Node | undefined)?.range;
  return range && isScalar(node) && range[1] > range[0]
    ? text.slice(0, range[0]) + value + text.slice(range[1])
    : undefined;
}

/** As a line of its own: below the line that has it as an example, else at the end. */
function added(text: string, contents: unknown, name: string, value: string): string {
  const line = `${name}: ${value}\n`;
  const example = new RegExp(`^#\\s?${name}:.*(\\n|$)`, 'm').exec(text);
  if (example && holds(insert(text, example.index + example[0].length, line), name, value)) {
    return insert(text, example.index + example[0].length, line);
  }
  const first = isMap(contents) ? ((contents.items[0]?.key as Node | undefined)?.range?.[0] ?? 0) : 0;
  const indent = isMap(contents) ? /[^\n]*$/.exec(text.slice(0, first))![0] : '';
  return insert(text, text.length, indent.trim() === '' ? indent + line : line);
}

function insert(text: string, at: number, line: string): string {
  const before = text.slice(0, at);
  return before + (before === '' || before.endsWith('\n') ? '' : '\n') + line + text.slice(at);
}

function holds(text: string, name: string, value: string): boolean {
  const doc = parseDocument(text);
  return doc.errors.length === 0 && isMap(doc.contents) && String(doc.contents.get(name)) === value;
}
