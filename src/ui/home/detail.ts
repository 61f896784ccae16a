/** Below the list: the chosen lab's question, where Enter goes, or what stands in the way and what helps, in full. */
import type {Words} from '../../course/index.ts';
import type {AppModel} from '../app/model.ts';
import type {HomeLab} from '../deps.ts';
import {clip} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {chosenLab} from './keys.ts';

/** Least and most lines; in between, as many as there is to say. */
const LEAST = 2;
const PROBLEMS_SHOWN = 3;

/** At most `most` lines (no less than two): what is cut away says so. */
export function detailLines(model: AppModel, width: number, most: number): string[] {
  const {glyphs} = model.look;
  const lab = chosenLab(model);
  const room = width - 2;
  const lines = [
    ...progressLines(model, room),
    ...problemLines(model, room),
    ...(lab ? labLines(lab, model, room) : []),
  ];
  const height = Math.max(LEAST, Math.min(most, lines.length));
  const shown = lines.slice(0, height);
  if (lines.length > height) shown[height - 1] = `${clip(shown[height - 1]!, room - 2, '')} ${glyphs.cut}`;
  while (shown.length < height) shown.push('');
  return shown.map(line => ` ${line}`);
}

function progressLines({progressProblems, look}: AppModel, width: number): string[] {
  const {style, glyphs, lang} = look;
  return progressProblems.flatMap(problem =>
    wrap(problem[lang] ?? problem.en, width - 2).map(
      (line, i) => `${i === 0 ? style.warn(glyphs.unsure) : ' '} ${line}`,
    ),
  );
}

/** What is wrong in the settings file: everything right in it is used all the same, so nothing needs to be done now. */
function problemLines({problems, look}: AppModel, width: number): string[] {
  const {say, style, glyphs, lang} = look;
  if (problems.length === 0) return [];
  const first = problems.slice(0, PROBLEMS_SHOWN).map(problem => problem[lang] ?? problem.en);
  const rest = problems.length - first.length;
  const lines = [
    say('home.settings', {key: look.keys.label('everywhere', 'leave', look.glyphs)}),
    ...first,
    ...(rest > 0 ? [say('home.settingsMore', {count: rest})] : []),
  ];
  return lines.flatMap((line, i) => {
    const mark = i === 0 ? `${style.warn(glyphs.unsure)} ` : '  ';
    return wrap(line, width - 2).map((part, n) => (n === 0 ? mark : '  ') + (i === 0 ? part : style.dim(part)));
  });
}

function labLines(lab: HomeLab, model: AppModel, width: number): string[] {
  const {say, style, lang, keys, glyphs} = model.look;
  const word = (words: Words) => words[lang] ?? words.en;
  const reasons = lab.broken
    ? [say('home.broken', {why: word(lab.broken)})]
    : (lab.unmet ?? []).map(one => say('home.unmet', {why: word(one)}));
  const key = keys.label('home', 'open', glyphs);
  if (reasons.length > 0)
    return [
      ...reasons.flatMap(reason => wrap(reason, width)),
      ...wrap(say('home.looksAgain', {key}), width).map(style.dim),
    ];
  const anew = keys.label('home', 'anew', glyphs);
  const {progress} = lab;
  const next = !progress
    ? say('home.begins', {key, minutes: lab.minutes})
    : progress.done
      ? say('home.again', {key})
      : progress.index > 1
        ? say('home.resumes', {key, index: progress.index, of: progress.of, anew})
        : say('home.begins', {key, minutes: lab.minutes});
  return [...wrap(word(lab.question), width).map(style.bold), ...wrap(next, width)];
}
