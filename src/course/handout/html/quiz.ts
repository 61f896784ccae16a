/** The quiz as HTML: to be filled in with a pen, or with answers and reasons. */
import type {QuizBlock} from '../../lab.ts';
import {answerOf, orderOfChoices} from '../quiz.ts';
import {saySide} from '../say.ts';
import type {Edition} from '../types.ts';
import {html, type Markup} from './markup.ts';
import type {Tongue} from './tongue.ts';

export function quizSection(quiz: readonly QuizBlock[], tongue: Tongue, {instructor}: Edition): Markup {
  if (quiz.length === 0) return html``;
  return html`<section class="quiz" id="quiz"><h2>${tongue.say('quiz.title')}</h2>
<ol class="questions">
${quiz.map(block => html`<li>${question(block, tongue, instructor)}</li>\n`)}</ol></section>
`;
}

function question(block: QuizBlock, tongue: Tongue, instructor: boolean): Markup {
  const {type, ask, choices} = block;
  const how = html`<span class="legend">${tongue.say(`quiz.${type}`)}</span>`;
  const room = !choices && !instructor && html`<p class="room"></p>\n`;
  return html`<div class="ask">${tongue.prose(ask)}</div>
<p>${how}</p>
${choices && choiceList(block, tongue, instructor)}${room}${instructor && solution(block, tongue)}`;
}

function choiceList(block: QuizBlock, tongue: Tongue, instructor: boolean): Markup {
  const marked = instructor && block.type !== 'order';
  return html`<ul class="choices ${block.type === 'order' ? 'order' : marked ? 'marked' : 'pen'}">
${orderOfChoices(block).map(({text, right, because}) => {
  const mark = right
    ? html`<span class="good">✓ ${tongue.say('quiz.right')}</span>`
    : html`<span class="bad">✗ ${tongue.say('quiz.wrong')}</span>`;
  const reason = marked && because.en !== '' && html`<div class="because">${tongue.reason(because)}</div>`;
  return html`<li>${marked && html`${mark} `}${tongue.line(text)}${reason}</li>\n`;
})}</ul>
`;
}

function solution(block: QuizBlock, tongue: Tongue): Markup {
  const answer = answerOf(block);
  const {because, solve = [], check} = block;
  return html`<dl class="help">
${
  answer?.kind === 'order'
    ? html`<dt>${tongue.say('quiz.answer')}</dt><dd><ol>${answer.choices.map(({text}) => html`<li>${tongue.line(text)}</li>`)}</ol></dd>\n`
    : answer &&
      html`<dt>${tongue.say('quiz.answer')}</dt><dd>${answer.kind === 'live' ? tongue.say('quiz.live', {expr: answer.text}) : answer.text}</dd>\n`
}${solve.map(
  run =>
    html`<dt>${tongue.say('check.solution')}</dt><dd><pre class="code"><span class="prompt">${saySide(tongue.main, run.on)}# </span><code>${run.commands.join('\n')}</code></pre></dd>\n`,
)}${check !== undefined && html`<dt>${tongue.say('check.condition')}</dt><dd><code>${check}</code></dd>\n`}${
  because && html`<dt>${tongue.say('quiz.why')}</dt><dd>${tongue.reason(because)}</dd>\n`
}</dl>`;
}
