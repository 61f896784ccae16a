/** Lays a translation beside the English lab: same steps, same ids, words instead of words, and no command. */
import type {Mistake, PredictBlock, QuizBlock, Words} from '../lab.ts';
import {alertKey, type Built, type BuiltStep, type Slot} from './blocks.ts';
import type {Item, Prose, RawDoc, RawStep} from './document.ts';
import {type Fence, VERBS} from './fence.ts';
import type {Findings, Place} from './findings.ts';
import type {Places, TextRole} from './places.ts';
import * as schema from './schema.ts';
import {tidyChinese} from './tidy.ts';
import {validate} from './validate.ts';
import {parseYaml, type YamlText} from './yaml.ts';

interface Entry {
  key: string;
  at: Place;
  item: Item;
}

/** Keys of a translation's items, by the same rules as the English ones. */
function entriesOf(items: Item[]): Entry[] {
  const counts: Record<string, number> = {};
  let judged: string | undefined;
  return items.map(item => {
    if (item.kind === 'prose') return {key: 'prose', at: item.at, item};
    if (item.kind === 'alert') return {key: alertKey(item.type, judged, counts), at: item.at, item};
    const {verb, id, at} = item.fence;
    if (verb === 'check' || verb === 'quiz') judged = id;
    return {key: `${verb} #${id ?? ''}`, at, item};
  });
}

/** Whether a translation must have a counterpart: it holds words. */
function wanted(slot: Slot): boolean {
  if ('fence' in slot) return VERBS[slot.fence.verb]!.inTranslation === 'words';
  return true;
}

class Translator {
  private readonly built: Built;
  private readonly file: string;
  private readonly findings: Findings;
  private readonly places: Places;
  private step = '';

  constructor(built: Built, file: string, findings: Findings, places: Places) {
    this.built = built;
    this.file = file;
    this.findings = findings;
    this.places = places;
  }

  run(doc: RawDoc): void {
    this.intro(doc);
    let last = -1;
    const seen = new Set<string>();
    for (const raw of doc.steps) {
      const index = this.built.steps.findIndex(step => step.step.id === raw.id);
      if (raw.id === '') continue;
      if (index < 0) this.findings.error('translation.left-over', raw.idAt, {what: `<a id="${raw.id}">`});
      else if (seen.has(raw.id))
        this.findings.error('id.twice', raw.idAt, {id: raw.id, line: doc.steps.find(s => s.id === raw.id)!.idAt.line});
      else {
        if (index < last) this.findings.error('translation.order', raw.idAt, {what: `<a id="${raw.id}">`});
        last = Math.max(last, index);
        this.translateStep(this.built.steps[index]!, raw);
      }
      seen.add(raw.id);
    }
    const end = {line: doc.source.lines.length, col: 1};
    for (const {step} of this.built.steps)
      if (!seen.has(step.id)) this.findings.error('translation.missing', end, {what: `<a id="${step.id}">`});
  }

  private say(words: Words, text: string, at: Place, role: TextRole): void {
    const zh = tidyChinese(text);
    words.zh = zh;
    this.places.texts.push({role, text: zh, lang: 'zh', file: this.file, at, containers: [], step: this.step});
  }

  private intro(doc: RawDoc): void {
    const prose = doc.intro.filter(item => item.kind === 'prose');
    for (const item of doc.intro) if (item.kind !== 'prose') this.findings.error('intro.block', item.at);
    const {intro} = this.built;
    if (intro && prose.length === 0)
      this.findings.error('translation.missing-text', {line: 1, col: 1}, {text: excerpt(intro.en)});
    else if (!intro && prose.length > 0)
      this.findings.error('translation.left-over-text', prose[0]!.at, {text: excerpt(prose[0]!.parts[0]!.text)});
    else if (intro)
      this.say(intro, prose.flatMap(p => p.parts.map(part => part.text)).join('\n\n'), prose[0]!.at, 'prose');
  }

