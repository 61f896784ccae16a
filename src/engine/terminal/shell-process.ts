/** How the shells of a lab are started: a clean environment, prompts that print marks (marks.ts), no history file. */
import {writeFileSync} from 'node:fs';
import type {ProcessSpec} from '../types.ts';

/** Where the shells of labs look for programs, whatever PATH the engine itself was started with. */
export const shellPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export type ShellKind = 'bash' | 'sh';

export interface ShellOptions {
  /** Letters and digits: makes the marks ours. */
  nonce: string;
  /** Home and working directory. */
  dir: string;
  /** '# ' for root, '$ ' for others. */
  root: boolean;
  /** Further "NAME=value" strings; they win over ours. */
  env?: readonly string[];
}

/**
 * Environment of a shell whose first prompt already prints marks. For plain sh (dash, busybox) the prompt itself travels
 * in PS1: dash expands its parameters at each prompt, and a shell started from it inherits the marks and tells itself
 * apart by `$$`. bash gets its prompt from bashRc instead, which gives one to plain sh started from it by ENV.
 */
export function shellEnv(kind: ShellKind, options: ShellOptions): string[] {
  const {dir} = options;
  const {PS1, PS2} = shPrompts(options);
  const all = new Map<string, string>();
  const base = [
    `PATH=${shellPath}`,
    `HOME=${dir}`,
    'TERM=xterm-256color',
    `LANG=${utf8Locale()}`,
    ...(kind === 'sh' ? [`PS1=${PS1}`, `PS2=${PS2}`] : []),
    ...(options.env ?? []),
  ];
  for (const entry of base) all.set(entry.split('=', 1)[0]!, entry);
  return [...all.values()];
}

/** OCI process of an interactive shell. bash reads `${dir}/.bashrc`: call installShellFiles first. */
export function shellProcess(kind: ShellKind, options: ShellOptions): ProcessSpec {
  const args = kind === 'bash' ? ['bash', '--noprofile', '--rcfile', `${options.dir}/.bashrc`, '-i'] : ['sh'];
  return {args, env: shellEnv(kind, options), cwd: options.dir, terminal: true};
}

/**
 * Text of the rc file. The marks hang on PROMPT_COMMAND and PS0, and the end of the prompt is put back when PS1 was
 * changed, so that a learner may play with the prompt. A bash started by hand reads it as ~/.bashrc.
 */
export function bashRc(nonce: string): string {
  return `# The terminal's prompt marks: they tell where a command begins, ends, and with which status (OSC 133).
export ENV=\${BASH_SOURCE[0]%/*}/.shrc
unset HISTFILE HISTCONTROL HISTIGNORE HISTTIMEFORMAT
set +H
bind 'set enable-bracketed-paste off' 2>/dev/null
__glassbox_prompt() {
  local status=$?
  printf '\\e]133;D;n=${nonce};p=%s;s=%s;x\\a\\e]133;A;n=${nonce};p=%s\\a' "$$" "$status" "$$"
  [[ $PS1 == *'133;B;'* ]] || PS1+='\\[\\e]133;B;n=${nonce};p=$$\\a\\]'
  [[ $PS2 == *'133;P;'* ]] || PS2+='\\[\\e]133;P;n=${nonce};p=$$\\a\\]'
}
__glassbox_command() {
  local number=0 text= line
  line=$(builtin history 1)
  [[ $line =~ ^\\ *([0-9]+)[*\\ ]\\ (.*)$ ]] && number=\${BASH_REMATCH[1]} text=\${BASH_REMATCH[2]:0:2000}
  printf '\\e]133;C;n=${nonce};p=%s;h=%s;c=%s\\a' "$$" "$number" "\${text@Q}"
}
PROMPT_COMMAND=__glassbox_prompt
PS0='$(__glassbox_command)'
PS1='\\$ '
PS2='> '
`;
}

/**
 * Writes .bashrc and .shrc into the stage's folder as the stage sees it: the folder may be a tmpfs in the stage's own mount
 * namespace, which /proc/PID/root leads into (proc(5)).
 */
export function installShellFiles(
  stage: {keeperPid: number; dir: string},
  options: Pick<ShellOptions, 'nonce' | 'root'>,
): void {
  const dir = `/proc/${stage.keeperPid}/root${stage.dir}`;
  const {PS1, PS2} = shPrompts(options);
  writeFileSync(`${dir}/.bashrc`, bashRc(options.nonce));
  writeFileSync(`${dir}/.shrc`, `PS1='${PS1}'\nPS2='${PS2}'\n`);
}

function shPrompts({nonce, root}: Pick<ShellOptions, 'nonce' | 'root'>): {PS1: string; PS2: string} {
  // A bash that inherits the prompt scrolls it away in a narrow pane unless readline knows what of it takes no room
  // (RL_PROMPT_START_IGNORE, RL_PROMPT_END_IGNORE); terminals pass over both characters.
  const mark = (letter: string, rest = '') => `\x01\x1b]133;${letter};n=${nonce};p=$$${rest}\x07\x02`;
  return {
    PS1: `${mark('D', ';s=$?')}${mark('A')}${root ? '# ' : '$ '}${mark('B')}`,
    PS2: `> ${mark('P')}`,
  };
}

function utf8Locale(): string {
  const own = process.env.LC_ALL || process.env.LC_CTYPE || process.env.LANG || '';
  return /utf-?8$/i.test(own) ? own : 'C.UTF-8';
}
