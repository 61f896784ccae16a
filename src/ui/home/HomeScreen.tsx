/** The list of labs: what there is, what was done, and what this host cannot run, and why. */
import {footerLine, type KeyHint} from '../app/footer.ts';
import type {Look} from '../app/look.ts';
import type {AppModel} from '../app/model.ts';
import {Lines} from '../app/panel.tsx';
import type {HomeLab} from '../deps.ts';
import {cells, clip, fitTo, spread} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {detailLines} from './detail.ts';
import {mark} from './find.ts';
import {chosenLab, shownLabs} from './keys.ts';
import {searchLine} from './search.ts';

/** Title, line, list, line, footer; the list's own head is one more. */
const FIXED = 4;
/** Lines that the list keeps, whatever there is to say about the chosen lab. */
const LIST_LEAST = 9;

export function HomeScreen({model}: {model: AppModel}) {
  const {columns, rows} = model.size;
  const {look} = model;
  const rule = look.style.dim(look.glyphs.horizontal.repeat(columns));
  const count = model.labs.state === 'ready' ? model.labs.value.length + 1 : 1;
  const detail = detailLines(model, columns, rows - FIXED - Math.min(count, LIST_LEAST));
  const height = rows - FIXED - detail.length;
  const {lines: body, more} = listOf(model, columns, height);
  const lines = [
    header(model, columns),
    model.query === undefined ? rule : searchLine(model, columns),
    ...body,
    ...Array<string>(Math.max(0, height - body.length)).fill(''),
    more ? spread(rule, look.style.bold(` ${more} `), columns, '') : rule,
    ...detail,
    homeFooter(model, columns),
  ];
  return <Lines width={columns} lines={lines} />;
}

function header(model: AppModel, width: number): string {
  const {look, report} = model;
  const {dot} = look.glyphs;
  const name = ` ${look.style.bold('glassbox')}`;
  const facts = report.state === 'ready' ? hostLine(model) : '';
  const right = `${facts ? `${facts} ${dot} ` : ''}${look.say('app.otherLang')} [${look.keys.label('everywhere', 'language', look.glyphs)}] `;
  const room = width - cells(name) - cells(right) - 3;
  const tagline = look.say('app.tagline');
  return spread(room >= cells(tagline) ? `${name}  ${tagline}` : name, right, width, look.glyphs.cut);
}

function hostLine(model: AppModel): string {
  if (model.report.state !== 'ready') return '';
  const {kernel, cgroup, root, mapped} = model.report.value;
  const {look} = model;
  const short = kernel.split(/[-+]/)[0] ?? kernel;
  const parts = [
    `Linux ${short}`,
    `cgroup ${cgroup}`,
    look.say(root ? 'app.root' : mapped ? 'app.mapped' : 'app.noRoot'),
  ];
  return parts.join(` ${look.glyphs.dot} `);
}

interface Widths {
  title: number;
  question: number;
}

const NUMBER = 5;
const MINUTES = 6;
const LEARN = 12;
const QUIZ = 7;

interface Body {
  lines: string[];
  /** That there is more of it, and where. */
  more: string;
}

function listOf(model: AppModel, width: number, height: number): Body {
  const {look, labs} = model;
  const only = (text: string) => ({lines: ['', ...wrap(text, width - 2).map(line => ` ${line}`)], more: ''});
  if (labs.state === 'loading') return only(look.say('home.loading'));
  if (labs.state === 'failed') return only(look.say('home.failed', {why: labs.why[look.lang] ?? labs.why.en}));
  if (labs.value.length === 0) return only(look.say('home.none'));
  const fixed = NUMBER + MINUTES + LEARN + QUIZ;
  const widest = Math.max(
    ...labs.value.map(lab => cells(lab.title[look.lang] ?? lab.title.en)),
    cells(look.say('home.lab')),
  );
  const title = Math.min(widest + 2, Math.floor((width - fixed) * 0.45));
  const widths = {title, question: width - fixed - title};
  const {say} = look;
  const head = row(
    ['#', say('home.lab'), say('home.question'), say('home.minutes'), say('home.learn'), say('home.quiz')],
    widths,
    look,
  );
  const room = height - 1;
  const shown = shownLabs(model);
  if (shown.length === 0) return only(say('home.notFound', {query: model.query ?? ''}));
  const at = Math.max(0, shown.indexOf(model.selected));
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), shown.length - room));
  const list = shown.slice(first, first + room).map(i => labRow(labs.value[i]!, i === model.selected, widths, model));
  const {more, moreUp} = look.glyphs;
  const hidden = `${first > 0 ? moreUp : ''}${first + room < shown.length ? more : ''}`;
  return {lines: [look.style.dim(head), ...list], more: hidden && `${say('lab.more')} ${hidden}`};
}

