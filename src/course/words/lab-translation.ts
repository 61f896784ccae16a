/** Words for a translation that doesn't fit its English lab. */
import type {WordTable} from './say.ts';

export const TRANSLATION_WORDS: WordTable = {
  'translation.none': {
    en: 'There is no such translation ({lang}), so the words of the lab or its questions are shown in English there.',
    zh: '没有这份译文（{lang}），切到该语言时，实验或题目的文字仍显示英文。',
  },
  'translation.unknown': {
    en: 'No screen speaks this language. Known: {known}.',
    zh: '界面没有这种语言。可用的有：{known}。',
  },
  'translation.missing': {
    en: 'The translation lacks {what}, which the English file has. Add it.',
    zh: '译文里缺少 {what}，英文文件里有。请补上。',
  },
  'translation.left-over': {
    en: '{what} has no counterpart in the English file. Remove it, or mend its id.',
    zh: '{what} 在英文文件里没有对应的部分。请删掉，或者改正它的 id。',
  },
  'translation.order': {
    en: '{what} stands earlier in the English file. Put the parts in the same order.',
    zh: '{what} 在英文文件里更靠前。请把顺序改成一致。',
  },
  'translation.twice': {en: '{what} is here already. Remove one.', zh: '{what} 前面已经有了。请删掉一个。'},
  'translation.missing-text': {
    en: 'Text is missing after this: the English file says "{text}" here.',
    zh: '这之后缺少文字：英文文件在这里写的是“{text}”。',
  },
  'translation.left-over-text': {
    en: 'The English file has no text at this place: "{text}". Move it to where it belongs, or remove it.',
    zh: '英文文件在这个位置没有文字：“{text}”。请移到对应的地方，或者删掉。',
  },
  'translation.split': {
    en: 'The English file has {expected} paragraphs here with blocks between them, this file {came}. Write as many, or repeat the block that parts them, empty: ```sh run #its-id```.',
    zh: '英文文件在这里有 {expected} 段，段落之间隔着别的块，译文却有 {came} 段。请写成同样的段数，或者把隔开它们的块照抄一个空的：```sh run #它的-id```。',
  },
  'translation.attribute': {
    en: 'A translation repeats only the id of a block. Remove {key}.',
    zh: '译文只重复块的 id。请删掉 {key}。',
  },
  'translation.command': {
    en: 'A translation holds no commands and conditions: they stand once, in the English file. Leave the {verb} block empty.',
    zh: '译文里不放命令和条件，它们只在英文文件里写一次。请让这个 {verb} 块空着。',
  },
};
