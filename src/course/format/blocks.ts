/** From the items of the English file to the model: which block belongs to which, and who is on the stage by then. */
import type {Block, CheckBlock, Mistake, QuizBlock, RunBlock, Step, Words} from '../lab.ts';
import {commandsOf, readRun} from './commands.ts';
import {RESERVED, readContainer, stringsIn, type WrittenSpec} from './container.ts';
import type {Alert, Item, Prose, RawDoc, RawStep} from './document.ts';
import {bodyPlace, type Fence, VERBS} from './fence.ts';
import type {Findings, Place} from './findings.ts';
import type {Places} from './places.ts';
import {note, readPredict, readQuiz, readShow, type Where} from './questions.ts';
import {parseYaml, type YamlText} from './yaml.ts';

type Judged = CheckBlock | QuizBlock;

/** What stands in a step in the order of the file, for the translations to be laid beside. */
export type Slot =
  | {key: 'prose'; words: Words; parts: number}
  | {key: string; words: Words; alert: Alert['type']}
  | {key: string; block: Block | Mistake; fence: Fence};

export interface BuiltStep {
  step: Step;
  slots: Slot[];
}

export interface Built {
  intro?: Words;
  introParts: number;
  steps: BuiltStep[];
  cleanup: RunBlock[];
  /** For checkSpecs(). */
  specs: WrittenSpec[];
}

class Builder {
  private readonly file: string;
  private readonly findings: Findings;
  private readonly places: Places;
  private readonly ids = new Map<string, Place>();
  private readonly containers: string[] = [];
  private readonly cleanup: RunBlock[] = [];
  private readonly specs: WrittenSpec[] = [];
  /** Every step stands alone: containers and the ids of what sets it up are its own. */
  private readonly apart: boolean;
  private step!: Step;
  private slots: Slot[] = [];
  /** The check or hands-on quiz that hints, solutions and mistakes belong to. */
  private judged: Judged | undefined;
  private hinted: Judged | undefined;
  private mistake: Mistake | undefined;
  private counts: Record<string, number> = {};

  constructor(file: string, findings: Findings, places: Places, apart: boolean) {
    this.file = file;
    this.findings = findings;
    this.places = places;
    this.apart = apart;
  }

  build(doc: RawDoc): Built {
    const intro = this.intro(doc.intro);
    const steps = doc.steps.map(raw => this.buildStep(raw));
    if (steps.length === 0) this.findings.error('lab.no-steps', {line: 1, col: 1});
    return {...intro, steps, cleanup: this.cleanup, specs: this.specs};
  }

  private intro(items: Item[]): {intro?: Words; introParts: number} {
    const prose = items.filter(item => item.kind === 'prose');
    for (const item of items) if (item.kind !== 'prose') this.findings.error('intro.block', item.at);
    if (prose.length === 0) return {introParts: 0};
    const text = prose.map(proseText).join('\n\n');
    note(this.where(''), 'prose', text, prose[0]!.at);
    return {intro: {en: text}, introParts: prose.reduce((n, p) => n + p.parts.length, 0)};
  }

  private where(step = this.step.id): Where {
    return {file: this.file, containers: [...this.containers], step, places: this.places, findings: this.findings};
  }

  private takeId(id: string, at: Place, verb?: string): void {
    // Where steps stand alone, only they and their questions are known outside.
    const scope = () => (verb === 'quiz' ? 'quiz' : this.step.id);
    const key = this.apart && verb !== undefined ? `${scope()} ${id}` : id;
    const first = this.ids.get(key);
    if (first) this.findings.error('id.twice', at, {id, line: first.line});
    else this.ids.set(key, at);
  }

  private buildStep(raw: RawStep): BuiltStep {
    if (raw.id !== '') this.takeId(raw.id, raw.idAt);
    this.step = {id: raw.id, title: {en: raw.title}, blocks: [], pos: {file: this.file, ...raw.at}};
    this.slots = [];
    this.judged = undefined;
    this.hinted = undefined;
    this.mistake = undefined;
    if (this.apart) this.containers.length = 0;
    this.counts = {};
    note(this.where(), 'step-title', raw.title, raw.at);
    for (const item of raw.items) {
      if (item.kind === 'prose') this.prose(item);
      else if (item.kind === 'alert') this.alert(item);
      else this.fence(item.fence);
    }
    return {step: this.step, slots: this.slots};
  }

