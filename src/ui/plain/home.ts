/** The list of labs in lines, what this host is, and what to type next. */
import type {Lang, Words} from '../../course/index.ts';
import {sayCure, sayHostFinding, sayRunsTitle, sayVerdict, shownFindings} from '../course-words.ts';
import type {HomeLab} from '../deps.ts';
import type {PlainDeps} from './deps.ts';
import {hang} from './text.ts';
import {sayIn} from './words.ts';

/** Every lab with what was done of it, or why it cannot be opened. */
export function labLines(labs: readonly HomeLab[], lang: Lang, width: number): string[] {
  const say = sayIn(lang);
  const word = (words: Words) => words[lang] ?? words.en;
  if (labs.length === 0) return [say('home.none')];
  return labs.flatMap(lab => {
    const {number, minutes, progress} = lab;
    const done = progress?.done
      ? say('home.done')
      : progress
        ? say('home.step', {index: progress.index, of: progress.of})
        : say('home.new');
    const text = say('home.lab', {
      number,
      title: word(lab.title),
      question: word(lab.question),
      minutes,
      progress: done,
    });
    const barred = lab.broken
      ? [say('home.broken', {why: word(lab.broken)})]
      : (lab.unmet ?? []).map(why => say('home.unmet', {why: word(why)}));
    const head = lab.broken ? `${number} ${lab.id}` : text;
    return [...hang('', head, width), ...barred.flatMap(line => hang('   ', line, width))];
  });
}

/** What this host is, in one sentence. */
export async function hostLine(deps: Pick<PlainDeps, 'hostReport'>, lang: Lang): Promise<string> {
  const say = sayIn(lang);
  const {kernel, cgroup, root, mapped} = await deps.hostReport();
  const who = root ? 'home.root' : mapped ? 'home.mapped' : 'home.no-root';
  return say('home.host', {kernel, cgroup, root: say(who)});
}

/** What the host can do, and the cure of what it cannot. */
export async function doctorLines(deps: Pick<PlainDeps, 'hostReport'>, lang: Lang, width: number): Promise<string[]> {
  const say = sayIn(lang);
  const {findings, labs} = await deps.hostReport();
  const told = shownFindings(findings).flatMap(finding => {
    const {id, ok, found} = finding;
    const head = `${id}, ${say(`doctor.${ok}`)}${found ? ` (${found})` : ''}: ${sayHostFinding(finding, lang)}`;
    const cure = sayCure(finding, lang);
    return [...hang('', head, width), ...(cure ? hang('   ', say('doctor.cure', {cure}), width) : [])];
  });
  const verdicts = labs.flatMap(one => hang('', `${one.number}: ${sayVerdict(one, lang)}`, width));
  return [...told, ...(labs.length > 0 ? ['', sayRunsTitle(lang), ...verdicts] : [])];
}

/** The lab that a line names: '3', '03', 'pid'. */
export function namedLab(labs: readonly HomeLab[], line: string): HomeLab | undefined {
  const name = line.trim().toLowerCase();
  return labs.find(
    lab => lab.id === name || lab.number === name || (/^\d+$/.test(name) && Number(lab.number) === Number(name)),
  );
}
