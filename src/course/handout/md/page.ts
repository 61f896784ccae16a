/** A handout as Markdown (GitHub's flavour): the same as the HTML page, for a repository, a wiki, or an editor. */
import type {FactValue} from '../../../engine/index.ts';
import type {Lang, QuizBlock, RunBlock, Words} from '../../lab.ts';
import {sayError, sayReason} from '../../words/errors.ts';
import type {HandoutCode} from '../../words/handout.ts';
import type {Params} from '../../words/say.ts';
import {answerOf, orderOfChoices} from '../quiz.ts';
import * as words from '../say.ts';
import {telltale} from '../telltale.ts';
import {inLangs, terminalText, visible} from '../text.ts';
import type {CheckItem, Edition, Handout, Item, StepPage} from '../types.ts';
import {dateText} from '../when.ts';
import {cell, fence, plain, safeMarkdown, table} from './markup.ts';

type Of<K extends Item['kind']> = Extract<Item, {kind: K}>;

/** @returns the whole file, UTF-8 text */
export function markdownPage(handout: Handout, edition: Edition): string {
  return new Writer(edition).page(handout);
}

class Writer {
  readonly #langs: readonly Lang[];
  readonly #main: Lang;
  readonly #instructor: boolean;

  constructor({langs, instructor}: Edition) {
    this.#langs = langs.length > 0 ? langs : ['en'];
    this.#main = this.#langs[0] as Lang;
    this.#instructor = instructor;
  }

