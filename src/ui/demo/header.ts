/** The top line of a demo, and its quiet line of keys. */
import type {LabState} from '../../course/index.ts';
import {footerLine, type KeyHint} from '../app/footer.ts';
import {ablatable} from '../lab/ablation.ts';
import {stepChecks} from '../lab/checks.ts';
import type {LabScreen} from '../lab/screen.ts';
import {watchedLabel} from '../lab/watched.ts';
import {clip, fitTo, spread} from '../text/width.ts';

/** Lab, step and progress; at the right what is going on: a question from the class, automatic, place in the playlist. */
export function demoHeader(lab: LabScreen, width: number): string {
  const {look} = lab.app;
  const {glyphs, style, say, lang} = look;
  const {state} = lab;
  const title = state?.lab.title ?? lab.title;
  const label = watchedLabel(lab.session, look) || say('demo.demo');
  const name = `${style.inverse(style.bold(` ${label} `))} ${style.bold(`${lab.number} ${title?.[lang] ?? title?.en ?? ''}`)}`;
  const show = state?.show;
  if (!state || state.current < 0) return fitTo(clip(` ${name}`, width, glyphs.cut), width);
  const of = state.steps.length;
  const bar = style.accent(glyphs.barDone.repeat(state.current + 1)) + glyphs.barAhead.repeat(of - state.current - 1);
  const marks = [
    show?.taken ? style.inverse(style.bold(` ${say('demo.taken')} `)) : '',
    show?.auto ? say('demo.auto', {seconds: show.auto}) : '',
    show && show.labs > 1 ? say('demo.labOf', {index: show.lab, of: show.labs}) : '',
    bar,
  ];
  const left = ` ${name} ${glyphs.dot} ${say('lab.stepOf', {index: state.current + 1, of})}`;
  return spread(left, ` ${marks.filter(mark => mark !== '').join(` ${glyphs.dot} `)} `, width, glyphs.cut);
}

/** @param typing a line is being typed at this moment */
export function demoHints(lab: LabScreen, state: LabState, typing: boolean): KeyHint[] {
  const {keys, say, glyphs} = lab.app.look;
  const key = (action: Parameters<typeof keys.label<'demo'>>[1]) => keys.label('demo', action, glyphs);
  const hint = (action: Parameters<typeof key>[0], does: Parameters<typeof say>[0]): KeyHint => [
    key(action),
    say(does),
  ];
  if (state.show?.taken) {
    return [
      hint('take', 'key.resume'),
      hint('other-terminal', 'key.otherTerminal'),
      hint('full-screen', 'key.fullScreen'),
      hint('rebuild', 'key.rebuild'),
    ];
  }
  if (lab.view !== 'main') {
    const goes = lab.view === 'steps' ? [hint('next', 'key.go')] : [hint('next', 'key.back')];
    return [[glyphs.upDown, say(lab.view === 'steps' ? 'key.choose' : 'key.scroll')], ...goes];
  }
  const at = state.pending?.kind === 'predict' ? state.pending : undefined;
  const asked = at !== undefined && state.show?.block === at.at;
  const list: KeyHint[] = [[key('next'), say(typing ? 'key.hurryUp' : nextCode(lab, state, asked))]];
  if (at) list.push(hint('poll', 'key.poll'));
  list.push(hint('back', 'key.back'), hint('take', 'key.take'), hint('blank', 'key.blank'));
  list.push([`${key('faster')} ${key('slower')}`, say('key.pace')], hint('auto', 'key.auto'));
  list.push(hint('picture', 'key.picture'), hint('xray', 'key.xray'));
  if (ablatable(state)) list.push(hint('without', 'key.without'));
  list.push(hint('rebuild', 'key.rebuild'), hint('steps', 'key.steps'), hint('journal', 'key.journal'));
  if ((state.show?.labs ?? 1) > 1) list.push(hint('next-lab', 'key.nextLab'));
  list.push([keys.label('everywhere', 'language', glyphs), say('key.lang')]);
  return list;
}

/** What the key to go on does now, in one word. */
function nextCode(lab: LabScreen, state: LabState, asked: boolean) {
  if (lab.busy > 0) return 'key.wait';
  const {top, last} = lab.extent.lesson;
  if (state.ended || top < last) return 'key.next';
  const {pending} = state;
  if (pending?.kind === 'predict') return asked ? 'key.reveal' : 'key.ask';
  const here = state.show?.block;
  if ((pending?.kind === 'run' || pending?.kind === 'container') && here === pending.at)
    return pending.kind === 'run' ? 'key.type' : 'key.start';
  if (pending?.kind === 'next-step') return 'key.nextStep';
  if (pending?.kind === 'finish') return 'key.finish';
  const open = stepChecks(state).some(check => state.checks[check.id]?.verdict !== 'pass');
  return pending === null && open ? 'key.solve' : 'key.next';
}

export function demoFooter(lab: LabScreen, width: number, typing: boolean): string {
  const {look} = lab.app;
  const {keys, say, glyphs} = look;
  const always: KeyHint[] = [
    [keys.label('everywhere', 'help', glyphs), say('key.help')],
    [keys.label('everywhere', 'leave', glyphs), say(lab.view === 'main' ? 'key.leave' : 'key.back')],
  ];
  return footerLine(look, width, lab.state ? demoHints(lab, lab.state, typing) : [], always);
}