function row(columns: string[], widths: Widths, look: Look): string {
  const sizes = [NUMBER, widths.title, widths.question, MINUTES, LEARN, QUIZ];
  return columns
    .map((text, i) => fitTo(clip(i === 0 ? ` ${text}` : text, sizes[i]! - 1, look.glyphs.cut), sizes[i]!))
    .join('');
}

function labRow(lab: HomeLab, selected: boolean, widths: Widths, {look, query}: AppModel): string {
  const {glyphs, lang, style} = look;
  const barred = lab.broken ?? lab.unmet?.[0];
  const why = lab.broken ? 'home.broken' : 'home.unmet';
  const about = barred ? look.say(why, {why: barred[lang] ?? barred.en}) : (lab.question[lang] ?? lab.question.en);
  const quiz = lab.quiz ? `${lab.quiz.right}/${lab.quiz.of}` : glyphs.dash;
  // Bold would end the dimness of a row: there, the line below is enough.
  const hit = (part: string) => mark(part, query, barred ? style.underline : it => style.underline(style.bold(it)));
  const text = row(
    [hit(lab.number), hit(lab.title[lang] ?? lab.title.en), hit(about), String(lab.minutes), progress(lab, look), quiz],
    widths,
    look,
  );
  // What ends a mark or a cut must not end the row's own look.
  const marked =
    (selected ? glyphs.here : ' ') + text.slice(1).replaceAll('\x1b[0m', barred ? '\x1b[24m' : '\x1b[22;24m');
  if (selected) return style.inverse(marked);
  return barred ? style.dim(marked) : marked;
}

function progress(lab: HomeLab, look: Look): string {
  if (!lab.progress) return look.glyphs.dash;
  if (lab.progress.done) return `${look.glyphs.pass} ${look.say('home.done')}`;
  return `${look.glyphs.changed} ${look.say('home.step', {index: lab.progress.index})}`;
}

function homeFooter(model: AppModel, width: number): string {
  const {look, query} = model;
  const {say, glyphs, keys} = look;
  const open: KeyHint = [keys.label('home', 'open', glyphs), say('key.learn')];
  if (query !== undefined)
    return footerLine(look, width, [
      [glyphs.upDown, say('key.choose')],
      [glyphs.enter, say('key.learn')],
      ['Ctrl-U', say('key.clear')],
      ['Esc', say('key.allLabs')],
    ]);
  const hints: KeyHint[] = [
    [glyphs.upDown, say('key.choose')],
    open,
    ...(model.deps.elsewhere
      ? ([
          [keys.label('home', 'quiz', glyphs), say('key.quiz')],
          [keys.label('home', 'demo', glyphs), say('key.demo')],
        ] satisfies KeyHint[])
      : []),
    [keys.label('home', 'search', glyphs), say('key.search')],
    [keys.label('home', 'doctor', glyphs), say('key.doctor')],
    [keys.label('everywhere', 'language', glyphs), say('key.lang')],
    ...(canResume(model) ? [[keys.label('home', 'anew', glyphs), say('key.anew')] satisfies KeyHint] : []),
    [keys.label('everywhere', 'theme', glyphs), say('key.theme')],
  ];
  return footerLine(look, width, hints, [
    [keys.label('everywhere', 'help', glyphs), say('key.help')],
    [keys.label('everywhere', 'quit', glyphs), say('key.quit')],
  ]);
}

function canResume(model: AppModel): boolean {
  const {progress} = chosenLab(model) ?? {};
  return progress !== undefined && !progress.done && progress.index > 1;
}
