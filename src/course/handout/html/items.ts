/** What happened in a step, as HTML. */
import stringWidth from 'string-width';
import {sayError, sayReason} from '../../words/errors.ts';
import {say, saySide} from '../say.ts';
import {terminalText} from '../text.ts';
import type {CheckItem, Edition, Item} from '../types.ts';
import {html, type Markup} from './markup.ts';
import {ablationTable, callTable, factTable, verdict} from './tables.ts';
import type {Tongue} from './tongue.ts';

type Of<K extends Item['kind']> = Extract<Item, {kind: K}>;
type Command = Of<'command'>;

/** A terminal of so many lines is not parted between pages. */
const SHORT = 24;

/** The items of a step; commands that follow each other on one side share a terminal. */
export function itemList(items: readonly Item[], tongue: Tongue, {instructor}: Edition): Markup[] {
  const out: Markup[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item;
    if (item.kind === 'note' && !instructor) continue;
    if (item.kind !== 'command') out.push(one(item, tongue));
    else if (instructor || !item.solution) {
      const commands = [item];
      const follows = (next: Item | undefined): next is Command =>
        next?.kind === 'command' && next.side === item.side && next.solution === item.solution;
      for (let next = items[i + 1]; follows(next); next = items[++i + 1]) commands.push(next);
      out.push(terminal(commands, tongue));
    }
  }
  return out;
}

function one(item: Exclude<Item, Command>, tongue: Tongue): Markup {
  switch (item.kind) {
    case 'prose':
      return tongue.prose(item.text);
    case 'note':
    case 'drift':
      return html`<aside class="${item.kind}"><h3>${tongue.say(`${item.kind}.title`)}</h3>\n${tongue.prose(item.text)}</aside>\n`;
    case 'container':
      return callTable(item, tongue);
    case 'gone':
      return html`<p class="event">${tongue.say('box.gone', {id: item.id, how: ended(item, tongue)})}</p>\n`;
    case 'facts':
      return factTable(item, tongue);
    case 'picture':
      return picture(item, tongue);
    case 'question':
      return question(item, tongue);
    case 'answer':
      return answer(item, tongue);
    case 'ablation':
      return ablationTable(item, tongue);
    case 'error':
      return html`<aside class="error"><h3>${tongue.say('error.title')}</h3>\n<p>${tongue.each(lang => sayError(item.error, lang))}</p></aside>\n`;
  }
}

function terminal(commands: readonly Command[], tongue: Tongue): Markup {
  const {side, solution} = commands[0] as Command;
  const name = tongue.each(lang => say(lang, 'side.terminal', {side: saySide(lang, side)}));
  const lines = commands.reduce((sum, {output}) => sum + output.split('\n').length, 0);
  return html`<figure class="terminal ${side === 'host' ? 'host' : 'box'}${lines <= SHORT && ' short'}">
<figcaption>${name}${solution && html` · <em>${tongue.say('run.solution')}</em>`}</figcaption>
<pre>${commands.map((command, i) => html`${i > 0 && '\n'}${typed(command, tongue)}`)}</pre>
</figure>
`;
}

function typed({command, output, status, by, expected}: Command, tongue: Tongue): Markup {
  const shown = terminalText(output, count => tongue.plain('run.cut', {count}));
  const remarks = [
    by === 'learner' && tongue.plain('run.by-hand'),
    status === null ? tongue.plain('run.unknown') : status !== 0 && tongue.plain('run.status', {status}),
    expected !== undefined && tongue.plain('run.expected', {expected}),
  ].filter(one => one !== false);
  return html`<span class="prompt"># </span><kbd>${command}</kbd>${shown !== '' && html`\n<samp>${shown}</samp>`}${
    remarks.length > 0 && html`\n<span class="status">[${remarks.join(', ')}]</span>`
  }`;
}

function ended({status}: Of<'gone'>, tongue: Tongue): string {
  if (status?.signal) return tongue.plain('box.gone.signal', {signal: status.signal});
  if (status?.code === undefined) return tongue.plain('run.unknown');
  return tongue.plain('run.status', {status: status.code});
}

