/** With the flag beside without it: what the same commands did on a second stage. */
import type {AblationState, LabState} from '../../course/index.ts';
import {factLabel} from '../course-words.ts';
import {cells, clip, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {show} from './facts.ts';
import {callText} from './journal.ts';
import type {LabText} from './text.ts';

/** clone(2)'s name of a namespace's flag, by OCI name. */
const FLAGS: Record<string, string> = {
  pid: 'CLONE_NEWPID',
  network: 'CLONE_NEWNET',
  mount: 'CLONE_NEWNS',
  ipc: 'CLONE_NEWIPC',
  uts: 'CLONE_NEWUTS',
  user: 'CLONE_NEWUSER',
  cgroup: 'CLONE_NEWCGROUP',
  time: 'CLONE_NEWTIME',
};

export function flagName(namespace: string): string {
  return FLAGS[namespace] ?? namespace;
}

/** What may be left out now: of the newest container that names something, in this step or before it. */
export function ablatable(state: LabState): {container: string; without: string[]} | undefined {
  for (let i = state.current; i >= 0; i--) {
    const blocks = state.lab.steps[i]?.blocks ?? [];
    const block = blocks.findLast(one => one.kind === 'container' && one.without.length > 0);
    if (block?.kind === 'container') return {container: block.id, without: block.without};
  }
  return undefined;
}

export function ablationLines(ablation: AblationState, state: LabState, text: LabText, width: number): string[] {
  const {look} = text;
  const {say, style} = look;
  const flag = flagName(ablation.without);
  if (ablation.running) return wrap(say('ablation.running', {flag}), width);
  const lines = [style.dim(say('ablation.own')), ''];
  if (ablation.rows.length === 0) lines.push(...wrap(say('ablation.nothing'), width));
  else lines.push(...table(ablation, text, width));
  const checks = checkRows(ablation, state, text, width);
  if (checks.length > 0) lines.push('', ...checks);
  const failed = ablation.journal.filter(entry => entry.errno && !entry.tolerated);
  for (const entry of failed)
    lines.push('', ...wrap(style.bad(`${look.glyphs.error} ${callText(entry, look)}`), width));
  return lines;
}

function columns(width: number) {
  const path = Math.max(16, Math.floor(width * 0.3));
  return {path, value: Math.floor((width - path - 4) / 2)};
}

function table(ablation: AblationState, text: LabText, width: number): string[] {
  const {look} = text;
  const {glyphs, style, say} = look;
  const size = columns(width);
  const line = (name: string, left: string, between: string, right: string) =>
    [
      fitTo(clip(name, size.path - 1, glyphs.cut), size.path),
      fitTo(clip(left, size.value - 1, glyphs.cut), size.value),
      fitTo(between, 4),
      clip(right, size.value, glyphs.cut),
    ].join('');
  const head = line('', say('ablation.with', {flag: flagName(ablation.without)}), '', say('ablation.without'));
  // What the flag changed comes first.
  const rows = ablation.rows
    .map(row => ({...row, left: show(row.withFlag, look), right: show(row.withoutFlag, look)}))
    .sort((a, b) => Number(a.left === a.right) - Number(b.left === b.right));
  return [
    style.bold(head),
    ...rows.map(({path, left, right}) => {
      const [side = '', ...rest] = path.split('.');
      const same = left === right;
      const name = `${text.short(side)} ${factLabel(look.lang, rest.join('.'))}`;
      const text_ = line(name, left, same ? glyphs.same : glyphs.differs, right);
      return same ? text_ : style.bold(text_);
    }),
  ];
}

function checkRows(ablation: AblationState, state: LabState, text: LabText, width: number): string[] {
  const {glyphs} = text.look;
  const symbols = {pass: glyphs.pass, fail: glyphs.fail, 'cannot-judge': glyphs.unsure};
  const blocks = state.lab.steps.flatMap(step => step.blocks);
  return ablation.checks.map(check => {
    const block = blocks.find(one => one.kind === 'check' && one.id === check.id);
    const title = block?.kind === 'check' ? text.plain(block.title) : check.id;
    const verdicts = `${symbols[check.withFlag]} ${glyphs.arrow} ${symbols[check.withoutFlag]}  `;
    return verdicts + clip(title, width - cells(verdicts), glyphs.cut);
  });
}
