/** The stage of a live question for somebody who may come to it late: nothing that happens on it is missed. */
import type {Engine, TerminalSize} from '../../../engine/index.ts';
import type {Event} from '../../events.ts';
import {openQuestion} from '../live.ts';
import type {Asked, Item} from '../types.ts';
import type {LiveStage} from './types.ts';

/** @throws EngineError where there can be no stage */
export async function openStage(engine: Engine, item: Item, asked: Asked, size: TerminalSize): Promise<LiveStage> {
  let early: Event[] | undefined = [];
  const {vars, points} = asked;
  const question = await openQuestion(engine, item, {vars, points, size, onEvent: event => early?.push(event)});
  return {
    session: question.session,
    fill: words => question.fill(words),
    judge: response => question.judge(response),
    close: () => question.close(),
    early: () => {
      const all = early ?? [];
      early = undefined;
      return all;
    },
  };
}
