/** What the screens show in panes and pictures, in words: facts, steps, journal, processes, X-ray, ablation. */
import {
  type AblationState,
  factText,
  type LabState,
  type Lang,
  manPage,
  plainMarkdown,
  sayCall,
  wordsOf,
} from '../../course/index.ts';
import type {Facts, FactValue, JournalEntry, ProcessRow} from '../../engine/index.ts';
import {factLabel, sayFailure, sayPurpose} from '../course-words.ts';
import {flagName} from '../lab/ablation.ts';
import {harmless} from './text.ts';
import {type PlainCode, type Say, sayIn} from './words.ts';

const JOURNAL_SHOWN = 20;

/** 'the host', 'the container box' */
export function sideName(side: string, say: Say): string {
  return side === 'host' ? say('side.host') : say('side.container', {id: side});
}

/** Value at a path as conditions write it: ns.uts, folder.text["upper/a"]. */
export function factAt(facts: Facts | null | undefined, path: string): FactValue | undefined {
  let at: FactValue | undefined = facts ?? undefined;
  for (const [part, key] of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|[^.[\]]+/g)) {
    if (typeof at !== 'object' || Array.isArray(at)) return undefined;
    at = at[key ?? part];
  }
  return at;
}

function text(value: FactValue | undefined, lang: Lang): string {
  return harmless(factText(value, lang)) || sayIn(lang)('facts.empty');
}

/** A line for each fact: "host name: host vm, box tiger; different; just changed". */
export function factLines(
  paths: readonly string[],
  state: LabState,
  changed: ReadonlySet<string>,
  lang: Lang,
): string[] {
  const say = sayIn(lang);
  const {now} = state.facts;
  const all = Object.keys(now).filter(side => now[side]);
  if (all.length === 0) return [say('facts.none')];
  return paths.flatMap(path => {
    const own = all.find(side => path.startsWith(`${side}.`));
    const fact = own ? path.slice(own.length + 1) : path;
    const sides = own ? [own] : all;
    const values = sides.map(side => text(factAt(now[side], fact), lang));
    if (sides.every(side => factAt(now[side], fact) === undefined)) return [];
    const cells = sides.map((side, i) => `${side} ${values[i]}`).join(', ');
    const same = values.every(value => value === values[0]);
    const relation = sides.length < 2 ? '' : `; ${say(same ? 'facts.same' : 'facts.differs')}`;
    const fresh = sides.some(side => changed.has(`${side}.${fact}`)) ? `; ${say('facts.changed')}` : '';
    return [`${factLabel(lang, fact)}: ${cells}${relation}${fresh}`];
  });
}

export function stepLines(state: LabState, lang: Lang): string[] {
  const say = sayIn(lang);
  return state.steps.map((step, i) => {
    const title = plainMarkdown(wordsOf(state.lab.steps[i]!.title, lang, state));
    const here = i === state.current;
    const status = say(`step.${here ? 'current' : step.status}` as PlainCode);
    const done = here && step.status === 'done' ? `, ${say('step.done')}` : '';
    return `${i + 1}. ${title}: ${status}${done}`;
  });
}

/** The calls with what each is for. @param all not only the last ones */
export function journalLines(state: LabState, all: boolean, lang: Lang): string[] {
  const say = sayIn(lang);
  const {journal} = state;
  const count = journal.length;
  if (count === 0) return [say('journal.none')];
  const shown = all ? journal : journal.slice(-JOURNAL_SHOWN);
  const short = shown.length < count;
  return [
    short ? say('journal.title', {shown: shown.length, count}) : say('journal.all', {count}),
    ...shown.flatMap(({who, entry}) => callLines(entry, lang, `  ${who}: `)),
  ];
}

/** A call, how long it took, what it is for and its manual page; below it, where it failed, why and what to do. */
function callLines(entry: JournalEntry, lang: Lang, before: string): string[] {
  const page = manPage(entry.call);
  const purpose = sayPurpose(lang, entry.purpose) ?? page;
  const about = purpose.includes(page) ? purpose : sayIn(lang)('journal.page', {purpose, page});
  const time = entry.result === undefined ? '' : `, ${(Number(entry.durationNs) / 1e6).toFixed(2)} ms`;
  const why = entry.tolerated ? undefined : sayFailure(entry, lang);
  const call = `${before}${harmless(sayCall(entry))}${time} – ${about}`;
  return why === undefined ? [call] : [call, `    ${entry.errno}: ${why}`];
}

