/** Titles of the help, and what is said about wrong usage, in both languages. */
import type {WordTable} from '../course/index.ts';

export const usageWords: WordTable = {
  'help.usage': {en: 'Usage:', zh: '用法：'},
  'help.options': {en: 'Options:', zh: '选项：'},
  'help.global': {en: 'Options:', zh: '选项：'},
  'help.commands': {en: 'Commands:', zh: '命令：'},
  'help.arguments': {en: 'Arguments:', zh: '参数：'},

  'usage.unknown-option': {
    en: "unknown option '{what}'; 'glassbox {command}--help' lists the known ones.",
    zh: "没有选项 '{what}'；'glassbox {command}--help' 列出所有选项。",
  },
  'usage.unknown-command': {
    en: "unknown command '{what}'; 'glassbox {command}--help' lists the commands.",
    zh: "没有命令 '{what}'；'glassbox {command}--help' 列出所有命令。",
  },
  'usage.missing-argument': {
    en: "'{what}' is missing; 'glassbox {command}--help' shows how to say it.",
    zh: "缺少 '{what}'；用法见 'glassbox {command}--help'。",
  },
  'usage.excess': {
    en: "too many words: expected no more than {expected}; 'glassbox {command}--help' shows how to say it.",
    zh: "参数太多，最多 {expected} 个；用法见 'glassbox {command}--help'。",
  },
  'usage.option-argument': {
    en: "the option '{what}' needs a value; see 'glassbox {command}--help'.",
    zh: "选项 '{what}' 需要一个值；见 'glassbox {command}--help'。",
  },
  'usage.lang': {en: "expected --lang en or --lang zh, got '{got}'.", zh: "--lang 应为 en 或 zh，得到的是 '{got}'。"},
  'usage.look': {
    en: "expected --{name} with one of {known}, got '{got}'.",
    zh: "--{name} 只能是 {known}，得到的是 '{got}'。",
  },
  'usage.predict': {
    en: "expected --predict ID=CHOICE, got '{got}'.",
    zh: "--predict 应写成 ID=选项，得到的是 '{got}'。",
  },
  'usage.no-prediction': {
    en: "this lab asks no prediction '{id}={choice}'; it asks: {known}.",
    zh: "这个实验没有 '{id}={choice}' 这样的预测；有的是：{known}。",
  },
  'usage.pace': {
    en: "expected --pace with milliseconds a key (90, no more than {most}) or words a minute (60wpm), got '{got}'.",
    zh: "--pace 应为每个键的毫秒数（90，不超过 {most}）或每分钟词数（60wpm），得到的是 '{got}'。",
  },
  'usage.auto': {
    en: "expected --auto with seconds, more than 0 and no more than {most}, got '{got}'.",
    zh: "--auto 应为秒数，大于 0 且不超过 {most}，得到的是 '{got}'。",
  },
  'usage.size': {
    en: "expected --size COLSxROWS, as in 120x36, got '{got}'.",
    zh: "--size 应写成 列x行，例如 120x36，得到的是 '{got}'。",
  },
  'usage.demo': {
    en: "expected the PID of a demo or the path of its socket, got '{got}'.",
    zh: "应为演示的 PID 或它的套接字路径，得到的是 '{got}'。",
  },
  'usage.noScreen': {
    en: 'this needs a terminal with a screen: one that can move its cursor, not a pipe and not CI.',
    zh: '这个命令需要能移动光标的终端，不能是管道，也不能在 CI 里。',
  },
  'usage.playlist.order': {
    en: "a playlist goes from the lower number to the higher: expected {from}-{to}, got '{got}'.",
    zh: "播放列表从小号到大号：应写成 {from}-{to}，得到的是 '{got}'。",
  },
  'usage.playlist.empty': {
    en: "a playlist without a lab: expected numbers or names, as in '03', '01-06', '03,05,uts' or 'all'.",
    zh: "播放列表里没有实验：应写编号或名字，例如 '03'、'01-06'、'03,05,uts' 或 'all'。",
  },
  'usage.other': {en: "{message}; see 'glassbox {command}--help'.", zh: "{message}；见 'glassbox {command}--help'。"},
};
