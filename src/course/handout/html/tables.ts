/** The tables of a handout: both sides, system calls, and what a flag is for. */
import type {JournalEntry} from '../../../engine/index.ts';
import {
  callText,
  flagName,
  purposeOf,
  sameFact,
  say,
  sayBeside,
  sayFact,
  sayPath,
  saySide,
  sayValue,
  telling,
} from '../say.ts';
import {telltale} from '../telltale.ts';
import type {FactRow, Item} from '../types.ts';
import {html, type Markup} from './markup.ts';
import type {Tongue} from './tongue.ts';

type Of<K extends Item['kind']> = Extract<Item, {kind: K}>;

/** A table of so many rows fits on a page whatever stands above it. */
const SHORT = 14;

/** One column for each side that there is; a container's cells say how they compare with the host's. */
export function factTable({sides, rows}: Of<'facts'>, tongue: Tongue): Markup {
  const had = rows.some(row => Object.values(row.cells).some(cell => cell.was !== undefined));
  const legend = sides.length > 1 ? html`${tongue.say('facts.legend')}` : undefined;
  const was = had ? html`${legend && '; '}${tongue.say('facts.legend.was')}` : undefined;
  return html`<table class="facts${rows.length <= SHORT && ' short'}">
<caption>${tongue.say('facts.title')}${(legend || was) && html` <span class="legend">${legend}${was}</span>`}</caption>
<thead><tr><th scope="col">${tongue.say('facts.fact')}</th>${sides.map(
    side => html`<th scope="col">${tongue.each(lang => saySide(lang, side))}</th>`,
  )}</tr></thead>
<tbody>
${rows.map(row => factRow(row, sides, tongue))}</tbody>
</table>
`;
}

function factRow({path, cells}: FactRow, sides: string[], tongue: Tongue): Markup {
  const host = cells.host?.value;
  return html`<tr><th scope="row">${tongue.each(lang => sayFact(lang, path))}</th>${sides.map(side => {
    const {value, was} = cells[side] ?? {};
    const compared = side !== 'host' && host !== undefined && value !== undefined;
    const sign = compared && (sameFact(host, value) ? '=' : '≠');
    return html`<td${was !== undefined && html` class="changed"`}>${
      sign && html`<span class="${sign === '=' ? 'same' : 'differs'}">${sign}</span> `
    }${tongue.each(lang => (compared ? sayBeside(lang, value, host) : sayValue(lang, value)))}${
      was !== undefined &&
      html` <span class="was">(${tongue.each(lang => say(lang, 'facts.was', {value: sayValue(lang, was)}))})</span>`
    }</td>`;
  })}</tr>
`;
}

export function callTable({id, pid, calls}: Of<'container'>, tongue: Tongue): Markup {
  const shown = telling(calls);
  if (shown.length === 0) return html`<p class="event">${tongue.say('box.started-plain', {id, pid})}</p>\n`;
  const some = shown.length < calls.length;
  return html`<table class="calls${shown.length <= SHORT && ' short'}">
<caption>${tongue.say('box.started', {id, pid})}${
    some && html` <span class="legend">${tongue.say('box.calls-some', {shown: shown.length, all: calls.length})}</span>`
  }</caption>
<thead><tr><th scope="col">${tongue.say('calls.call')}</th><th scope="col">${tongue.say('calls.purpose')}</th><th scope="col">${tongue.say('calls.page')}</th></tr></thead>
<tbody>
${shown.map(entry => callRow(entry, tongue))}</tbody>
</table>
`;
}

function callRow(entry: JournalEntry, tongue: Tongue): Markup {
  const expected = entry.errno && entry.tolerated && html` (${tongue.say('calls.tolerated')})`;
  return html`<tr${entry.errno && !entry.tolerated && html` class="failed"`}><td><code>${callText(entry, tongue.main)}</code></td><td>${tongue.each(
    lang => purposeOf(entry, lang).purpose,
  )}${expected}</td><td class="page">${purposeOf(entry, tongue.main).page}</td></tr>
`;
}

/** Only what the flag changed; that nothing did is said too. */
export function ablationTable({container, without, rows, checks, failed}: Of<'ablation'>, tongue: Tongue): Markup {
  const flag = flagName(without);
  const changed = telltale(rows);
  const title = tongue.say('ablation.title', {flag, id: container});
  const calls = failed.map(entry => html`<p class="event"><code>${callText(entry, tongue.main)}</code></p>\n`);
  if (changed.length === 0) {
    const why = rows.length === 0 ? 'ablation.nothing' : 'ablation.same';
    return html`<section class="ablation"><h3>${title}</h3>\n<p>${tongue.say(why)}</p>\n${calls}</section>\n`;
  }
  return html`<section class="ablation">
<table>
<caption>${title}</caption>
<thead><tr><th scope="col">${tongue.say('facts.fact')}</th><th scope="col">${tongue.say('ablation.with')} <code>${flag}</code></th><th scope="col">${tongue.say('ablation.without')}</th></tr></thead>
<tbody>
${changed.map(
  ({path, withFlag, withoutFlag}) =>
    html`<tr><th scope="row">${tongue.each(lang => sayPath(lang, path))}</th><td>${tongue.each(lang => sayValue(lang, withFlag))}</td><td>${tongue.each(lang => sayValue(lang, withoutFlag))}</td></tr>\n`,
)}${checks.map(
  check =>
    html`<tr><th scope="row">${tongue.line(check.title)}</th><td>${verdict(check.withFlag, tongue)}</td><td>${verdict(check.withoutFlag, tongue)}</td></tr>\n`,
)}</tbody>
</table>
${calls}</section>
`;
}

/** '✓ passed' */
export function verdict(came: 'pass' | 'fail' | 'cannot-judge' | null, tongue: Tongue): Markup {
  if (came === 'pass') return html`<span class="good">✓ ${tongue.say('check.passed')}</span>`;
  if (came === 'fail') return html`<span class="bad">✗ ${tongue.say('check.failed')}</span>`;
  return html`<span class="unsure">? ${tongue.say('check.unsure')}</span>`;
}