  private translateStep(built: BuiltStep, raw: RawStep): void {
    this.step = raw.id;
    this.say(built.step.title, raw.title, raw.at, 'step-title');
    const entries = entriesOf(raw.items);
    const slots = new Map(built.slots.filter(slot => slot.key !== 'prose').map(slot => [slot.key, slot]));
    const order = [...slots.keys()];
    const common: Entry[] = [];
    let last = -1;
    let inOrder = true;
    for (const entry of entries) {
      if (entry.key === 'prose') continue;
      const slot = slots.get(entry.key);
      const index = order.indexOf(entry.key);
      if (!slot) this.findings.error('translation.left-over', entry.at, {what: entry.key});
      else if (common.some(other => other.key === entry.key))
        this.findings.error('translation.twice', entry.at, {what: entry.key});
      else {
        if (index < last) {
          this.findings.error('translation.order', entry.at, {what: entry.key});
          inOrder = false;
        }
        last = Math.max(last, index);
        common.push(entry);
        this.fill(slot, entry.item);
      }
    }
    for (const slot of slots.values())
      if (wanted(slot) && !common.some(entry => entry.key === slot.key))
        this.findings.error('translation.missing', raw.at, {what: slot.key});
    if (!inOrder) return;
    const rest = entries.filter(entry => entry.key === 'prose' || common.includes(entry));
    this.segments(built, raw, rest, new Set(common.map(entry => entry.key)));
  }

  /** Between two blocks that both files have, the paragraphs of one stand for those of the other. */
  private segments(built: BuiltStep, raw: RawStep, entries: Entry[], common: Set<string>): void {
    const keys = ['', ...built.slots.map(slot => slot.key).filter(key => common.has(key))];
    for (const key of keys) {
      const english = between(built.slots, key, common).filter(slot => slot.key === 'prose') as Extract<
        Slot,
        {parts: number}
      >[];
      const prose = between(entries, key, common).flatMap(entry => (entry.item as Prose).parts ?? []);
      const after = entries.find(entry => entry.key === key)?.at ?? raw.at;
      this.align(english, prose, after);
    }
  }

  private align(english: Extract<Slot, {parts: number}>[], parts: Prose['parts'], after: Place): void {
    const expected = english.reduce((sum, slot) => sum + slot.parts, 0);
    if (expected === 0 && parts.length === 0) return;
    if (parts.length === 0)
      this.findings.error('translation.missing-text', after, {text: excerpt(english[0]!.words.en)});
    else if (expected === 0)
      this.findings.error('translation.left-over-text', parts[0]!.at, {text: excerpt(parts[0]!.text)});
    else if (english.length > 1 && parts.length !== expected)
      this.findings.error('translation.split', parts[0]!.at, {expected, came: parts.length});
    else {
      let from = 0;
      for (const slot of english) {
        const mine = english.length === 1 ? parts : parts.slice(from, from + slot.parts);
        from += slot.parts;
        this.say(slot.words, mine.map(part => part.text).join('\n\n'), mine[0]!.at, 'prose');
      }
    }
  }

  private fill(slot: Slot, item: Item): void {
    if (item.kind === 'alert' && item.when) this.findings.error('translation.attribute', item.when.at, {key: 'WHEN'});
    if (item.kind === 'alert') this.say((slot as {words: Words}).words, item.text, item.at, 'alert');
    if (item.kind !== 'fence' || !('fence' in slot)) return;
    const {fence} = item;
    const rule = VERBS[fence.verb]!;
    for (const [key, attr] of fence.attrs)
      if (key !== 'title') this.findings.error('translation.attribute', attr.key, {key});
    if (rule.lang !== 'yaml' || rule.inTranslation === 'empty') {
      if (fence.body.trim() !== '')
        this.findings.error('translation.command', {line: fence.at.line + 1, col: 1}, {verb: fence.verb});
      if (fence.verb === 'check') this.checkTitle(slot, fence);
      return;
    }
    const yaml = parseYaml(fence.body, {line: fence.at.line + 1, col: 1}, this.findings);
    if (!yaml) return;
    if (yaml.value === null || typeof yaml.value !== 'object' || Array.isArray(yaml.value))
      this.findings.error('yaml.not-map', {line: fence.at.line + 1, col: 1}, {what: `yaml ${fence.verb}`});
    else if (fence.verb === 'predict') this.predict(slot.block as PredictBlock, yaml);
    else this.quiz(slot.block as QuizBlock, yaml);
  }