/** Each language has its own drawing, since a drawing depends on the width of each character. */
function picture({name, lines}: Of<'picture'>, tongue: Tongue): Markup {
  const lang = lines[tongue.main] ? tongue.main : 'en';
  const title = tongue.say(`picture.title.${name as 'layers' | 'topology' | 'processes' | 'cpu'}`);
  const drawn = (lines[lang] ?? []).map(line => html`${inCells(line)}\n`);
  return html`<figure class="picture"><figcaption>${title}</figcaption>\n<pre lang="${lang}">${drawn}</pre></figure>\n`;
}

/** What another font may have to draw stands in as many cells as a terminal gives it; every fixed font has ASCII and lines. */
function inCells(line: string): Markup[] {
  return (line.match(/[\x20-\x7e\u2500-\u257f]+|./gsu) ?? []).map(part =>
    /^[\x20-\x7e\u2500-\u257f]/.test(part)
      ? html`${part}`
      : html`<span class="${stringWidth(part) === 2 ? 'w' : 'n'}">${part}</span>`,
  );
}

function question({ask, choices, votes}: Of<'question'>, tongue: Tongue): Markup {
  return html`<section class="question"><h3>${tongue.say('predict.title')}</h3>
<p>${tongue.line(ask)}</p>
<ul class="choices">
${choices.map(({id, text}) => {
  const count = votes?.[id];
  return html`<li>${tongue.line(text)}${count !== undefined && html` <span class="was">(${tongue.say('predict.votes', {count})})</span>`}</li>\n`;
})}</ul></section>
`;
}

function answer({answer: came, reason, because}: Of<'answer'>, tongue: Tongue): Markup {
  const unclear = () => tongue.say('predict.unclear', {reason: reason ? sayReason(reason, tongue.main) : '?'});
  return html`<section class="answer"><h3>${tongue.say('predict.answer')}</h3>
<p class="said">${came ? tongue.line(came) : unclear()}</p>
${because && tongue.reason(because)}</section>
`;
}

/** The step's checks with what the kernel said of them; for instructors with all that helps. */
export function checkList(checks: readonly CheckItem[], tongue: Tongue, edition: Edition): Markup {
  if (checks.length === 0) return html``;
  return html`<section class="checks${!edition.instructor && ' short'}"><h3>${tongue.say('check.title')}</h3>
<ul>
${checks.map(check => html`<li>${checkLine(check, tongue)}${edition.instructor && help(check, tongue)}</li>\n`)}</ul></section>
`;
}

function checkLine({block, passed, verdict: came, mistake, reason}: CheckItem, tongue: Tongue): Markup {
  const said = block.mistakes.find(one => one.id === mistake)?.say;
  return html`${verdict(passed ? 'pass' : came, tongue)} ${tongue.line(block.title)}${
    !passed && said ? html`\n${tongue.prose(said)}` : !passed && reason && html` (${sayReason(reason, tongue.main)})`
  }`;
}

function help({block}: CheckItem, tongue: Tongue): Markup {
  const commands = (runs: {on: string; commands: string[]}[]) =>
    runs.map(
      run =>
        html`<pre class="code"><span class="prompt">${saySide(tongue.main, run.on)}# </span><code>${run.commands.join('\n')}</code></pre>\n`,
    );
  return html`<dl class="help">
<dt>${tongue.say('check.condition')}</dt><dd><code>${block.expr}</code></dd>
${block.hints.length > 0 && html`<dt>${tongue.say('check.hints')}</dt><dd><ol>${block.hints.map(hint => html`<li>${tongue.prose(hint)}</li>`)}</ol></dd>\n`}${
  block.solve.length > 0 && html`<dt>${tongue.say('check.solution')}</dt><dd>${commands(block.solve)}</dd>\n`
}${block.mistakes.map(
  mistake =>
    html`<dt>${tongue.say('check.mistake')}</dt><dd>${commands(mistake.commands)}${tongue.prose(mistake.say)}</dd>\n`,
)}</dl>`;
}
