/** Folds the events of a run, live or recorded, into a handout: every text with the values that it had at that moment. */
import type {FactValue} from '../../engine/index.ts';
import type {Event} from '../events.ts';
import {fold} from '../fold/fold.ts';
import {initialState, type LabState} from '../fold/state.ts';
import type {Block, CheckBlock, Lab, PredictBlock, QuizBlock, ShowBlock, Words} from '../lab.ts';
import {lookUp} from '../session/substitute.ts';
import {fillCheck, fillQuiz, fillWords} from './fill.ts';
import type {CheckItem, DrawPicture, FactRow, Handout, Item, StepPage} from './types.ts';

type Of<T extends Event['type']> = Extract<Event, {type: T}>;

export class Gatherer {
  #state: LabState;
  readonly #how: 'live' | 'recording';
  readonly #draw: DrawPicture | undefined;
  #pages: StepPage[] = [];
  #quiz = new Map<string, QuizBlock>();
  /** Index of the first block of the step that was not told yet. */
  #told = 0;
  /** Tables and pictures below the step's last deed: what counts is the step's end. */
  #closing: {block: ShowBlock; at: number}[] = [];
  #solving = false;
  #over = false;
  #unexpected = false;

  /** @param draw pictures are left out without it */
  constructor(lab: Lab, how: 'live' | 'recording', draw?: DrawPicture) {
    this.#state = initialState(lab);
    this.#how = how;
    this.#draw = draw;
  }

  hear(event: Event): void {
    if (event.type === 'step-entered' || event.type === 'rebuilding') this.#leave();
    this.#state = fold(this.#state, event);
    // What a rebuilding does again has been told.
    if (this.#state.phase === 'rebuilding' && event.type !== 'rebuilding' && event.type !== 'step-entered') return;
    this.#take(event);
  }

  /** The handout of what was heard; undefined: no session began. */
  finish(): Handout | undefined {
    this.#leave();
    const {lab, session, ended, checks} = this.#state;
    if (!session) return undefined;
    const {number, id, title, question, minutes, sources, intro, steps} = lab;
    const judged = Object.values(checks).filter(one => one.verdict !== null);
    const passed = judged.filter(one => one.passed).length;
    const clean = ended?.reason === 'finished' && ended.left.length === 0 && !this.#unexpected;
    return {
      number,
      id,
      title: this.#fill(title),
      question: this.#fill(question),
      minutes,
      sources,
      ...(intro && {intro: this.#fill(intro)}),
      steps: steps.length,
      pages: this.#pages,
      quiz: [...this.#quiz.values()],
      run: {
        at: session.at ?? '',
        kernel: session.kernel,
        version: session.version,
        stage: session.stage,
        seed: session.seed,
        how: this.#how,
        sound: clean && passed === judged.length,
        passed,
        checks: judged.length,
      },
    };
  }

  #take(event: Event): void {
    switch (event.type) {
      case 'rebuilding': {
        const target = this.#state.lab.steps.findIndex(step => step.id === event.step);
        this.#pages = this.#pages.filter(page => page.index < target);
        break;
      }
      case 'step-entered':
        this.#enter(event);
        break;
      case 'pending':
        if (event.block) this.#solving = false;
        this.#tellUpTo(event.block);
        break;
      case 'step-done':
        this.#close();
        break;
      case 'container-started':
        this.#push({kind: 'container', id: event.id, pid: event.pid, calls: []});
        break;
      case 'journal':
        this.#calls(event);
        break;
      case 'container-gone':
        this.#push({kind: 'gone', id: event.id, status: event.status});
        break;
      case 'solution-shown':
        this.#solving = true;
        break;
      case 'command-finished': {
        const {side, command, output, status, by} = event;
        this.#push({kind: 'command', side, command, output, status, by, solution: this.#solving && by === 'lab'});
        break;
      }
      case 'command-unexpected':
        this.#surprise(event);
        break;
      case 'prediction-asked':
        this.#ask(event.id);
        break;
      case 'prediction-judged':
        this.#reveal(event);
        break;
      case 'ablation-result':
        this.#ablation(event);
        break;
      case 'error':
        if (event.where !== 'ablation') this.#push({kind: 'error', error: event.error});
        break;
      case 'lab-done':
        this.#over = true;
    }
  }

  get #page(): StepPage | undefined {
    return this.#over ? undefined : this.#pages.at(-1);
  }

  #push(item: Item): void {
    this.#page?.items.push(item);
  }

  #fill = (words: Words): Words => fillWords(words, this.#state);

  #blocks(): Block[] {
    return this.#state.lab.steps[this.#state.current]?.blocks ?? [];
  }

