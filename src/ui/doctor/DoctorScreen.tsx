/** What this machine can do, and what to do about what it cannot. Its words are loaded when it is first opened. */
import {useEffect, useState} from 'react';
import type {CheckedFinding, LabVerdict} from '../../course/index.ts';
import {footerLine} from '../app/footer.ts';
import type {AppModel} from '../app/model.ts';
import {Lines, panelLines} from '../app/panel.tsx';
import {clip, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';

type Words = typeof import('../course-words.ts');

const MARK = 5;
const NAME = 24;
/** Where the sentence finds room to the right of what was found; on narrower windows it goes below. */
const WIDE = 100;
const FOUND = 20;

export function DoctorScreen({model}: {model: AppModel}) {
  const {columns, rows} = model.size;
  const {look, report} = model;
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    void import('../course-words.ts').then(setWords);
  }, []);
  const body = () => {
    if (report.state === 'failed')
      return wrap(look.say('doctor.failed', {why: report.why[look.lang] ?? report.why.en}), columns - 4);
    if (report.state === 'loading' || !words) return [look.say('doctor.loading')];
    const {findings, labs} = report.value;
    const width = columns - 4;
    return [
      ...words.shownFindings(findings).flatMap(one => findingLines(one, width, model, words)),
      ...(labs.length > 0 ? ['', look.style.bold(words.sayRunsTitle(look.lang))] : []),
      ...labs.flatMap(one => verdictLines(one, width, model, words)),
    ];
  };
  const lines = body();
  const height = rows - 1;
  const last = Math.max(0, lines.length - (height - 2));
  // Keys count up without knowing where the end is.
  model.scroll = Math.min(model.scroll, last);
  const shown = lines.slice(model.scroll).map(line => ` ${line}`);
  const note = model.scroll < last ? `${look.say('lab.more')} ${look.glyphs.more}` : '';
  const title = look.say('doctor.title');
  const footer = footerLine(
    look,
    columns,
    [
      [look.glyphs.upDown, look.say('key.scroll')],
      [look.keys.label('everywhere', 'language', look.glyphs), look.say('key.lang')],
    ],
    [[look.keys.label('everywhere', 'leave', look.glyphs), look.say('key.labs')]],
  );
  return (
    <Lines width={columns} lines={[...panelLines({look, width: columns, height, title, note, lines: shown}), footer]} />
  );
}

function symbolOf(kind: 'yes' | 'partly' | 'no', {look: {glyphs, style}}: AppModel): string {
  return fitTo(
    {yes: style.good(glyphs.pass), no: style.bad(glyphs.fail), partly: style.warn(glyphs.unsure)}[kind],
    MARK,
  );
}

function findingLines(finding: CheckedFinding, width: number, model: AppModel, words: Words): string[] {
  const {glyphs, style, lang, say} = model.look;
  const wide = width >= WIDE;
  const indent = wide ? MARK + NAME + FOUND : MARK;
  const found = clip(finding.found, wide ? FOUND - 1 : width - MARK - NAME, glyphs.cut);
  const head = `${symbolOf(finding.ok, model)}${fitTo(clip(finding.id, NAME - 1, glyphs.cut), NAME)}`;
  const cure = words.sayCure(finding, lang);
  const sentences = [
    ...wrap(words.sayHostFinding(finding, lang), width - indent),
    ...(cure ? wrap(`${say('doctor.cure')} ${cure}`, width - indent).map(style.bold) : []),
  ];
  if (!wide) return [`${head}${found}`, ...sentences.map(line => ' '.repeat(indent) + line)];
  return sentences.map((line, i) => (i === 0 ? `${head}${fitTo(found, FOUND)}` : ' '.repeat(indent)) + line);
}

function verdictLines(verdict: LabVerdict, width: number, model: AppModel, words: Words): string[] {
  const {lang} = model.look;
  const {number, title, runs} = verdict;
  const mark = symbolOf(runs === 'yes' || runs === 'mapped' ? 'yes' : 'no', model);
  const text = `${number} ${title[lang] ?? title.en}${lang === 'zh' ? '：' : ': '}${words.sayVerdict(verdict, lang)}`;
  return wrap(text, width - MARK).map((line, i) => (i === 0 ? mark : ' '.repeat(MARK)) + line);
}
