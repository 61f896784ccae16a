/** What is known of one process, as groups of lines: what the host sees, which object in the kernel, what the process sees. */
import type {Facts} from '../../../engine/index.ts';
import {factAt, numberAt, textAt} from '../pictures/lines.ts';
import {capsGroup} from './caps.ts';
import {cgroupGroup} from './limits.ts';
import {filesGroup} from './mounts.ts';
import {type Group, type Item, type Subject, shares} from './subject.ts';
import {usersGroup} from './users.ts';

const NAMESPACES = ['pid', 'net', 'mnt', 'uts', 'ipc', 'user', 'cgroup', 'time'] as const;

/**
 * The whole picture.
 * @param subject facts of the host's side and of the process: rows of the table of facts; what is missing is left out
 */
export function groupsOf(subject: Subject): Group[] {
  return [
    numberGroup(subject),
    namespaceGroup(subject),
    cgroupGroup(subject),
    filesGroup(subject),
    usersGroup(subject),
    capsGroup(subject),
    callsGroup(subject),
  ].filter(group => group.items.length > 0);
}

function numberGroup(subject: Subject): Group {
  const {facts, look} = subject;
  const {say} = look;
  const pid = textAt(facts, 'pid');
  const inside = textAt(facts, 'nspid');
  const chain = factAt(facts, 'nspids');
  const item: Item = {host: pid, object: textAt(facts, 'comm'), inside, relation: pid === inside ? 'same' : 'linked'};
  const deep = Array.isArray(chain) && chain.length > 2;
  return {
    title: say('xray.pid'),
    meaning: say(shares(subject, 'pid') ? 'xray.pid.shared' : 'xray.pid.own'),
    items: deep ? [item, say('xray.pid.chain', {chain: chain.map(String).join(` ${look.glyphs.arrow} `)})] : [item],
  };
}

function namespaceGroup(subject: Subject): Group {
  const {host, facts, look} = subject;
  const {say} = look;
  const known = NAMESPACES.filter(name => textAt(facts, `ns.${name}`) !== '');
  const own = known.filter(name => !shares(subject, name));
  const row = (path: string, object: string): Item => {
    const mine = textAt(facts, `ns.${path}`);
    const theirs = textAt(host, `ns.${path.replace('_for_children', '')}`);
    const same = mine === theirs;
    return {
      host: theirs,
      object,
      inside: `${mine} ${say(same ? 'xray.shared' : 'xray.own')}`,
      relation: same ? 'same' : 'other',
    };
  };
  const children = (['pid', 'time'] as const).filter(name => {
    const later = textAt(facts, `ns.${name}_for_children`);
    return later !== '' && later !== textAt(facts, `ns.${name}`);
  });
  const meaning =
    own.length === 0
      ? say('xray.ns.none')
      : own.length === NAMESPACES.length
        ? say('xray.ns.all')
        : say('xray.ns.some', {list: own.join(' ')});
  return {
    title: say('xray.ns'),
    meaning,
    items: [
      ...known.map(name => row(name, name)),
      ...children.map(name => row(`${name}_for_children`, say('xray.children', {name}))),
    ],
  };
}

const SECCOMP = ['xray.off', 'xray.strict', 'xray.filter'] as const;
const FILTER = ['xray.calls.free', 'xray.calls.strict', 'xray.calls.filter'] as const;

function callsGroup({host, facts, look}: Subject): Group {
  const {say} = look;
  const mode = numberAt(facts, 'seccomp');
  const modeOf = (of: Facts) => say(SECCOMP[numberAt(of, 'seccomp') ?? 0] ?? 'xray.off');
  const nnp = (of: Facts) => say(factAt(of, 'no_new_privs') === true ? 'xray.on' : 'xray.off');
  const item = (object: string, read: (of: Facts) => string): Item => ({
    host: read(host),
    object,
    inside: read(facts),
    relation: read(host) === read(facts) ? 'same' : 'other',
  });
  return {
    title: say('xray.calls'),
    meaning: say(FILTER[mode ?? 0] ?? 'xray.calls.free'),
    items: mode === undefined ? [] : [item('seccomp', modeOf), item(say('xray.nnp'), nnp)],
  };
}
