/** The page in front of the handouts of several labs. */
import type {Words} from '../lab.ts';
import {html} from './html/markup.ts';
import {frame} from './html/page.ts';
import {styleSheet} from './html/style.ts';
import {Tongue} from './html/tongue.ts';
import {cell, plain, table} from './md/markup.ts';
import {say} from './say.ts';
import {inLangs} from './text.ts';
import type {Edition, Handout} from './types.ts';

export interface IndexEntry {
  number: string;
  title: Words;
  question: Words;
  /** What was written, relative to the index; or why nothing was. */
  made: {file: string; handout: Handout} | {why: string};
}

const columns = ['index.lab', 'index.question', 'index.checks'] as const;

export function indexHtml(entries: readonly IndexEntry[], edition: Edition): string {
  const tongue = new Tongue(edition.langs);
  const title = tongue.plain('index.title');
  const rows = entries.map(({number, title: name, question, made}) => {
    const shown = html`${number} ${tongue.label(name)}`;
    const link = 'file' in made ? html`<a href="${encodeURIComponent(made.file)}">${shown}</a>` : shown;
    const checks =
      'why' in made ? tongue.say('index.not-run', made) : `${made.handout.run.passed} / ${made.handout.run.checks}`;
    return html`<tr><th scope="row">${link}</th><td>${tongue.line(question)}</td><td>${checks}</td></tr>\n`;
  });
  const body = html`<header class="head"><h1>${tongue.say('index.title')}${
    edition.instructor && html` <span class="edition">${tongue.say('handout.instructor')}</span>`
  }</h1></header>
<table>
<caption>${tongue.say('handout.machine')}</caption>
<thead><tr>${columns.map(code => html`<th scope="col">${tongue.say(code)}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table>
`;
  return frame({title, css: styleSheet({left: title, right: ''}), body, lang: tongue.main});
}

export function indexMarkdown(entries: readonly IndexEntry[], {langs, instructor}: Edition): string {
  const each = (word: (lang: 'en' | 'zh') => string) => [...new Set(langs.map(word))].join(' · ');
  const words = (text: Words) =>
    cell(
      inLangs(text, langs)
        .map(one => one.text)
        .join(' · '),
    );
  const rows = entries.map(({number, title, question, made}) => {
    const name = `${cell(number)} ${words(title)}`;
    const checks =
      'why' in made
        ? plain(each(lang => say(lang, 'index.not-run', made)))
        : `${made.handout.run.passed} / ${made.handout.run.checks}`;
    return ['file' in made ? `[${name}](${encodeURIComponent(made.file)})` : name, words(question), checks];
  });
  const kind = instructor ? ` · ${each(lang => say(lang, 'handout.instructor'))}` : '';
  const head = columns.map(code => each(lang => say(lang, code)));
  return `# ${each(lang => say(lang, 'index.title'))}${kind}\n\n${each(lang => say(lang, 'handout.machine'))}\n\n${table(head, rows)}\n`;
}
