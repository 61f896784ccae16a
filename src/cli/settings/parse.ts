/** Reads the text of the settings file: what is right is used, what is wrong is said with line and column. */
import {isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError, type YAMLMap} from 'yaml';
import type {Params} from '../../course/index.ts';
import {ACTIONS, THEMES} from '../../ui/index.tsx';
import {type Given, PLACES, type Place, settle} from './conflicts.ts';
import {keyInFile, NAMED, readKey} from './names.ts';
import type {FileSettings, Problem} from './types.ts';

/** What each setting can be. */
export const CHOICES = {lang: ['en', 'zh'], theme: THEMES, ascii: ['auto', 'yes', 'no']} as const;

type Choice = keyof typeof CHOICES;

const KNOWN = [...Object.keys(CHOICES), 'keys'];

/** Never throws: a text that is no YAML at all is a problem like any other. */
export function parseSettings(text: string): {settings: FileSettings; problems: Problem[]} {
  const lines = new LineCounter();
  const doc = parseDocument(text, {lineCounter: lines, prettyErrors: false});
  const reader = new Reader(offset => lines.linePos(offset));
  for (const error of doc.errors) reader.syntax(error);
  const torn = doc.errors.some(error => error.code !== 'DUPLICATE_KEY');
  const before = reader.problems.length;
  const settings = reader.top(doc.contents);
  // Where the text is torn, what follows from the tear would only confuse.
  if (torn) reader.problems.length = before;
  const problems = reader.problems.sort((a, b) => a.line - b.line || a.col - b.col);
  return {settings, problems};
}

class Reader {
  readonly problems: Problem[] = [];
  private readonly given: Given[] = [];
  private readonly place: (offset: number) => {line: number; col: number};

  constructor(place: (offset: number) => {line: number; col: number}) {
    this.place = place;
  }

  syntax(error: YAMLError): void {
    const code = error.code === 'TAB_AS_INDENT' ? 'yaml-tab' : error.code === 'DUPLICATE_KEY' ? 'yaml-twice' : 'yaml';
    this.add(error.pos[0], code, {message: error.message.split('\n')[0]!});
  }

  top(contents: unknown): FileSettings {
    const settings: FileSettings = {keys: {}};
    for (const [name, value, at] of this.entries(contents, '')) {
      if (name === 'keys') this.keys(value);
      else if (Object.hasOwn(CHOICES, name)) this.choice(name as Choice, value, at, settings);
      else this.add(at, 'unknown-key', {key: name, known: KNOWN.join(', ')});
    }
    const {keys, conflicts} = settle(this.given);
    for (const {blamed, other} of conflicts) {
      const action = `${blamed.place}.${blamed.action}`;
      this.add(blamed.at, 'key-taken', {key: keyInFile(blamed.key), action, other});
    }
    return {...settings, keys};
  }

  private choice(name: Choice, value: unknown, at: number, settings: FileSettings): void {
    const known: readonly string[] = CHOICES[name];
    const came = textOf(value);
    if (came !== undefined && known.includes(came)) Object.assign(settings, {[name]: came});
    else
      this.add(startOf(value) ?? at, 'value', {
        key: name,
        came: came ?? '…',
        known: known.join(', '),
      });
  }

  private keys(value: unknown): void {
    for (const [place, actions, at] of this.entries(value, 'keys')) {
      if ((PLACES as string[]).includes(place)) this.actions(place as Place, actions);
      else this.add(at, 'unknown-place', {key: place, known: PLACES.join(', ')});
    }
  }

  private actions(place: Place, value: unknown): void {
    const known: Record<string, readonly string[]> = ACTIONS[place];
    for (const [action, keys, at] of this.entries(value, `keys.${place}`)) {
      if (!Object.hasOwn(known, action)) {
        const names = Object.keys(known);
        this.add(at, 'unknown-action', {key: action, place, known: names.join(', ')});
        continue;
      }
      const nodes: unknown[] = isSeq(keys) ? keys.items : [keys];
      if (nodes.every(node => textOf(node) === '')) {
        const usual = known[action]!.map(keyInFile).join(', ');
        this.add(startOf(keys) ?? at, 'key-none', {action: `${place}.${action}`, usual});
        continue;
      }
      for (const node of nodes) this.key(place, action, node, startOf(node) ?? at);
    }
  }

  private key(place: Place, action: string, node: unknown, at: number): void {
    const came = textOf(node);
    const read = readKey(came ?? '');
    if ('key' in read) this.given.push({place, action, key: read.key, at});
    else {
      const names = Object.keys(NAMED);
      this.add(at, read.wrong, {key: came || '…', known: names.join(', ')});
    }
  }

  /** Keys and values of a map with the offset of each key; an empty value is an empty map. */
  private *entries(node: unknown, path: string): Generator<[string, unknown, number]> {
    if (textOf(node) === '') return;
    if (!isMap(node)) {
      this.add(startOf(node) ?? 0, path === '' ? 'not-map' : 'not-map-in', {key: path});
      return;
    }
    for (const {key, value} of (node as YAMLMap<unknown, unknown>).items) {
      yield [textOf(key) ?? '…', value, startOf(key) ?? startOf(node) ?? 0];
    }
  }

  private add(offset: number, code: string, params: Params): void {
    this.problems.push({...this.place(offset), code, params});
  }
}

/** What stands there, as it was written: `~` and `1` are keys on a keyboard. Empty for nothing; undefined for a list or a map. */
function textOf(node: unknown): string | undefined {
  if (node === null || node === undefined) return '';
  if (!isScalar(node)) return undefined;
  return typeof node.value === 'string' ? node.value : (node.source ?? '');
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}