  private checkTitle(slot: {block: {title?: Words} | Mistake | unknown}, fence: Fence): void {
    const title = fence.attrs.get('title');
    if (!title) this.findings.error('check.no-title', fence.at);
    else this.say((slot.block as {title: Words}).title, title.value, title.at, 'check-title');
  }

  /** Whether a word that is there in English is there here, and the other way round; says it into `words`. */
  private pair(
    words: Words | undefined,
    text: string | undefined,
    yaml: YamlText,
    path: (string | number)[],
    role: TextRole,
  ): void {
    const key = path.join('.');
    if (words && words.en !== '' && text === undefined) this.findings.error('yaml.missing', yaml.placeOf(path), {key});
    else if (!words && text !== undefined)
      this.findings.error('translation.left-over', yaml.keyPlace(path), {what: key});
    else if (words && text !== undefined) this.say(words, text, yaml.placeOf(path), role);
  }

  private ids(english: string[], came: string[], yaml: YamlText): void {
    for (const id of english)
      if (!came.includes(id)) this.findings.error('yaml.missing', yaml.keyPlace(['choices']), {key: `choices.${id}`});
    for (const id of came)
      if (!english.includes(id))
        this.findings.error('translation.left-over', yaml.keyPlace(['choices', id]), {what: `choices.${id}`});
  }

  private predict(block: PredictBlock, yaml: YamlText): void {
    const data = validate(yaml, schema.translatedPredict, this.findings);
    if (!data) return;
    this.pair(block.ask, data.ask, yaml, ['ask'], 'ask');
    this.pair(block.because, data.because, yaml, ['because'], 'because');
    this.ids(
      block.choices.map(choice => choice.id),
      Object.keys(data.choices),
      yaml,
    );
    for (const choice of block.choices) {
      const text = data.choices[choice.id];
      if (text !== undefined) this.say(choice.text, text, yaml.placeOf(['choices', choice.id]), 'choice');
    }
  }

  private quiz(block: QuizBlock, yaml: YamlText): void {
    const data = validate(yaml, schema.translatedQuiz, this.findings);
    if (!data) return;
    this.pair(block.ask, data.ask, yaml, ['ask'], 'ask');
    this.pair(block.because, data.because, yaml, ['because'], 'because');
    const choices = data.choices ?? {};
    this.ids(
      (block.choices ?? []).map(choice => choice.id),
      Object.keys(choices),
      yaml,
    );
    for (const choice of block.choices ?? []) {
      const came = choices[choice.id];
      if (!came) continue;
      this.say(choice.text, came.text, yaml.placeOf(['choices', choice.id, 'text']), 'choice');
      this.pair(choice.because, came.because, yaml, ['choices', choice.id, 'because'], 'because');
    }
  }
}

/** What stands between the block `key` ('' for the beginning) and the next one that both files have. */
function between<T extends {key: string}>(list: T[], key: string, common: Set<string>): T[] {
  const from = key === '' ? 0 : list.findIndex(item => item.key === key) + 1;
  const length = list.slice(from).findIndex(item => common.has(item.key));
  return length < 0 ? list.slice(from) : list.slice(from, from + length);
}

function excerpt(text: string): string {
  const line = text.split('\n')[0]!;
  return line.length > 40 ? `${[...line].slice(0, 40).join('')}…` : line;
}

/** Fills `zh` of every word in `built` from the translation; what is missing or left over goes to `findings`. */
export function translate(built: Built, doc: RawDoc, findings: Findings, places: Places): void {
  new Translator(built, doc.source.file, findings, places).run(doc);
}
