/** The list of labs: what there is, what was done, and what this host cannot run, and why. */
import {footerLine, type KeyHint} from '../app/footer.ts';
import type {Look} from '../app/look.ts';
import type {AppModel} from '../app/model.ts';
import {Lines} from '../app/panel.tsx';
import type {HomeLab} from '../deps.ts';
import {cells, clip, fitTo, spread} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';

export function HomeScreen({model}: {model: AppModel}) {
  const {columns, rows} = model.size;
  const {look} = model;
  const rule = look.style.dim(look.glyphs.horizontal.repeat(columns));
  const body = bodyLines(model, columns, rows - 5);
  const blank = Array<string>(Math.max(0, rows - 5 - body.length)).fill('');
  const lines = [
    header(model, columns),
    rule,
    ...body,
    ...blank,
    rule,
    ...detail(model, columns),
    homeFooter(look, columns),
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
  const {kernel, cgroup, root} = model.report.value;
  const {look} = model;
  const short = kernel.split(/[-+]/)[0] ?? kernel;
  const parts = [`Linux ${short}`, `cgroup ${cgroup}`, look.say(root ? 'app.root' : 'app.noRoot')];
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

function bodyLines(model: AppModel, width: number, height: number): string[] {
  const {look, labs} = model;
  if (labs.state === 'loading') return ['', ` ${look.say('home.loading')}`];
  if (labs.state === 'failed')
    return ['', ...wrap(look.say('home.failed', {why: labs.why}), width - 2).map(line => ` ${line}`)];
  if (labs.value.length === 0) return ['', ` ${look.say('home.none')}`];
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
  const first = Math.max(0, Math.min(model.selected - Math.floor(room / 2), labs.value.length - room));
  const list = labs.value
    .slice(first, first + room)
    .map((lab, i) => labRow(lab, first + i === model.selected, widths, look));
  return [look.style.dim(head), ...list];
}

function row(columns: string[], widths: Widths, look: Look): string {
  const sizes = [NUMBER, widths.title, widths.question, MINUTES, LEARN, QUIZ];
  return columns
    .map((text, i) => fitTo(clip(i === 0 ? ` ${text}` : text, sizes[i]! - 1, look.glyphs.cut), sizes[i]!))
    .join('');
}

function labRow(lab: HomeLab, selected: boolean, widths: Widths, look: Look): string {
  const {glyphs, lang, style} = look;
  const barred = lab.broken ?? lab.unmet?.[0];
  const why = lab.broken ? 'home.broken' : 'home.unmet';
  const about = barred ? look.say(why, {why: barred[lang] ?? barred.en}) : (lab.question[lang] ?? lab.question.en);
  const quiz = lab.quiz ? `${lab.quiz.right}/${lab.quiz.of}` : glyphs.dash;
  const text = row(
    [lab.number, lab.title[lang] ?? lab.title.en, about, String(lab.minutes), progress(lab, look), quiz],
    widths,
    look,
  );
  const marked = (selected ? glyphs.here : ' ') + text.slice(1);
  if (selected) return style.inverse(marked);
  return barred ? style.dim(marked) : marked;
}

function progress(lab: HomeLab, look: Look): string {
  if (!lab.progress) return look.glyphs.dash;
  if (lab.progress.done) return `${look.glyphs.pass} ${look.say('home.done')}`;
  return `${look.glyphs.changed} ${look.say('home.step', {index: lab.progress.index})}`;
}

/** The chosen lab's question, or why it cannot be run, in full: one line, since the list may have cut it. */
function detail(model: AppModel, width: number): string[] {
  const {look, labs} = model;
  const lab = labs.state === 'ready' ? labs.value[model.selected] : undefined;
  if (!lab) return [''];
  const word = (text: {en: string; zh?: string}) => text[look.lang] ?? text.en;
  const reasons = lab.unmet?.map(word).join('; ') ?? '';
  const text = lab.broken
    ? look.say('home.broken', {why: word(lab.broken)})
    : reasons
      ? look.say('home.unmet', {why: reasons})
      : word(lab.question);
  return [clip(` ${text}`, width, look.glyphs.cut)];
}

function homeFooter(look: Look, width: number): string {
  const {say, glyphs, keys} = look;
  const hints: KeyHint[] = [
    [glyphs.upDown, say('key.choose')],
    [keys.label('home', 'open', glyphs), say('key.learn')],
    [keys.label('home', 'doctor', glyphs), say('key.doctor')],
    [keys.label('everywhere', 'language', glyphs), say('key.lang')],
  ];
  return footerLine(look, width, hints, [
    [keys.label('everywhere', 'help', glyphs), say('key.help')],
    [keys.label('everywhere', 'quit', glyphs), say('key.quit')],
  ]);
}