  page({number, title, question, intro, minutes, sources, steps, pages, quiz, run}: Handout): string {
    const recorded = run.how === 'recording';
    const kind = this.#instructor ? ` · ${this.#say('handout.instructor')}` : '';
    const meta: [string, string][] = [
      [this.#say(recorded ? 'meta.recorded' : 'meta.date'), dateText(run.at)],
      [this.#say('meta.kernel'), `Linux ${run.kernel}`],
      [this.#say('meta.version'), run.version],
      [this.#say('meta.stage'), this.#say(`meta.stage.${run.stage}`)],
      [this.#say('meta.seed'), run.seed],
      [this.#say('meta.minutes'), this.#say('meta.minutes.value', {minutes})],
    ];
    if (this.#instructor && sources.length > 0) meta.push([this.#say('meta.sources'), sources.join('; ')]);
    const parts = [
      `# ${plain(number)} ${this.#line(title)}`,
      `*${this.#line(question)}*`,
      `${this.#say('handout.of')}${kind}`,
      meta.map(([term, value]) => `- ${term}: ${plain(value)}`).join('\n'),
      this.#say(recorded ? 'handout.recorded' : 'handout.machine'),
      ...(pages.length < steps ? [this.#say('handout.partial', {got: pages.length, of: steps})] : []),
      ...(run.sound || recorded
        ? []
        : [`**${this.#say('handout.unsound', {passed: run.passed, checks: run.checks})}**`]),
      ...(intro ? [this.#prose(intro)] : []),
      ...pages.flatMap(page => this.#step(page, steps)),
      ...(quiz.length > 0
        ? [`## ${this.#say('quiz.title')}`, ...quiz.map((block, i) => this.#question(block, i + 1))]
        : []),
    ];
    return `${parts.filter(part => part !== '').join('\n\n')}\n`;
  }

  #say(code: HandoutCode, params?: Params): string {
    return this.#each(lang => words.say(lang, code, params && Object.fromEntries(Object.entries(params).map(safe))));
  }

  #each(word: (lang: Lang) => string): string {
    return [...new Set(this.#langs.map(word))].join(' · ');
  }

  #line(text: Words): string {
    const lines = inLangs(text, this.#langs).map(one => safeMarkdown(one.text.replace(/\s*\n\s*/g, ' ')));
    return [...new Set(lines)].join(' · ');
  }

  #prose(text: Words): string {
    return inLangs(text, this.#langs)
      .map(one => safeMarkdown(one.text, '### '))
      .join('\n\n');
  }

  /** A reason often begins with the answer, and "1. A process has …" is no list. */
  #reason(text: Words): string {
    return this.#prose(text).replace(/^(\d+)([.)])/gm, '$1\\$2');
  }

  #quote(title: string, text: string): string {
    return `**${title}**\n\n${text}`.replace(/^/gm, '> ').replace(/^> $/gm, '>');
  }

  #step({index, title, items, checks}: StepPage, of: number): string[] {
    const told = items.filter(
      item =>
        !(item.kind === 'note' && !this.#instructor) &&
        !(item.kind === 'command' && item.solution && !this.#instructor),
    );
    return [
      `## ${this.#say('step.title', {index: index + 1, of})}: ${this.#line(title)}`,
      ...told.map(item => this.#item(item)),
      ...(checks.length > 0 ? [`### ${this.#say('check.title')}`, ...checks.map(check => this.#check(check))] : []),
    ];
  }

  #item(item: Item): string {
    switch (item.kind) {
      case 'prose':
        return this.#prose(item.text);
      case 'note':
      case 'drift':
        return this.#quote(this.#say(`${item.kind}.title`), this.#prose(item.text));
      case 'command':
        return this.#command(item);
      case 'container':
        return this.#container(item);
      case 'gone':
        return this.#say('box.gone', {id: item.id, how: this.#ended(item)});
      case 'facts':
        return this.#facts(item);
      case 'picture': {
        const lines = item.lines[this.#main] ?? item.lines.en ?? [];
        return fence(lines.map(visible).join('\n'));
      }
      case 'question': {
        const choices = item.choices.map(choice => `- ${this.#line(choice.text)}`);
        return [`**${this.#say('predict.title')}**: ${this.#line(item.ask)}`, choices.join('\n')].join('\n\n');
      }
      case 'answer':
        return this.#answer(item);
      case 'ablation':
        return this.#ablation(item);
      case 'error':
        return this.#quote(this.#say('error.title'), plain(this.#each(lang => sayError(item.error, lang))));
    }
  }

  #command({side, command, output, status, by, solution, expected}: Of<'command'>): string {
    const main = this.#main;
    const remarks = [
      solution && this.#say('run.solution'),
      by === 'learner' && this.#say('run.by-hand'),
      status === null ? this.#say('run.unknown') : status !== 0 && this.#say('run.status', {status}),
      expected !== undefined && this.#say('run.expected', {expected}),
    ].filter(one => one !== false);
    const text = terminalText(output, count => words.say(main, 'run.cut', {count}));
    const name = this.#each(lang => words.say(lang, 'side.terminal', {side: words.saySide(lang, side)}));
    const body = fence(`# ${visible(command)}${text === '' ? '' : `\n${text}`}`);
    return [`*${plain(name)}*`, body, ...(remarks.length > 0 ? [`(${plain(remarks.join(', '))})`] : [])].join('\n\n');
  }

  #ended({status}: Of<'gone'>): string {
    if (status?.signal) return this.#say('box.gone.signal', {signal: status.signal});
    return status?.code === undefined ? this.#say('run.unknown') : this.#say('run.status', {status: status.code});
  }

  #container({id, pid, calls}: Of<'container'>): string {
    const shown = words.telling(calls);
    if (shown.length === 0) return this.#say('box.started-plain', {id, pid});
    const head = (['calls.call', 'calls.purpose', 'calls.page'] as const).map(code => this.#say(code));
    const rows = shown.map(entry => [
      cell(words.callText(entry, this.#main), true),
      cell(this.#each(lang => words.purposeOf(entry, lang).purpose)),
      cell(words.purposeOf(entry, this.#main).page),
    ]);
    const some =
      shown.length < calls.length ? ` ${this.#say('box.calls-some', {shown: shown.length, all: calls.length})}` : '';
    return `${this.#say('box.started', {id, pid})}.${some}\n\n${table(head, rows)}`;
  }

  #value(value: FactValue | null | undefined): string {
    return cell(this.#each(lang => words.sayValue(lang, value)));
  }

  #facts({sides, rows}: Of<'facts'>): string {
    const head = [this.#say('facts.fact'), ...sides.map(side => cell(this.#each(lang => words.saySide(lang, side))))];
    const body = rows.map(({path, cells}) => [
      cell(this.#each(lang => words.sayFact(lang, path))),
      ...sides.map(side => {
        const {value, was} = cells[side] ?? {};
        const host = cells.host?.value;
        const compared = side !== 'host' && host !== undefined && value !== undefined;
        const sign = compared ? `${words.sameFact(host, value) ? '=' : '≠'} ` : '';
        const before = was === undefined ? '' : ` (${this.#say('facts.was', {value: this.#value(was)})})`;
        const shown = compared ? cell(this.#each(lang => words.sayBeside(lang, value, host))) : this.#value(value);
        return `${sign}${shown}${before}`;
      }),
    ]);
    const legend = sides.length > 1 ? ` (${this.#say('facts.legend')})` : '';
    return `**${this.#say('facts.title')}**${legend}\n\n${table(head, body)}`;
  }

  #answer({answer, reason, because}: Of<'answer'>): string {
    const unclear = () => this.#say('predict.unclear', {reason: reason ? sayReason(reason, this.#main) : '?'});
    const said = `**${this.#say('predict.answer')}**: ${answer ? this.#line(answer) : unclear()}`;
    return because ? `${said}\n\n${this.#reason(because)}` : said;
  }

  #ablation({container, without, rows, checks, failed}: Of<'ablation'>): string {
    const flag = words.flagName(without);
    const changed = telltale(rows);
    const title = `**${this.#say('ablation.title', {flag, id: container})}**`;
    const calls = failed.map(entry => fence(visible(words.callText(entry, this.#main))));
    if (changed.length === 0)
      return [title, this.#say(rows.length === 0 ? 'ablation.nothing' : 'ablation.same'), ...calls].join('\n\n');
    const head = [
      this.#say('facts.fact'),
      `${this.#say('ablation.with')} ${cell(flag)}`,
      this.#say('ablation.without'),
    ];
    const facts = changed.map(({path, withFlag, withoutFlag}) => [
      cell(this.#each(lang => words.sayPath(lang, path))),
      this.#value(withFlag),
      this.#value(withoutFlag),
    ]);
    const judged = checks.map(one => [
      cell(this.#line(one.title)),
      this.#verdict(one.withFlag),
      this.#verdict(one.withoutFlag),
    ]);
    return [title, table(head, [...facts, ...judged]), ...calls].join('\n\n');
  }

  #verdict(came: 'pass' | 'fail' | 'cannot-judge' | null): string {
    if (came === 'pass') return `✓ ${this.#say('check.passed')}`;
    return came === 'fail' ? `✗ ${this.#say('check.failed')}` : `? ${this.#say('check.unsure')}`;
  }

  #check({block, passed, verdict}: CheckItem): string {
    const line = `- ${this.#verdict(passed ? 'pass' : verdict)}: ${this.#line(block.title)}`;
    if (!this.#instructor) return line;
    const parts = [
      `${this.#say('check.condition')}:\n\n${fence(visible(block.expr))}`,
      ...block.hints.map((hint, i) => `${this.#say('check.hints')} ${i + 1}:\n\n${this.#prose(hint)}`),
      ...this.#runs('check.solution', block.solve),
      ...block.mistakes.flatMap(one => [...this.#runs('check.mistake', one.commands), this.#prose(one.say)]),
    ];
    return [line, ...parts.map(part => part.replace(/^(?=.)/gm, '  '))].join('\n\n');
  }

  #runs(title: HandoutCode, runs: readonly RunBlock[]): string[] {
    return runs.map(({on, commands}) => {
      const side = plain(this.#each(lang => words.saySide(lang, on)));
      return `${this.#say(title)} (${side}):\n\n${fence(visible(commands.join('\n')))}`;
    });
  }

  #question(block: QuizBlock, number: number): string {
    const {type, ask, because, solve = [], check} = block;
    const marked = this.#instructor && type !== 'order';
    const choices = orderOfChoices(block).map(choice => {
      const mark = marked ? (choice.right ? '✓ ' : '✗ ') : '☐ ';
      const why = marked && choice.because.en !== '' ? `: ${this.#line(choice.because)}` : '';
      return `- ${mark}${this.#line(choice.text)}${why}`;
    });
    const parts = [`### ${number}.`, this.#prose(ask), `*${this.#say(`quiz.${type}`)}*`, choices.join('\n')];
    if (!this.#instructor) return parts.filter(part => part !== '').join('\n\n');
    const answer = answerOf(block);
    if (answer) {
      const text =
        answer.kind === 'order'
          ? answer.choices.map(choice => this.#line(choice.text)).join(' → ')
          : answer.kind === 'live'
            ? this.#say('quiz.live', {expr: answer.text})
            : plain(answer.text);
      parts.push(`**${this.#say('quiz.answer')}**: ${text}`);
    }
    parts.push(...this.#runs('check.solution', solve));
    if (check !== undefined) parts.push(`${this.#say('check.condition')}:\n\n${fence(visible(check))}`);
    if (because) parts.push(`**${this.#say('quiz.why')}**:`, this.#prose(because));
    return parts.filter(part => part !== '').join('\n\n');
  }
}

/** Names and numbers in our own words are text, whatever they hold. */
function safe([name, value]: [string, Params[string]]): [string, Params[string]] {
  return [name, typeof value === 'string' ? plain(value) : value];
}
