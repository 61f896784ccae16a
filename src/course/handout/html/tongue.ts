/** Words on an HTML page in one language, or in two at once. */
import type {Lang, Words} from '../../lab.ts';
import type {HandoutCode} from '../../words/handout.ts';
import type {Params} from '../../words/say.ts';
import {say} from '../say.ts';
import {inLangs} from '../text.ts';
import {html, Markup, type Part} from './markup.ts';
import {makeProse, type Prose} from './prose.ts';

export class Tongue {
  readonly langs: readonly Lang[];
  /** Of the page, and of all that is not marked as being in another one. */
  readonly main: Lang;
  readonly #prose: Prose;
  readonly #intro: Prose;

  constructor(langs: readonly Lang[]) {
    this.langs = langs.length > 0 ? langs : ['en'];
    this.main = this.langs[0] as Lang;
    this.#prose = makeProse(3);
    this.#intro = makeProse(2);
  }

  /** Our own words, in a line. */
  say(code: HandoutCode, params?: Params): Markup {
    return this.each(lang => say(lang, code, params));
  }

  /** Our own words as plain text (titles, labels): in the page's language. */
  plain(code: HandoutCode, params?: Params): string {
    return say(this.main, code, params);
  }

  /** In every language once, in a line; what is the same in two of them stands once. */
  each(word: (lang: Lang) => Part): Markup {
    const [first, ...others] = this.langs.map(lang => ({lang, text: html`${word(lang)}`}));
    const more = others.filter(one => one.text.text !== first?.text.text);
    return html`${first?.text}${more.map(({lang, text}) => html`<span class="other" lang="${lang}"> ${text}</span>`)}`;
  }

  /** A lab's words in a line. */
  line(words: Words): Markup {
    const texts = inLangs(words, this.langs).map(({lang, text}) => ({lang, text: this.#prose.inline(text)}));
    const told = texts.filter((one, i) => texts.findIndex(other => other.text.text === one.text.text) === i);
    return html`${told.map(({lang, text}, i) =>
      lang === this.main ? text : html`<span class="${i > 0 ? 'other' : 'only'}" lang="${lang}"> ${text}</span>`,
    )}`;
  }

  /** The same for inside a link, where no other link may be. */
  label(words: Words): Markup {
    return new Markup(this.line(words).text.replace(/<\/?a\b[^>]*>/g, ''));
  }

  /** A reason often begins with the answer, and "1. A process has …" is no list. */
  reason(words: Words): Markup {
    const sentence = (text: string) => text.replace(/^(\s*\d+)([.)])/, '$1\\$2');
    return this.prose({en: sentence(words.en), ...(words.zh !== undefined && {zh: sentence(words.zh)})});
  }

  /** A lab's words as paragraphs. @param opening above the first step */
  prose(words: Words, opening = false): Markup {
    const prose = opening ? this.#intro : this.#prose;
    return html`${inLangs(words, this.langs).map(({lang, text}) =>
      lang === this.main ? prose.block(text) : html`<div lang="${lang}">${prose.block(text)}</div>`,
    )}`;
  }
}
