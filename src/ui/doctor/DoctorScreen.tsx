/** What this machine can do, and what to do about what it cannot. Its words are loaded when it is first opened. */
import {useEffect, useState} from 'react';
import type {HostFinding} from '../../engine/index.ts';
import {footerLine} from '../app/footer.ts';
import type {AppModel} from '../app/model.ts';
import {Lines, panelLines} from '../app/panel.tsx';
import {clip, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';

type SayHost = (code: string, params?: Record<string, string | number>) => string;

const NAME = 22;
const FOUND = 16;

export function DoctorScreen({model}: {model: AppModel}) {
  const {columns, rows} = model.size;
  const {look, report} = model;
  const [words, setWords] = useState<typeof import('../course-words.ts')>();
  useEffect(() => {
    void import('../course-words.ts').then(setWords);
  }, []);
  const body = () => {
    if (report.state === 'failed')
      return wrap(look.say('doctor.failed', {why: report.why[look.lang] ?? report.why.en}), columns - 4);
    if (report.state === 'loading' || !words) return [look.say('doctor.loading')];
    const say: SayHost = (code, params) => words.sayHost(look.lang, code, params);
    return report.value.findings.flatMap(one => findingLines(one, columns - 4, model, say));
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

function findingLines(finding: HostFinding, width: number, model: AppModel, say: SayHost): string[] {
  const {glyphs, style} = model.look;
  const symbol = {yes: style.good(glyphs.pass), no: style.bad(glyphs.fail), partly: style.warn(glyphs.unsure)}[
    finding.ok
  ];
  const found = clip(finding.found, FOUND - 1, glyphs.cut);
  const head = `${fitTo(symbol, 5)}${fitTo(clip(finding.id, NAME - 1, glyphs.cut), NAME)}${fitTo(found, FOUND)}`;
  const indent = 5 + NAME + FOUND;
  const meaning = wrap(say(finding.meaning, finding.params), width - indent);
  const cure = finding.cure
    ? wrap(`${model.look.say('doctor.cure')} ${say(finding.cure, finding.params)}`, width - indent)
    : [];
  return [...meaning, ...cure.map(style.bold)].map((line, i) => (i === 0 ? head : ' '.repeat(indent)) + line);
}
