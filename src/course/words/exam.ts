/** Words for what is wrong in an exam's file, and between the questions of one lab. */
import type {WordTable} from './say.ts';

export const EXAM_WORDS: WordTable = {
  'exam.missing': {
    en: 'There is no such file. An exam is a YAML file with title, count and seed at least.',
    zh: '没有这个文件。考试是一个 YAML 文件，至少要有 title、count 和 seed。',
  },
  'exam.twice': {
    en: '{name} stands twice in {key}. Take one out.',
    zh: '{key} 里 {name} 出现了两次。请去掉一个。',
  },
  'exam.in-and-out': {
    en: '{id} is both included and excluded. Take it out of one of the two.',
    zh: '{id} 同时在 include 和 exclude 里。请从其中一个去掉。',
  },
  'exam.unknown-lab': {
    en: 'There is no lab "{came}" with questions. There are: {known}.',
    zh: '没有带题目的实验“{came}”。有这些：{known}。',
  },
  'exam.unknown-item': {
    en: 'There is no question "{came}". A question is named by its lab and its id, as in pid/q-hands.',
    zh: '没有题目“{came}”。题目用实验和它的 id 来称呼，例如 pid/q-hands。',
  },
  'exam.count': {
    en: 'The exam wants {count} questions, and these labs and kinds have {all}. Lower count, or allow more labs or kinds.',
    zh: '考试要 {count} 道题，而这些实验和题型只有 {all} 道。请减小 count，或放宽 labs、kinds。',
  },
  'exam.include': {
    en: 'include names {include} questions, more than the count of {count}. Raise count, or include fewer.',
    zh: 'include 列了 {include} 道题，多于 count 的 {count}。请增大 count，或少列几道。',
  },
  'exam.no-kind': {
    en: 'These labs have no question of the kind {kind}: none will be drawn.',
    zh: '这些实验没有 {kind} 这种题型，抽不到。',
  },
  'quiz.same-id': {
    en: 'Another question of this lab has the id {id} too ({file}:{line}), and results would be mixed up. Give one of them another id.',
    zh: '这个实验里另一道题的 id 也是 {id}（{file}:{line}），成绩会混在一起。请给其中一道换个 id。',
  },
};
