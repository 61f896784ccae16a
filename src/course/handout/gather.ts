/** Folds the events of a run, live or recorded, into a handout: every text with the values that it had at that moment. */
import type {Facts} from '../../engine/index.ts';
import type {Event} from '../events.ts';
import {fold} from '../fold/fold.ts';
import {initialState, type LabState} from '../fold/state.ts';
import type {Block, CheckBlock, Lab, PredictBlock, QuizBlock, RunBlock, ShowBlock, Side, Words} from '../lab.ts';
import {fillCommand} from '../session/substitute.ts';
import {fillCheck, fillQuiz, fillWords} from './fill.ts';
import {shownItems} from './shown.ts';
import type {CheckItem, DrawPicture, Handout, Item, StepPage} from './types.ts';

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
  /** Whether what was typed last on a side is a solution. */
  #solutions = new Map<Side, boolean>();
  /** Newest facts of every side, also of those that have ended. */
  #seen: Record<Side, Facts> = {};
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

  /** The handout of what was heard; undefined: no step was ever entered. */
  finish(): Handout | undefined {
    this.#leave();
    const {lab, session, ended, checks} = this.#state;
    if (!session || this.#pages.length === 0) return undefined;
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
      case 'facts':
        for (const [side, facts] of Object.entries(event.sides)) if (facts) this.#seen[side] = facts;
        break;
      case 'command-typed':
        this.#solutions.set(event.side, event.by === 'lab' && !this.#isLesson(event));
        break;
      case 'command-finished': {
        const {side, command, output, status, by} = event;
        const solution = this.#solutions.get(side) ?? false;
        this.#push({kind: 'command', side, command, output, status, by, solution});
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
        this.#tellUpTo(null);
        this.#leave();
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

  /** With the values of who has ended, too: a hint may name its process. */
  get #remembered(): LabState {
    const {state, seen} = {state: this.#state, seen: this.#seen};
    return {...state, facts: {...state.facts, now: seen}};
  }

  /** Whether a run block of this step types it. What the lab types otherwise are solutions. */
  #isLesson({command, side}: Of<'command-typed'>): boolean {
    const {session, facts} = this.#state;
    const values = {vars: session?.vars ?? {}, now: facts.now, before: facts.before};
    const typed = (raw: string): string => {
      try {
        return fillCommand(raw, values);
      } catch {
        return raw;
      }
    };
    const runs = this.#blocks().filter(block => block.kind === 'run' && block.on === side) as RunBlock[];
    return runs.some(run => run.commands.some(raw => typed(raw) === command));
  }

  #blocks(): Block[] {
    return this.#state.lab.steps[this.#state.current]?.blocks ?? [];
  }

  #enter({step, index}: Of<'step-entered'>): void {
    const {lab, phase} = this.#state;
    const title = lab.steps[index]?.title;
    this.#told = 0;
    this.#closing = [];
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
    if (block.kind === 'quiz') this.#quiz.set(block.id, fillQuiz(block, this.#remembered));
    if (block.kind !== 'show' || !this.#page) return;
    if (last) this.#closing.push({block, at: this.#page.items.length});
    else this.#page.items.push(...shownItems(block, this.#state, this.#draw));
  }

  /** The tables that close a step, as things are at its end. */
  #close(): void {
    const page = this.#page;
    for (const {block, at} of this.#closing.splice(0).reverse())
      page?.items.splice(Math.min(at, page.items.length), 0, ...shownItems(block, this.#state, this.#draw));
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
    return [{block: fillCheck(block, this.#remembered), passed, verdict, mistake, reason}];
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
}

/** The handout of a whole stream of events. Undefined: it enters no step. */
export function gather(lab: Lab, events: Iterable<Event>, how: 'live' | 'recording', draw?: DrawPicture) {
  const gatherer = new Gatherer(lab, how, draw);
  for (const event of events) gatherer.hear(event);
  return gatherer.finish();
}
