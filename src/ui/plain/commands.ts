/** What a line means. Pure: who is asked, and what there is to choose, is the caller's matter. */

export type LabCommand =
  | {kind: 'enter'}
  | {kind: 'number'; number: number}
  | {kind: 'type'; side: string; command: string}
  | {kind: 'unknown'; line: string}
  | {kind: Word; rest: string};

const WORDS = {
  hint: ['h', 'hint', '提示'],
  solution: ['s', 'solution', '答案'],
  ablate: ['b', 'without', '对比'],
  facts: ['facts', 'f', '事实'],
  checks: ['checks', 'k', '检查'],
  journal: ['journal', 'j', '日志'],
  steps: ['steps', '步骤'],
  lesson: ['lesson', 'l', '课文'],
  go: ['go', 'step', '转到'],
  back: ['back', '上一步'],
  next: ['next', 'n', '下一步'],
  reset: ['reset', 'r', '重做'],
  xray: ['x', 'xray', '透视'],
  ps: ['ps', '进程'],
  interrupt: ['interrupt', '^c', '中断'],
  language: ['lang', 'language', '中文', 'english'],
  help: ['?', '？', 'help', '帮助'],
  labs: ['labs', '列表'],
  doctor: ['doctor', '体检'],
  quit: ['q', 'quit', 'exit', '退出'],
} as const;

export type Word = keyof typeof WORDS;

const BY_NAME = new Map<string, Word>(
  Object.entries(WORDS).flatMap(([word, names]) => names.map(name => [name, word as Word] as const)),
);

/** A line of the lab's prompt. 'c: ls' and 'box：ls' are typed into a side; which sides there are is not known here. */
export function parseLine(line: string): LabCommand {
  const text = line.trim();
  if (text === '') return {kind: 'enter'};
  const typed = /^([\p{L}\p{N}_-]+)\s*[:：](.*)$/su.exec(text);
  if (typed) return {kind: 'type', side: typed[1]!, command: typed[2]!.trim()};
  if (/^\d{1,3}$/.test(text)) return {kind: 'number', number: Number(text)};
  const [first = '', ...rest] = text.split(/\s+/);
  // The screens' keys tell L from l.
  const word = first === 'L' ? 'language' : BY_NAME.get(first.toLowerCase());
  return word ? {kind: word, rest: rest.join(' ')} : {kind: 'unknown', line: text};
}