  #enter({step, index}: Of<'step-entered'>): void {
    const {lab, phase} = this.#state;
    const title = lab.steps[index]?.title;
    this.#told = 0;
    this.#closing = [];
    this.#solving = false;
    const known = this.#pages.some(page => page.index === index);
    if (!title || (phase === 'rebuilding' && known)) return;
    this.#pages = this.#pages.filter(page => page.index !== index);
    this.#pages.push({id: step, index, title: this.#fill(title), items: [], checks: []});
    this.#pages.sort((a, b) => a.index - b.index);
  }

  /** All that stands above the block that is next comes now. */
  #tellUpTo(pending: LabState['pending']): void {
    const blocks = this.#blocks();
    const at = pending && 'at' in pending ? pending.at : blocks.length;
    const {leftOut} = this.#state;
    for (let i = this.#told; i < Math.min(at, blocks.length); i++) {
      const block = blocks[i] as Block;
      if (!leftOut.includes(i)) this.#tell(block, at >= blocks.length);
    }
    this.#told = Math.max(this.#told, at);
  }

  #tell(block: Block, last: boolean): void {
    if (block.kind === 'prose' || block.kind === 'note' || block.kind === 'drift')
      this.#push({kind: block.kind, text: this.#fill(block.text)});
    if (block.kind === 'quiz') this.#quiz.set(block.id, fillQuiz(block, this.#state));
    if (block.kind !== 'show' || !this.#page) return;
    if (last) this.#closing.push({block, at: this.#page.items.length});
    else this.#page.items.push(...this.#shown(block));
  }

  /** The tables that close a step, as things are at its end. */
  #close(): void {
    const page = this.#page;
    for (const {block, at} of this.#closing.splice(0).reverse())
      page?.items.splice(Math.min(at, page.items.length), 0, ...this.#shown(block));
  }

  #leave(): void {
    this.#close();
    const {lab, current, checks} = this.#state;
    const page = this.#pages.find(one => one.index === current);
    if (!page || this.#over || this.#state.phase === 'rebuilding') return;
    const blocks = lab.steps[current]?.blocks.filter(block => block.kind === 'check') ?? [];
    page.checks = blocks.flatMap(block => this.#check(block, checks[block.id]));
  }

  #check(block: CheckBlock, state: LabState['checks'][string] | undefined): CheckItem[] {
    if (!state || state.verdict === null) return []; // its `when` does not hold here
    const {passed, verdict, mistake, reason} = state;
    return [{block: fillCheck(block, this.#state), passed, verdict, mistake, reason}];
  }

  #calls({who, entries}: Of<'journal'>): void {
    const items = this.#pages.flatMap(page => page.items);
    const item = items.findLast(one => one.kind === 'container' && one.id === who);
    if (item?.kind === 'container') item.calls.push(...entries);
  }

  #surprise({expected}: Of<'command-unexpected'>): void {
    const item = this.#page?.items.findLast(one => one.kind === 'command');
    if (item?.kind === 'command') item.expected = expected;
    this.#unexpected = true;
  }

  #predict(id: string): PredictBlock | undefined {
    return this.#blocks().find(block => block.kind === 'predict' && block.id === id) as PredictBlock | undefined;
  }

  #ask(id: string): void {
    const block = this.#predict(id);
    if (!block) return;
    this.#tellUpTo({kind: 'predict', id, at: this.#blocks().indexOf(block)});
    const choices = block.choices.map(choice => ({id: choice.id, text: this.#fill(choice.text)}));
    this.#push({kind: 'question', id, ask: this.#fill(block.ask), choices});
  }

  #reveal({id, answer, reason}: Of<'prediction-judged'>): void {
    const block = this.#predict(id);
    const choice = block?.choices.find(one => one.id === answer);
    const question = this.#page?.items.findLast(one => one.kind === 'question' && one.id === id);
    const votes = this.#state.polls[id];
    if (question?.kind === 'question' && votes) question.votes = votes;
    this.#push({
      kind: 'answer',
      id,
      answer: choice ? this.#fill(choice.text) : null,
      ...(reason && {reason}),
      ...(block?.because && {because: this.#fill(block.because)}),
    });
  }

  #ablation({container, without, rows, checks, journal}: Of<'ablation-result'>): void {
    const blocks = this.#blocks();
    const titled = checks.flatMap(({id, withFlag, withoutFlag}) => {
      const block = blocks.find(one => one.kind === 'check' && one.id === id);
      return block?.kind === 'check' ? [{title: this.#fill(block.title), withFlag, withoutFlag}] : [];
    });
    const failed = journal.filter(entry => entry.errno && !entry.tolerated);
    this.#push({kind: 'ablation', container, without, rows, checks: titled, failed});
  }

  #shown({facts, picture}: ShowBlock): Item[] {
    const items: Item[] = [];
    const lines = picture && this.#draw && this.#pictures(picture, this.#draw);
    if (lines) items.push({kind: 'picture', name: picture, lines});
    const {now} = this.#state.facts;
    const sides = Object.keys(now).filter(side => now[side]);
    const rows = facts.map(path => this.#row(path, sides));
    if (rows.length > 0) items.push({kind: 'facts', sides, rows});
    return items;
  }

  #pictures(picture: NonNullable<ShowBlock['picture']>, draw: DrawPicture) {
    const {lab} = this.#state;
    const drawn = lab.langs.flatMap(lang => {
      const lines = draw(picture, this.#state, lang);
      return lines ? [[lang, lines] as const] : [];
    });
    return drawn.length > 0 ? Object.fromEntries(drawn) : undefined;
  }

  #row(path: string, sides: string[]): FactRow {
    const {now, before} = this.#state.facts;
    const from = (values: typeof now, side: string) => lookUp(`${side}.${path}`, {vars: {}, now: values, before: {}});
    const same = (a: FactValue | undefined, b: FactValue | undefined) => text(a) === text(b);
    const cells = sides.map(side => {
      const value = from(now, side);
      const was = from(before, side);
      return [
        side,
        {...(value !== undefined && {value}), ...(was !== undefined && !same(was, value) && {was})},
      ] as const;
    });
    return {path, cells: Object.fromEntries(cells)};
  }
}

function text(value: FactValue | undefined): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ?? '';
}

/** The handout of a whole stream of events. Undefined: it holds no session's beginning. */
export function gather(lab: Lab, events: Iterable<Event>, how: 'live' | 'recording', draw?: DrawPicture) {
  const gatherer = new Gatherer(lab, how, draw);
  for (const event of events) gatherer.hear(event);
  return gatherer.finish();
}