  private prose(prose: Prose): void {
    const words = {en: proseText(prose)};
    this.step.blocks.push({kind: 'prose', pos: {file: this.file, ...prose.at}, text: words});
    this.slots.push({key: 'prose', words, parts: prose.parts.length});
    note(this.where(), 'prose', words.en, prose.at);
  }

  private alert(alert: Alert): void {
    const words = {en: alert.text};
    const hinted = this.hinted;
    const mistake = this.mistake;
    const pos = {file: this.file, ...alert.at};
    if (alert.type === 'NOTE') this.step.blocks.push({kind: 'note', pos, text: words});
    else if (alert.type === 'DRIFT') this.step.blocks.push({kind: 'drift', pos, text: words});
    else if (alert.type === 'WHEN') this.conditional(alert, words);
    else if (alert.type === 'HINT' && hinted) hinted.hints = [...(hinted.hints ?? []), words];
    else if (alert.type === 'SAY' && mistake?.say.en === '') mistake.say = words;
    else {
      const code = alert.type === 'HINT' ? 'hint.no-check' : mistake ? 'say.twice' : 'say.no-mistake';
      this.findings.error(code, alert.at, mistake ? {id: mistake.id} : {});
      return;
    }
    this.slots.push({key: alertKey(alert.type, hinted?.id, this.counts), words, alert: alert.type});
    note(this.where(), 'alert', alert.text, alert.at);
  }

  /** Text that counts only where its condition holds. */
  private conditional({when, at}: Alert, text: Words): void {
    if (!when) {
      this.findings.error('alert.no-when', at);
      return;
    }
    const place = (offset: number): Place => ({line: when.at.line, col: when.at.col + offset});
    const containers = [...this.containers];
    this.places.conditions.push({role: 'when', expr: when.expr, file: this.file, at: place, containers});
    this.step.blocks.push({kind: 'prose', pos: {file: this.file, ...at}, text, when: when.expr});
  }

  private fence(fence: Fence): void {
    if (fence.id !== undefined && !this.continues(fence)) this.takeId(fence.id, fence.idAt!, fence.verb);
    if (VERBS[fence.verb]!.lang === 'yaml') {
      const yaml = this.yaml(fence);
      if (yaml) {
        this.when(fence);
        this.yamlBlock(fence, yaml);
      }
      // Its id counts even when its text is broken, so that one slip isn't told twenty times.
      if (fence.verb === 'container' && fence.id !== undefined) this.containers.push(fence.id);
      return;
    }
    this.when(fence);
    if (fence.verb === 'check') this.check(fence);
    else if (fence.verb === 'mistake') this.takeMistake(fence);
    else if (fence.verb === 'cleanup') this.cleanup.push(this.run(fence));
    else if (fence.verb === 'run') this.push(fence, this.run(fence));
    else if (this.judged) this.judged.solve!.push(this.run(fence));
    else this.findings.error('solve.no-check', fence.at, {verb: fence.verb});
  }

  private yamlBlock(fence: Fence, yaml: YamlText): void {
    if (fence.verb === 'container') this.container(fence, yaml);
    else if (fence.verb === 'show') this.push(fence, readShow(fence, yaml, this.where()));
    else if (fence.verb === 'predict') this.push(fence, readPredict(fence, yaml, this.where()));
    else {
      const quiz = readQuiz(fence, yaml, this.where());
      this.push(fence, quiz);
      this.hinted = quiz;
      this.judged = quiz?.type === 'hands-on' ? quiz : undefined;
      this.mistake = undefined;
    }
  }

  /** A second block of the same mistake: what was typed on another side. */
  private continues(fence: Fence): boolean {
    return fence.verb === 'mistake' && !fence.attrs.has('when') && this.mistake?.id === fence.id;
  }

  private yaml(fence: Fence): YamlText | undefined {
    const yaml = parseYaml(fence.body, {line: fence.at.line + 1, col: 1}, this.findings);
    if (yaml && (yaml.value === null || typeof yaml.value !== 'object' || Array.isArray(yaml.value))) {
      this.findings.error('yaml.not-map', {line: fence.at.line + 1, col: 1}, {what: `yaml ${fence.verb}`});
      return undefined;
    }
    return yaml;
  }

