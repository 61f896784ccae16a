/** The top line and the lines of keys of the lab screen. */
import type {Side} from '../../course/index.ts';
import {footerLine, type KeyHint} from '../app/footer.ts';
import {cells, clip, fitTo, spread} from '../text/width.ts';
import {ablatable} from './ablation.ts';
import {checkSymbol, checksToGo, stepChecks} from './checks.ts';
import {askedPrediction, isReplayedDemo} from './keys.ts';
import {bothTitle} from './pictures/panel.ts';
import type {LabScreen} from './screen.ts';
import type {LabText} from './text.ts';
import {watchedLabel} from './watched.ts';

export function headerLine(lab: LabScreen, width: number): string {
  const {look} = lab.app;
  const {glyphs, style, say, lang} = look;
  const {state} = lab;
  const words = state?.lab.title ?? lab.title;
  const label = watchedLabel(lab.session, look);
  const what = style.bold(`${lab.number} ${words ? (words[lang] ?? words.en) : ''}`);
  const name = label ? `${style.inverse(style.bold(` ${label} `))} ${what}` : what;
  if (!state || state.current < 0) return fitTo(clip(` ${name}`, width, glyphs.cut), width);
  const of = state.steps.length;
  const index = state.current + 1;
  const question = state.lab.question[lang] ?? state.lab.question.en;
  const done = state.steps.filter(step => step.status === 'done' || step.status === 'skipped').length;
  const bar = style.accent(glyphs.barDone.repeat(done)) + glyphs.barAhead.repeat(of - done);
  const toGo = checksToGo(state);
  const checks =
    stepChecks(state).length === 0 ? '' : toGo === 0 ? say('lab.allPassed') : say('lab.toGo', {count: toGo});
  const dot = ` ${glyphs.dot} `;
  const left = ` ${name}${dot}${say('lab.stepOf', {index, of})}`;
  const right = `  ${bar} ${checks} `;
  const room = width - cells(left) - cells(right) - dot.length;
  return spread(room > 12 ? `${left}${dot}${question}` : left, right, width, glyphs.cut);
}

/** Narrow screens: the checks of the step on one line. */
export function summaryLine(lab: LabScreen, text: LabText, width: number): string {
  const {state} = lab;
  if (!state) return '';
  const checks = stepChecks(state).map(check => `${checkSymbol(state, check.id, text)} ${text.plain(check.title)}`);
  return fitTo(clip(` ${checks.join('   ')}`, width, text.look.glyphs.cut), width);
}

export function tabLine(lab: LabScreen, width: number): string {
  const {glyphs, say, style} = lab.app.look;
  const names = [say('lab.terminals'), bothTitle(lab), say('lab.journalTab')];
  const active = lab.view === 'journal' ? 2 : lab.view === 'main' ? lab.tab : -1;
  const tabs = names.map((name, i) => {
    const label = `[${i + 1} ${name}]`;
    return i === active ? style.inverse(style.bold(label)) : label;
  });
  const line = glyphs.horizontal + tabs.join(glyphs.horizontal);
  return line + glyphs.horizontal.repeat(Math.max(0, width - cells(line)));
}

export function labFooter(lab: LabScreen, width: number): string {
  const {look} = lab.app;
  const {say, glyphs, style} = look;
  if (lab.notice)
    return fitTo(clip(` ${style.bold(say(lab.notice.code, lab.notice.params))}`, width, glyphs.cut), width);
  if (lab.panes?.focused !== undefined) return terminalFooter(lab, lab.panes.focused, width);
  const {keys} = look;
  const language: KeyHint = [keys.label('everywhere', 'language', glyphs), say('key.lang')];
  const always: KeyHint[] = [
    [keys.label('everywhere', 'help', glyphs), say('key.help')],
    [
      keys.label('everywhere', 'leave', glyphs),
      say(lab.view !== 'main' || lab.app.lab?.back ? 'key.back' : lab.session?.watched ? 'key.quit' : 'key.labs'),
    ],
  ];
  if (!lab.state) return footerLine(look, width, [language], always);
  if (lab.session?.watched) return footerLine(look, width, watchedHints(lab), always);
  if (lab.state.ended) {
    const left: KeyHint[] = [
      [keys.label('lab', 'advance', glyphs), say('key.labs')],
      ['PgUp/PgDn', say('key.scroll')],
      [keys.label('lab', 'journal', glyphs), say('key.journal')],
      language,
    ];
    return footerLine(look, width, left, always);
  }
  const {view} = lab;
  const now = view === 'xray' ? xrayHints(lab) : view === 'steps' ? stepHints(lab) : hints(lab);
  return footerLine(look, width, now, always);
}

/** While a terminal has the keyboard: whose it is, and the few keys that are not the program's. */
function terminalFooter(lab: LabScreen, focused: Side, width: number): string {
  const {say, glyphs, style} = lab.app.look;
  const side = focused === 'host' ? say('lab.host') : `${say('lab.container')} ${focused}`;
  const back = lab.panes?.back(focused) ?? 0;
  const words = [say('lab.back'), say(back > 0 ? 'lab.toEnd' : 'lab.history')];
  if (lab.full === undefined) words.push(say('lab.toFull'));
  else if (back > 0) words.unshift(lookingBack(lab, back));
  else words.push(say('lab.fromFull'));
  let line = ` ${style.inverse(` ${say('lab.keyboardHere', {side})} `)}`;
  for (const one of words) if (cells(line) + 2 + cells(one) <= width) line += `  ${style.bold(one)}`;
  return fitTo(clip(line, width, glyphs.cut), width);
}

