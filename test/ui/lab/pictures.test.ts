import {describe, expect, test} from 'vitest';
import {makeLook} from '../../../src/ui/app/look.ts';
import {cablesOf, hasNetwork, networksOf} from '../../../src/ui/lab/pictures/network.ts';
import {processLines} from '../../../src/ui/lab/pictures/processes.ts';
import {topologyLines} from '../../../src/ui/lab/pictures/topology.ts';
import {cells} from '../../../src/ui/text/width.ts';
import {inner, LO, network, row} from './facts-data.ts';

const plain = (lines: string[] | undefined) => lines?.map(line => line.replace(/\x1b\[[0-9;]*m/g, '').trimEnd());
const en = makeLook('en', false, 'none');
const zh = makeLook('zh', false, 'dark');
const ascii = makeLook('en', true, 'none');

const stage = [
  row(100, 1, 'gb-keeper', 'keeper'),
  row(101, 100, 'bash', 'host'),
  inner(300, 100, 'sh', 'box', 1, 77n),
  inner(310, 300, 'sleep', 'box', 5, 77n, {state: 'T'}),
  inner(311, 300, 'cat', 'box', 6, 77n, {state: 'Z'}),
];

describe('processes', () => {
  test('the same process stands on the same line of both trees', () => {
    expect(plain(processLines(stage, 'box', en, 78, 10))).toEqual([
      'HOST: the whole stage                   box: its own pid ns 77',
      '100 gb-keeper',
      '├─ 101 bash',
      '└─ 300 sh                             ⇄ 1 sh',
      '   ├─ 310 sleep (stopped)             ⇄ ├─ 5 sleep (stopped)',
      '   └─ 311 cat (ended, not waited for) ⇄ └─ 6 cat (ended, not waited for)',
    ]);
  });

  test('in Chinese and in ASCII too', () => {
    expect(plain(processLines(stage, 'box', zh, 78, 10))?.slice(0, 4)).toEqual([
      '宿主机：整个舞台                        box：自己的 pid 命名空间 77',
      '100 gb-keeper',
      '├─ 101 bash',
      '└─ 300 sh                             ⇄ 1 sh',
    ]);
    const lines = plain(processLines(stage, 'box', ascii, 60, 10))!;
    expect(lines[3]).toBe('`- 300 sh                   <-> 1 sh');
    expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
  });

  test('without a PID namespace of its own a container sees everything, under the same numbers', () => {
    const shared = [row(100, 1, 'gb-keeper', 'keeper'), row(101, 100, 'bash', 'host'), row(300, 100, 'sh', 'box')];
    expect(plain(processLines(shared, 'box', en, 60, 10))).toEqual([
      "HOST: the whole stage          box: the host's pid ns",
      '100 gb-keeper                = 100 gb-keeper',
      '├─ 101 bash                  = ├─ 101 bash',
      '└─ 300 sh                    = └─ 300 sh',
    ]);
  });

  test('another container is named and not seen from inside; who came in from the host is', () => {
    const two = [
      ...stage.slice(0, 3),
      inner(400, 100, 'top', 'deaf', 1, 88n),
      inner(500, 101, 'nsenter', 'host', 9, 77n),
    ];
    const lines = plain(processLines(two, 'box', en, 60, 10))!;
    expect(lines).toContain('└─ 400 top [deaf]');
    expect(lines).toContain('│  └─ 500 nsenter            ⇄ 9 nsenter');
    expect(plain(processLines(two, 'deaf', en, 60, 10))).toContain('└─ 400 top                   ⇄ 1 top');
  });

  test('a namespace inside the container counts from outside', () => {
    const nested = [...stage.slice(0, 3), row(320, 300, 'sh', 'box', {nspids: [320, 8, 1], pidns: 99n})];
    expect(plain(processLines(nested, 'box', en, 60, 10))!.at(-1)).toBe('   └─ 320 sh                 ⇄ └─ 8 sh');
  });

  test('a container that is not running is said to be', () => {
    expect(plain(processLines(stage.slice(0, 2), 'box', en, 60, 10))![0]).toContain('box is not running');
    expect(processLines([], 'box', en, 60, 10)).toBeUndefined();
  });

  test('where there is no room, the container and what leads to it stay', () => {
    const many = [
      ...stage.slice(0, 2),
      ...Array.from({length: 9}, (_, i) => row(110 + i, 101, 'sleep', 'host')),
      ...stage.slice(2),
    ];
    const lines = plain(processLines(many, 'box', en, 60, 7))!;
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toBe('… and 9 more');
    expect(lines.join('\n')).toContain('311 cat');
  });
});

const wired = {
  host: network(10n, {
    lo: LO,
    veth0: {index: 3, kind: 'veth', peer: 2, on: 'br0'},
    br0: {index: 4, kind: 'bridge', addresses: ['10.0.0.1/24']},
  }),
  box: network(20n, {
    lo: {...LO, up: false, addresses: []},
    eth0: {index: 2, kind: 'veth', peer: 3, addresses: ['10.0.0.2/24']},
  }),
};

describe('topology', () => {
  test('a bridge with its port, and a line from end to end', () => {
    expect(plain(topologyLines(wired, 'box', en, 56, 20))).toEqual([
      '┌─ HOST · 10 ────────────┐',
      '│ br0 bridge 10.0.0.1/24 │    ┌─ box · 20 ─────────────┐',
      '│ └─ veth0 ──────────────┼────┼─ eth0                  │',
      '│ lo 127.0.0.1/8         │    │   10.0.0.2/24          │',
      '└────────────────────────┘    │ lo ✗ down              │',
      '                              └────────────────────────┘',
    ]);
  });

  test('in Chinese and in ASCII too', () => {
    expect(plain(topologyLines(wired, 'box', zh, 56, 20))).toEqual([
      '┌─ 宿主机 · 10 ──────────┐',
      '│ br0 网桥 10.0.0.1/24   │    ┌─ box · 20 ─────────────┐',
      '│ └─ veth0 ──────────────┼────┼─ eth0                  │',
      '│ lo 127.0.0.1/8         │    │   10.0.0.2/24          │',
      '└────────────────────────┘    │ lo ✗ 未启用            │',
      '                              └────────────────────────┘',
    ]);
    const lines = plain(topologyLines(wired, 'box', ascii, 56, 20))!;
    expect(lines[2]).toBe('| `- veth0 --------------+----+- eth0                  |');
    expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
  });

  test('a cable with an end that is down is broken; one whose other end is not on the stage says so', () => {
    const down = {
      ...wired,
      box: network(20n, {eth0: {index: 2, kind: 'veth', peer: 3, up: false}}),
    };
    expect(plain(topologyLines(down, 'box', en, 56, 20))![2]).toBe(
      '│ └─ veth0 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌┼╌ eth0 ✗ down           │',
    );
    expect(plain(topologyLines({host: wired.host}, 'box', en, 96, 20))!.join('\n')).toContain(
      'veth0 other end: elsewhere',
    );
  });

  test('who is in the host’s network, or in another container’s, is named in that box', () => {
    const shared = {...wired, guest: wired.host, joined: wired.box};
    const text = plain(topologyLines(shared, 'box', en, 96, 20))!.join('\n');
    expect(text).toContain('HOST = guest');
    expect(text).toContain('box = joined');
    expect(text).toContain("guest: in the host's network");
    expect(networksOf(shared, 'box')).toHaveLength(2);
  });

  test('several containers hang from the same bridge, each cable straight', () => {
    const three = {
      host: network(10n, {
        br0: {index: 9, kind: 'bridge'},
        va: {index: 3, kind: 'veth', peer: 2, on: 'br0'},
        vb: {index: 5, kind: 'veth', peer: 2, on: 'br0'},
      }),
      a: network(20n, {eth0: {index: 2, kind: 'veth', peer: 3}, lo: LO}),
      b: network(30n, {eth0: {index: 2, kind: 'veth', peer: 5}, lo: LO}),
    };
    expect(plain(topologyLines(three, 'a', en, 56, 20))).toEqual([
      '┌─ HOST · 10 ────────────┐',
      '│ br0 bridge             │    ┌─ a · 20 ───────────────┐',
      '│ ├─ va ─────────────────┼────┼─ eth0                  │',
      '│ │                      │    │ lo 127.0.0.1/8         │',
      '│ │                      │    └────────────────────────┘',
      '│ │                      │    ┌─ b · 30 ───────────────┐',
      '│ └─ vb ─────────────────┼────┼─ eth0                  │',
      '└────────────────────────┘    │ lo 127.0.0.1/8         │',
      '                              └────────────────────────┘',
    ]);
  });

  test('numbers that could be two pairs are not drawn as one', () => {
    const end = {index: 2, kind: 'veth', peer: 3};
    const sides = {
      host: network(10n, {v: {index: 3, kind: 'veth', peer: 2}}),
      a: network(20n, {eth0: end}),
      b: network(30n, {eth0: end}),
    };
    expect(cablesOf(networksOf(sides, 'a'))).toEqual([]);
  });

  test('both ends in one network: each names the other', () => {
    const pair = {host: network(10n, {va: {index: 2, kind: 'veth', peer: 3}, vb: {index: 3, kind: 'veth', peer: 2}})};
    const text = plain(topologyLines(pair, 'box', en, 96, 20))!.join('\n');
    expect(text).toMatch(/va other end: vb/);
    expect(text).toMatch(/vb other end: va/);
  });

  test('in every width, height and language no line is too long, and what is cut is counted', () => {
    const crowd = {...wired, c: network(40n, {lo: LO}), d: network(50n, {lo: LO})};
    for (const look of [en, zh, ascii]) {
      for (const width of [36, 40, 56, 76, 96, 190]) {
        for (const height of [1, 3, 6, 8, 30]) {
          const lines = topologyLines(crowd, 'box', look, width, height)!;
          expect(lines.length).toBeLessThanOrEqual(height);
          for (const line of lines) expect(cells(line), line).toBeLessThanOrEqual(width);
        }
      }
    }
    expect(plain(topologyLines(crowd, 'box', en, 56, 8))!.at(-1)).toBe('c: lo 127.0.0.1/8 · d: lo 127.0.0.1/8');
    expect(plain(topologyLines(crowd, 'box', en, 56, 4))!.at(-1)).toBe('… and 4 more lines');
  });

  test('names cannot send escape sequences; without networks there is no picture', () => {
    const evil = {host: network(10n, {'\x1b]0;x\x07': {index: 1}})};
    expect(topologyLines(evil, 'box', en, 56, 20)!.join('')).not.toContain('\x1b]');
    expect(topologyLines({host: null}, 'box', en, 56, 20)).toBeUndefined();
    expect(hasNetwork({host: network(10n, {lo: LO})})).toBe(false);
    expect(hasNetwork(wired)).toBe(true);
  });
});
