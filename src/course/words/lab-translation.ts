/** Words for a translation that doesn't fit its English lab. */
import type {WordTable} from './say.ts';

export const TRANSLATION_WORDS: WordTable = {
  'translation.none': {
    en: 'This lab has no lab.{lang}.md, so its words are shown in English there.',
    zh: '这个实验没有 lab.{lang}.md，切到该语言时仍显示英文。',
  },
  'translation.unknown': {
    en: 'No screen speaks this language. Known: {known}.',
    zh: '界面没有这种语言。可用的有：{known}。',
  },
  'translation.missing': {
    en: 'The translation lacks {what}, which lab.md has. Add it.',
    zh: '译文里缺少 {what}，lab.md 里有。请补上。',
  },
  'translation.left-over': {
    en: '{what} has no counterpart in lab.md. Remove it, or mend its id.',
    zh: '{what} 在 lab.md 里没有对应的部分。请删掉，或者改正它的 id。',
  },
  'translation.order': {
    en: '{what} stands earlier in lab.md. Put the parts in the same order.',
    zh: '{what} 在 lab.md 里更靠前。请把顺序改成一致。',
  },
  'translation.twice': {en: '{what} is here already. Remove one.', zh: '{what} 前面已经有了。请删掉一个。'},
  'translation.missing-text': {
    en: 'Text is missing after this: lab.md says "{text}" here.',
    zh: '这之后缺少文字：lab.md 在这里写的是“{text}”。',
  },
  'translation.left-over-text': {
    en: 'lab.md has no text at this place: "{text}". Move it to where it belongs, or remove it.',
    zh: 'lab.md 在这个位置没有文字：“{text}”。请移到对应的地方，或者删掉。',
  },
  'translation.split': {
    en: 'lab.md has {expected} paragraphs here with blocks between them, this file {came}. Write as many, or repeat the block that parts them, empty: ```sh run #its-id```.',
    zh: 'lab.md 在这里有 {expected} 段，段落之间隔着别的块，译文却有 {came} 段。请写成同样的段数，或者把隔开它们的块照抄一个空的：```sh run #它的-id```。',
  },
  'translation.attribute': {
    en: 'A translation repeats only the id of a block. Remove {key}.',
    zh: '译文只重复块的 id。请删掉 {key}。',
  },
  'translation.command': {
    en: 'A translation holds no commands and conditions: they stand once, in lab.md. Leave the {verb} block empty.',
    zh: '译文里不放命令和条件，它们只在 lab.md 里写一次。请让这个 {verb} 块空着。',
  },
};
