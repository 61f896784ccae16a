/** The lesson in lines: its prose as one comes to it, the questions, and what Enter does next. */
import {type Block, type LabState, type PredictBlock, wordsOf} from '../../course/index.ts';
import type {Telling} from './telling.ts';
import {hang} from './text.ts';
import {factLines} from './views.ts';

/** What a block says when it is passed; what it does is told when it happens. */
export function tellBlock(block: Block, teller: Telling): void {
  if (block.kind === 'prose') teller.lines([...teller.prose(block.text), '']);
  if (block.kind === 'drift') {
    const [first = '', ...rest] = teller.prose(block.text);
    teller.lines([...hang('', teller.say('lab.drift') + first, teller.width), ...rest, '']);
  }
  if (block.kind === 'show' && block.facts.length > 0) {
    teller.lines([
      teller.say('facts.title'),
      ...factLines(block.facts, teller.state, teller.changed, teller.lang).map(line => `  ${line}`),
      '',
    ]);
  }
}

/** The prediction that waits for an answer. */
export function askedPrediction({pending, predictions, lab, current}: LabState): PredictBlock | undefined {
  if (pending?.kind !== 'predict' || predictions[pending.id]?.status !== 'asked') return undefined;
  const block = lab.steps[current]?.blocks.find(one => one.kind === 'predict' && one.id === pending.id);
  return block?.kind === 'predict' ? block : undefined;
}

/** What Enter does now, or what is asked of the learner's hand. */
export function tellNext(teller: Telling): void {
  const {state, lang, say} = teller;
  const {pending} = state;
  if (!pending) {
    tellHand(teller);
    return;
  }
  switch (pending.kind) {
    case 'container': {
      const block = state.lab.steps
        .flatMap(step => step.blocks)
        .findLast(one => one.kind === 'container' && one.id === pending.id);
      const spec = block?.kind === 'container' ? block.spec : undefined;
      const list = spec?.linux?.namespaces?.map(one => one.type).join(', ');
      const how = list ? say('next.namespaces', {list}) : say('next.no-namespaces');
      teller.tell('next.container', {id: pending.id, command: spec?.process.args.join(' ') ?? '', how});
      break;
    }
    case 'run': {
      const commands = pending.commands.map(command => wordsOf({en: command}, lang, state)).join(' ; ');
      teller.tell('next.run', {side: teller.side(pending.on), commands});
      break;
    }
    case 'predict': {
      const block = askedPrediction(state);
      if (!block) break;
      teller.tell('predict', {ask: teller.plain(block.ask)});
      block.choices.forEach((choice, i) => {
        teller.lines(hang(`  ${i + 1}: `, teller.plain(choice.text), teller.width));
      });
      teller.lines([`  0: ${say('predict.show')}`]);
      teller.tell('next.predict');
      break;
    }
    case 'next-step':
      teller.tell('next.step');
      break;
    case 'finish':
      teller.tell('next.finish');
  }
}

function tellHand(teller: Telling): void {
  const open = teller.open();
  if (open.length === 0) {
    teller.tell('next.nothing');
    return;
  }
  const titles = open.map(check => teller.plain(check.title)).join('; ');
  // Where it is to be typed is the learner's to find out.
  const sides = Object.keys(teller.state.terminals).filter(side => teller.state.terminals[side]?.open);
  teller.tell('next.hand', {titles, side: sides.at(-1) ?? 'host'});
}