/** How far before the end of its output a terminal is shown. */
export function lookingBack(lab: LabScreen, count: number): string {
  const {say, glyphs} = lab.app.look;
  return `${glyphs.moreUp} ${say(count === 1 ? 'lab.lineBack' : 'lab.linesBack', {count})}`;
}

function stepHints(lab: LabScreen): KeyHint[] {
  const {say, glyphs, keys} = lab.app.look;
  return [
    [glyphs.upDown, say('key.choose')],
    [keys.label('lab', 'advance', glyphs), say('key.go')],
    [keys.label('lab', 'steps', glyphs), say('key.back')],
    [keys.label('everywhere', 'language', glyphs), say('key.lang')],
  ];
}

/** Only what can be done with a session that is watched. */
function watchedHints(lab: LabScreen): KeyHint[] {
  const {say, glyphs, keys} = lab.app.look;
  if (lab.view === 'steps') return stepHints(lab);
  const key = (action: Parameters<typeof keys.label<'lab'>>[1]) => keys.label('lab', action, glyphs);
  const list: KeyHint[] = [];
  if (lab.session?.watched?.how === 'replay') {
    const ahead = lab.session.ahead?.();
    const steps = [key('back'), key('next')];
    if (lab.busy > 0) list.push([key('advance'), say('key.hurry')]);
    else if (ahead) list.push([key('advance'), say(ahead === 'lab' ? 'key.nextLab' : 'key.play')]);
    if (isReplayedDemo(lab)) list.push([keys.label('demo', 'back', glyphs), say('key.back')]);
    else list.push([steps.join(steps.join('').length > 2 ? '/' : ''), say('key.step')]);
    list.push([key('steps'), say('key.steps')]);
    if (lab.state?.ablation) list.push([key('ablate'), say('key.without')]);
  }
  if (!lab.layout.wide && !lab.state?.show) list.push(['1-3', say('key.tabs')]);
  list.push(
    [key('journal'), say('key.journal')],
    [key('picture'), say('key.picture')],
    ['PgUp/PgDn', say('key.scroll')],
  );
  list.push([keys.label('everywhere', 'language', glyphs), say('key.lang')]);
  return list;
}

function xrayHints(lab: LabScreen): KeyHint[] {
  const {say, glyphs, keys} = lab.app.look;
  return [
    [glyphs.upDown, say('key.process')],
    ['PgUp/PgDn', say('key.scroll')],
    [keys.label('lab', 'xray', glyphs), say('key.back')],
    [keys.label('everywhere', 'language', glyphs), say('key.lang')],
    [keys.label('everywhere', 'quit', glyphs), say('key.quit')],
  ];
}

function hints(lab: LabScreen): KeyHint[] {
  const {say, glyphs, keys} = lab.app.look;
  const asked = askedPrediction(lab);
  const key = (action: Parameters<typeof keys.label<'lab'>>[1]) => keys.label('lab', action, glyphs);
  const list: KeyHint[] = [];
  const next = nextHint(lab);
  if (next) list.push(next);
  if (asked) list.push([glyphs.upDown, say('key.choose')]);
  const steps = [key('back'), key('next')];
  list.push([steps.join(steps.join('').length > 2 ? '/' : ''), say('key.step')], [key('hint'), say('key.hint')]);
  list.push([key('terminal'), say('key.terminal')]);
  if (!lab.layout.wide) list.push([asked ? `${key('previous-tab')} ${key('next-tab')}` : '1-3', say('key.tabs')]);
  list.push([key('xray'), say('key.xray')], [key('journal'), say('key.journal')]);
  if (ablatable(lab.state!)) list.push([key('ablate'), say('key.without')]);
  list.push([key('picture'), say('key.picture')], [key('reset-step'), say('key.reset')]);
  list.push([key('solution'), say('key.solution')], [key('steps'), say('key.steps')]);
  list.push([key('full-screen'), say('key.fullScreen')]);
  if (!asked) list.push(['PgUp/PgDn', say('key.scroll')]);
  list.push([keys.label('everywhere', 'language', glyphs), say('key.lang')]);
  list.push([keys.label('everywhere', 'quit', glyphs), say('key.quit')]);
  return list;
}

/** What the key to go on does now. */
function nextHint(lab: LabScreen): KeyHint | undefined {
  const {say, glyphs, keys} = lab.app.look;
  const {pending} = lab.state!;
  const enter = keys.label('lab', 'advance', glyphs);
  const code = {
    container: 'key.start',
    run: 'key.run',
    predict: 'key.lock',
    'next-step': 'key.nextStep',
    finish: 'key.finish',
  } as const;
  if (pending?.kind === 'predict' && askedPrediction(lab)) return [enter, say('key.lock')];
  if (lab.busy > 0) return [enter, say('key.wait')];
  return pending ? [enter, say(code[pending.kind])] : undefined;
}
