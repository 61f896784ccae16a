/** What practice says after an answer: what is right, and a reason for every choice. */
import type {RunBlock, Words} from '../../lab.ts';
import {fillText} from '../../session/substitute.ts';
import type {Asked, Explanation, Item, Judged, Response} from '../types.ts';

type Fill = (words: Words) => Words;

/**
 * @param judged with the key that it was judged by, and the mistake that the kernel's state looks like
 * @param fill puts today's values into words
 */
export function explain(item: Item, asked: Asked, {mistake: made, evidence}: Judged, fill: Fill): Explanation {
  const {block} = item;
  const {key} = evidence;
  const right = rightWords(item, asked, key, fill);
  const because = block.because && fill(block.because);
  const ids = key && 'choices' in key ? key.choices : [];
  const choices =
    key && 'choices' in key
      ? asked.choices?.map(({id}) => {
          const choice = block.choices?.find(one => one.id === id);
          return {id, right: ids.includes(id), because: choice ? fill(choice.because) : {en: ''}};
        })
      : undefined;
  const said = block.mistakes?.find(one => one.id === made)?.say;
  const mistake = said && fill(said);
  return {right, ...(choices && {choices}), ...(because && {because}), ...(mistake && {mistake})};
}

/** Words with the values that were drawn; what only a kernel knows stays as it is. */
export function filled(words: Words, vars: Record<string, string>): Words {
  const fill = (text: string) => fillText(text, {vars, now: {vars}, before: {}});
  return {en: fill(words.en), ...(words.zh !== undefined && {zh: fill(words.zh)})};
}

/** Commands of a solution, with the side each is typed on. */
function solutionLines(solve: readonly RunBlock[], fill: Fill): string[] {
  return solve.flatMap(run => run.commands.map(command => `${run.on} # ${fill({en: command}).en}`));
}

function rightWords({block}: Item, asked: Asked, key: Response, fill: Fill): Words {
  const text = (id: string): Words => asked.choices?.find(one => one.id === id)?.text ?? {en: id};
  const list = (ids: readonly string[], between: string): Words => ({
    en: ids.map(id => text(id).en).join(between),
    zh: ids.map(id => text(id).zh ?? text(id).en).join(between === '; ' ? '；' : between),
  });
  if (key && 'choices' in key) return list(key.choices, '; ');
  if (key && 'order' in key) return list(key.order, ' → ');
  if (key && 'text' in key) return {en: key.text, zh: key.text};
  if (block.solve) {
    const lines = solutionLines(block.solve, fill).join('\n');
    return {en: lines, zh: lines};
  }
  return {en: ''};
}
