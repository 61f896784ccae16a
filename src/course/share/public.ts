/**
 * What of a lab and of its events everyone may have. An allow-list: whatever is not copied here does not leave the demo.
 * Blocks keep their places, since events point at them by index.
 */
import type {Event} from '../events.ts';
import type {Block, CheckBlock, ContainerBlock, Lab, Pos, Words} from '../lab.ts';
import type {Reveal} from './lines.ts';

const NOWHERE: Pos = {file: '', line: 0, col: 0};
const NOTHING: Words = {en: ''};

/** The lab without notes, answers, and all that is only shown on demand. */
export function publicLab(lab: Lab): Lab {
  const {format, id, number, title, question, minutes, langs, intro} = lab;
  return {
    format,
    id,
    number,
    dir: '',
    title,
    question,
    minutes,
    sources: [],
    requires: {},
    vars: {},
    langs,
    ...(intro && {intro}),
    steps: lab.steps.map(step => ({
      id: step.id,
      title: step.title,
      blocks: step.blocks.map(publicBlock),
      pos: NOWHERE,
    })),
    cleanup: [],
  };
}

function publicBlock(block: Block): Block {
  const pos = NOWHERE;
  switch (block.kind) {
    case 'prose':
    case 'drift':
      return {kind: block.kind, text: block.text, pos};
    case 'container':
      return {kind: 'container', id: block.id, spec: publicSpec(block.spec), without: block.without, pos};
    case 'run': {
      const {id, on, commands, expect} = block;
      return {kind: 'run', ...(id !== undefined && {id}), on, commands, expect, pos};
    }
    case 'show':
      return {kind: 'show', facts: block.facts, ...(block.picture && {picture: block.picture}), pos};
    case 'predict': {
      const choices = block.choices.map(({id, text}) => ({id, text, when: ''}));
      return {kind: 'predict', id: block.id, ask: block.ask, choices, pos};
    }
    case 'check': {
      const {id, title, hints} = block;
      return {kind: 'check', id, title, expr: '', hints: hints.map(() => NOTHING), solve: [], mistakes: [], pos};
    }
    case 'quiz':
    case 'note':
      return {kind: 'note', text: NOTHING, pos};
  }
}

/** What the lesson says of a container: its program and its namespaces. */
function publicSpec({process, linux}: ContainerBlock['spec']): ContainerBlock['spec'] {
  const namespaces = linux?.namespaces?.map(({type}) => ({type}));
  return {process: {args: process.args}, ...(namespaces && {linux: {namespaces}})};
}

type Filters = {[T in Event['type']]: (event: Extract<Event, {type: T}>) => Event | null};

const same = (event: Event): Event => event;

/** An event of a type that is not named here is a type error: nobody forgets to decide. */
const FILTERS: Filters = {
  'session-started': event => ({...event, labDir: '', seed: ''}),
  'stage-ready': event => ({...event, dir: ''}),
  'step-entered': same,
  'left-out': same,
  pending: same,
  'terminal-opened': same,
  'terminal-closed': same,
  'terminal-resized': same,
  bytes: same,
  'terminal-idle': same,
  'command-typed': same,
  // Its output was on the screen; this copy of it serves conditions only.
  'command-finished': event => ({...event, output: ''}),
  'command-unexpected': same,
  'container-started': same,
  journal: same,
  'container-gone': same,
  facts: same,
  processes: same,
  xray: same,
  'prediction-asked': same,
  'prediction-answered': same,
  'prediction-judged': same,
  check: same,
  'hint-shown': same,
  'solution-shown': same,
  'wrong-side': same,
  'ablation-started': same,
  'ablation-result': same,
  show: same,
  poll: same,
  'handed-back': same,
  'step-done': same,
  rebuilding: same,
  rebuilt: same,
  error: same,
  'spool-full': () => null,
  'lab-done': same,
  'session-ended': event => ({...event, left: []}),
};

/** The event as everyone may have it; null: not at all. */
export function publicEvent(event: Event): Event | null {
  return (FILTERS[event.type] as (event: Event) => Event | null)(event);
}

/** What an event shows of the lab that was held back until then. */
export function revealed(lab: Lab, event: Event): Reveal[] {
  switch (event.type) {
    case 'hint-shown': {
      const text = checkOf(lab, event.check)?.hints[event.index];
      return text ? [{what: 'hint', check: event.check, index: event.index, text}] : [];
    }
    case 'solution-shown': {
      const solve = checkOf(lab, event.check)?.solve.map(run => ({...run, pos: NOWHERE}));
      return solve ? [{what: 'solution', check: event.check, solve}] : [];
    }
    case 'check': {
      const found = checkOf(lab, event.id)?.mistakes.find(one => one.id === event.mistake);
      if (!found) return [];
      const mistake = {id: found.id, pos: NOWHERE, commands: [], when: '', say: found.say};
      return [{what: 'mistake', check: event.id, mistake}];
    }
    case 'prediction-judged': {
      const block = blocks(lab).find(one => one.kind === 'predict' && one.id === event.id);
      const because = block?.kind === 'predict' ? block.because : undefined;
      return because ? [{what: 'because', prediction: event.id, because}] : [];
    }
    default:
      return [];
  }
}

/** Puts what was revealed where it belongs. `lab` is the follower's own copy. */
export function putBack(lab: Lab, reveal: Reveal): void {
  if (reveal.what === 'because') {
    const block = blocks(lab).find(one => one.kind === 'predict' && one.id === reveal.prediction);
    if (block?.kind === 'predict') block.because = reveal.because;
    return;
  }
  const check = checkOf(lab, reveal.check);
  if (!check) return;
  if (reveal.what === 'hint') check.hints[reveal.index] = reveal.text;
  else if (reveal.what === 'solution') check.solve = reveal.solve;
  else if (!check.mistakes.some(one => one.id === reveal.mistake.id)) check.mistakes.push(reveal.mistake);
}

const blocks = (lab: Lab): Block[] => lab.steps.flatMap(step => step.blocks);

function checkOf(lab: Lab, id: string): CheckBlock | undefined {
  const block = blocks(lab).find(one => one.kind === 'check' && one.id === id);
  return block?.kind === 'check' ? block : undefined;
}
