/** A handout as one HTML file that needs nothing else: no script, no address that is loaded, nothing unescaped. */
import {createHash} from 'node:crypto';
import type {Edition, Handout, StepPage} from '../types.ts';
import {dateText} from '../when.ts';
import {checkList, itemList} from './items.ts';
import {html, Markup} from './markup.ts';
import {quizSection} from './quiz.ts';
import {styleSheet} from './style.ts';
import {Tongue} from './tongue.ts';

/** @returns the whole file, UTF-8 text */
export function htmlPage(handout: Handout, edition: Edition): string {
  const tongue = new Tongue(edition.langs);
  const name = (lang = tongue.main) => handout.title[lang] ?? handout.title.en;
  const kind = edition.instructor ? `${tongue.plain('handout.instructor')} · ` : '';
  const css = styleSheet({
    left: `Glassbox ${handout.number} · ${name()}`,
    right: `${kind}Linux ${handout.run.kernel} · ${dateText(handout.run.at)}`,
  });
  const body = html`${head(handout, edition, tongue)}
${handout.intro && html`<section class="intro">${tongue.prose(handout.intro, true)}</section>\n`}${contents(handout, tongue)}${handout.pages.map(
  page => step(page, handout.steps, tongue, edition),
)}${quizSection(handout.quiz, tongue, edition)}`;
  return frame({title: `${handout.number} ${name()}`, css, body, lang: tongue.main});
}

/** A document around a body. The policy allows this very style sheet and nothing else (CSP Level 3). */
export function frame({title, css, body, lang}: {title: string; css: string; body: Markup; lang: string}): string {
  const hash = createHash('sha256').update(css).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<!DOCTYPE html>
<html lang="${lang === 'zh' ? 'zh-Hans' : lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Glassbox">
<title>${title}</title>
<style>${new Markup(css)}</style>
</head>
<body>
${body}</body>
</html>
`.text;
}

function head(
  {number, title, question, minutes, sources, steps, pages, run}: Handout,
  edition: Edition,
  tongue: Tongue,
) {
  const recorded = run.how === 'recording';
  const meta: [string | Markup, string | Markup][] = [
    [tongue.say(recorded ? 'meta.recorded' : 'meta.date'), dateText(run.at)],
    [tongue.say('meta.kernel'), `Linux ${run.kernel}`],
    [tongue.say('meta.version'), run.version],
    [tongue.say('meta.stage'), tongue.say(`meta.stage.${run.stage}`)],
    [tongue.say('meta.seed'), run.seed],
    [tongue.say('meta.minutes'), tongue.say('meta.minutes.value', {minutes})],
  ];
  if (edition.instructor && sources.length > 0) meta.push([tongue.say('meta.sources'), sources.join('; ')]);
  const edited = edition.instructor && html` <span class="edition">${tongue.say('handout.instructor')}</span>`;
  return html`<header class="head">
<p class="kicker">${tongue.say('handout.of')} ${number}${edited}</p>
<h1>${tongue.line(title)}</h1>
<p class="lead">${tongue.line(question)}</p>
<dl class="meta">
${meta.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>\n`)}</dl>
<p class="machine">${tongue.say(recorded ? 'handout.recorded' : 'handout.machine')}</p>
${pages.length < steps && html`<p class="machine">${tongue.say('handout.partial', {got: pages.length, of: steps})}</p>\n`}${
  !run.sound &&
  !recorded &&
  html`<p class="machine unsound">${tongue.say('handout.unsound', {passed: run.passed, checks: run.checks})}</p>\n`
}</header>`;
}

function contents({pages, quiz}: Handout, tongue: Tongue): Markup {
  if (pages.length === 0) return html``;
  return html`<nav class="contents"><h2>${tongue.say('contents.title')}</h2>
<ol>
${pages.map(({index, title}) => html`<li value="${index + 1}"><a href="#step-${index + 1}">${tongue.label(title)}</a></li>\n`)}${
  quiz.length > 0 && html`<li><a href="#quiz">${tongue.say('quiz.title')}</a></li>\n`
}</ol></nav>
`;
}

function step({index, title, items, checks}: StepPage, of: number, tongue: Tongue, edition: Edition): Markup {
  const number = tongue.say('step.title', {index: index + 1, of});
  return html`<section class="step" id="step-${index + 1}"><h2><span class="number">${number}</span> ${tongue.line(title)}</h2>
${itemList(items, tongue, edition)}${checkList(checks, tongue, edition)}</section>
`;
}
