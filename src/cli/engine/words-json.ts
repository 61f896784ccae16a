/** What is wrong with a file of JSON, in both languages. */
import type {WordTable} from '../../course/index.ts';

export const engineJsonWords: WordTable = {
  'engine.json.kind': {
    en: 'expected {file} to be an ordinary file, got a {got}.',
    zh: '{file} 应为普通文件，得到的是 {got}。',
  },
  'engine.json.large': {
    en: 'expected {file} to have at most {max} bytes, got {got}.',
    zh: '{file} 至多 {max} 字节，得到的是 {got}。',
  },
  'engine.json.utf8': {
    en: '{at}: expected text in UTF-8, got the byte {got}: save the file as UTF-8.',
    zh: '{at}：应为 UTF-8 文本，得到的是字节 {got}：请把文件存为 UTF-8。',
  },
  'engine.json.bom': {
    en: '{at}: expected JSON, got a byte order mark (U+FEFF): save the file as UTF-8 without one.',
    zh: '{at}：应为 JSON，得到的是字节顺序标记（U+FEFF）：请存为不带 BOM 的 UTF-8。',
  },
  'engine.json.twice': {
    en: '{at}: expected each key once, got {got} a second time: leave one of them out.',
    zh: '{at}：每个键只应出现一次，{got} 出现了两次：请去掉一个。',
  },
  'engine.json.ends': {
    en: '{at}: expected one of {expected}, but the file ends here.',
    zh: '{at}：此处应为 {expected} 之一，文件却到此结束。',
  },
  'engine.json.syntax': {
    en: '{at}: expected one of {expected}, got {got}.',
    zh: '{at}：此处应为 {expected} 之一，得到的是 {got}。',
  },
};
