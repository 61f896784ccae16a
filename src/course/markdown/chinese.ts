/** What CommonMark, made for languages with blanks between words, does not know of Chinese. */
import type {MarkedExtension, TokenizerThis, Tokens} from 'marked';

/** Inside a character class: ideographs, their punctuation, and the signs that Chinese shares with other languages. */
export const CJK = '\\u2014\\u2018-\\u201d\\u2026\\u3000-\\u9fff\\uff00-\\uffef';

const CONTENT = '((?![\\s*])(?:\\\\.|`[^`]*`|[^*`\\\\])*?(?:\\\\.|`[^`]*`|[^\\s*`\\\\]))';
const STRONG = new RegExp(`^\\*\\*${CONTENT}\\*\\*(?!\\*)`, 'u');
const EM = new RegExp(`^\\*(?!\\*)${CONTENT}\\*(?!\\*)`, 'u');
const TOUCHES = new RegExp(`^[${CJK}\`]|[${CJK}\`]$`, 'u');
const BEFORE_CJK = new RegExp(`^[${CJK}]`, 'u');

/**
 * CommonMark takes emphasis for such only where blanks or punctuation part it from the words around it. Chinese has no
 * blanks, so `是**“重点”**的` would show its asterisks.
 */
export const chineseEmphasis: MarkedExtension = {
  extensions: [emphasis('strong', STRONG), emphasis('em', EM)],
};

function emphasis(name: 'strong' | 'em', pattern: RegExp) {
  return {
    name,
    level: 'inline' as const,
    start: (source: string) => {
      const at = source.indexOf('*');
      return at < 0 ? undefined : at;
    },
    tokenizer(this: TokenizerThis, source: string): Tokens.Generic | undefined {
      const [raw, text] = pattern.exec(source) ?? [];
      if (raw === undefined || text === undefined) return undefined;
      if (!TOUCHES.test(text) && !BEFORE_CJK.test(source.slice(raw.length))) return undefined;
      return {type: name, raw, text, tokens: this.lexer.inlineTokens(text)};
    },
  };
}