/** The tree, indented by two blanks a generation. */
export function processLines(list: readonly ProcessRow[], lang: Lang): string[] {
  const say = sayIn(lang);
  if (list.length === 0) return [say('ps.none')];
  const depths = new Map<number, number>();
  const rows = list.map(row => {
    const depth = (depths.get(row.ppid) ?? -1) + 1;
    depths.set(row.pid, depth);
    const who = row.side === 'keeper' ? say('ps.keeper') : sideName(row.side, say);
    const inside = row.nspids.length > 1 ? row.nspids.slice(1).join(', ') : undefined;
    const what = inside === undefined ? who : say('ps.inside', {what: who, inside});
    return `  ${'  '.repeat(depth)}${say('ps.row', {pid: row.pid, what, command: harmless(row.command || row.comm)})}`;
  });
  return [say('ps.title'), ...rows];
}

const NAMESPACES = ['uts', 'ipc', 'pid', 'mnt', 'net', 'user', 'cgroup', 'time'].map(name => `ns.${name}`);

/** What an X-ray looks at, group by group. */
const XRAY: [PlainCode, string[]][] = [
  ['xray.numbers', ['comm', 'exe', 'pid', 'nspid', 'nspids', 'ppid', 'children', 'state']],
  ['xray.namespaces', NAMESPACES],
  [
    'xray.group',
    'cgroup.version cgroup.path cgroup.pids cpu.quota cpu.period cpu.shares cpu.weight cpu.share memory.limit pids.limit'.split(
      ' ',
    ),
  ],
  ['xray.files', ['root', 'root_type', 'cwd', 'mounts.count', 'own_proc']],
  ['xray.users', ['uid', 'gid', 'nsuid', 'nsgid', 'uid_map', 'gid_map', 'setgroups']],
  ['xray.rights', ['caps.effective', 'caps.permitted', 'caps.bounding', 'no_new_privs', 'seccomp']],
];

/** What belongs to one process by its nature: that the host's shell has another is nothing to be told. */
const OWN = new Set(['comm', 'exe', 'pid', 'nspid', 'nspids', 'ppid', 'children', 'state', 'cwd', 'cgroup.version']);

/** One process in both views: each fact with what the host's side has. */
export function xrayLines(pid: number, facts: Facts, host: Facts | null | undefined, lang: Lang): string[] {
  const say = sayIn(lang);
  const out = [say('xray.title', {pid})];
  for (const [title, paths] of XRAY) {
    const rows = paths.flatMap(path => {
      const here = factAt(facts, path);
      if (here === undefined) return [];
      const value = text(here, lang);
      const label = factLabel(lang, path);
      const there = factAt(host, path);
      if (OWN.has(path) || there === undefined) return [say('xray.plain', {label, value})];
      const other = text(there, lang);
      if (path.startsWith('ns.'))
        return [say('xray.row', {label, value, relation: say(value === other ? 'xray.shared' : 'xray.own')})];
      // Forty names of capabilities that are the same on both sides tell nothing.
      if (value === other)
        return [
          say('xray.plain', {
            label,
            value: value.length > 60 ? say('xray.as-host') : `${value} (${say('xray.as-host')})`,
          }),
        ];
      return [
        say('xray.row', {
          label,
          value,
          relation: say('xray.unlike', {value: other.length > 200 ? `${other.slice(0, 200)}…` : other}),
        }),
      ];
    });
    if (rows.length > 0) out.push(`${say(title)}:`, ...rows.map(row => `  ${row}`));
  }
  return out;
}

/** With the flag and without it: what differs first, then the checks. */
export function ablationLines(ablation: AblationState, state: LabState, lang: Lang): string[] {
  const say = sayIn(lang);
  const out = [say('ablation.title', {flag: flagName(ablation.without)})];
  const rows = ablation.rows.map(({path, withFlag, withoutFlag}) => {
    const [side = '', ...rest] = path.split('.');
    const one = text(withFlag ?? undefined, lang);
    const other = text(withoutFlag ?? undefined, lang);
    const relation = say(one === other ? 'facts.same' : 'facts.differs');
    const label = factLabel(lang, rest.join('.'));
    const line = say('ablation.row', {side: sideName(side, say), label, with: one, without: other, relation});
    return {same: one === other, line};
  });
  if (!rows.some(row => !row.same)) out.push(`  ${say('ablation.nothing')}`);
  rows.sort((a, b) => Number(a.same) - Number(b.same));
  out.push(...rows.map(row => `  ${row.line}`));
  for (const {id, withFlag, withoutFlag} of ablation.checks) {
    const block = state.lab.steps.flatMap(step => step.blocks).find(one => one.kind === 'check' && one.id === id);
    const title = block?.kind === 'check' ? plainMarkdown(wordsOf(block.title, lang, state)) : id;
    const verdicts = {with: say(`verdict.${withFlag}`), without: say(`verdict.${withoutFlag}`)};
    out.push(`  ${say('ablation.check', {title, ...verdicts})}`);
  }
  const failed = ablation.journal.filter(entry => entry.errno && !entry.tolerated);
  return [...out, ...failed.flatMap(entry => callLines(entry, lang, '  '))];
}