  private when(fence: Fence, key: 'when' | 'only' = 'when'): void {
    const when = fence.attrs.get(key);
    if (!when) return;
    const at = (offset: number) => ({line: when.at.line, col: when.cols[offset] ?? (when.cols.at(-1) ?? 0) + 1});
    const role = key === 'when' && fence.verb === 'mistake' ? 'mistake' : 'when';
    this.places.conditions.push({role, expr: when.value, file: this.file, at, containers: [...this.containers]});
  }

  private push(fence: Fence, block: Block | undefined): void {
    if (!block) return;
    const when = fence.attrs.get('when')?.value;
    if (when !== undefined) block.when = when;
    this.step.blocks.push(block);
    if (fence.id !== undefined) this.slots.push({key: `${fence.verb} #${fence.id}`, block, fence});
  }

  private container(fence: Fence, yaml: YamlText): void {
    const id = fence.id ?? '';
    if (RESERVED.includes(id))
      this.findings.error('container.reserved', fence.idAt!, {id, reserved: RESERVED.slice(0, 4).join(', ')});
    const read = readContainer(yaml, this.findings);
    if (!read) return;
    const {written, ...container} = read;
    this.specs.push(written);
    for (const text of [container.spec, container.lacks ?? []].flatMap(stringsIn))
      note(this.where(), 'spec', text, fence.at);
    this.push(fence, {kind: 'container', pos: {file: this.file, ...fence.at}, id, ...container});
  }

  private run(fence: Fence): RunBlock {
    for (const command of commandsOf(fence)) note(this.where(), 'command', command.text, command.at);
    return readRun(fence, ['host', ...this.containers], this.file, this.findings);
  }

  private check(fence: Fence): void {
    const title = fence.attrs.get('title');
    if (!title) this.findings.error('check.no-title', fence.at);
    else note(this.where(), 'check-title', title.value, title.at);
    if (fence.body.trim() === '') this.findings.error('check.empty', fence.at);
    else
      this.places.conditions.push({
        role: 'check',
        expr: fence.body,
        file: this.file,
        at: bodyPlace(fence),
        containers: [...this.containers],
      });
    const block: CheckBlock = {
      kind: 'check',
      pos: {file: this.file, ...fence.at},
      id: fence.id ?? '',
      title: {en: title?.value ?? ''},
      expr: fence.body,
      hints: [],
      solve: [],
      mistakes: [],
    };
    this.push(fence, block);
    this.judged = block;
    this.hinted = block;
    this.mistake = undefined;
  }

  private takeMistake(fence: Fence): void {
    if (!this.judged) {
      this.findings.error('solve.no-check', fence.at, {verb: 'mistake'});
      return;
    }
    const run = this.run(fence);
    if (this.continues(fence)) {
      this.mistake!.commands.push(run);
      return;
    }
    const when = fence.attrs.get('when');
    if (!when) this.findings.error('mistake.no-when', fence.at, {id: fence.id ?? ''});
    this.when(fence, 'only');
    const only = fence.attrs.get('only')?.value;
    const {pos} = run;
    this.mistake = {id: fence.id ?? '', pos, commands: [run], when: when?.value ?? '', say: {en: ''}};
    if (only !== undefined) this.mistake.only = only;
    if (this.judged.kind === 'quiz' && this.judged.mistakes!.length === 0) this.judged.wrong = this.mistake.commands;
    this.judged.mistakes!.push(this.mistake);
    if (fence.id !== undefined) this.slots.push({key: `mistake #${fence.id}`, block: this.mistake, fence});
  }
}

function proseText(prose: Prose): string {
  return prose.parts.map(part => part.text).join('\n\n');
}

/** How a translation finds its counterpart: "[!HINT] 2 of #isolated", "[!NOTE] 1". Counts in `counts`. */
export function alertKey(type: Alert['type'], judged: string | undefined, counts: Record<string, number>): string {
  const of = (type === 'HINT' || type === 'SAY') && judged !== undefined ? ` (#${judged})` : '';
  const key = `[!${type}]${of}`;
  counts[key] = (counts[key] ?? 0) + 1;
  return `${key} ${counts[key]}`;
}

/**
 * Builds the model of the English file; what is wrong goes to `findings`, where things stand to `places`.
 * @param options.apart every step stands alone, as in quiz.md
 */
export function buildLab(doc: RawDoc, findings: Findings, places: Places, {apart = false} = {}): Built {
  return new Builder(doc.source.file, findings, places, apart).build(doc);
}
