// `npm run test:vm -- --full`: control groups where systemd keeps the tree. Root and an ordinary user each do lab 07 in a scope
// that systemd gives them, and a session that is killed altogether leaves nothing; with cgroups of v2, and of both (hybrid).
import {afterAll, describe, expect, it} from 'vitest';
import {type CgroupLayout, type GuestEnd, runInGuest} from '../../../scripts/vm/guest.ts';
import {NoGuest} from '../../../scripts/vm/needs.ts';
import {quoted} from '../../../scripts/vm/quoted.ts';
import {STUDENT} from '../../../scripts/vm/systemd.ts';
import type {LabReport} from '../../../src/course/index.ts';
import {reportLines} from '../../../src/course/index.ts';
import {GUEST_ENV, PROJECT} from '../support/pass.ts';

/** What whoever runs a part has to source first. */
const environment = [
  `cd ${quoted(PROJECT)}`,
  ...Object.entries(GUEST_ENV).map(([name, value]) => `export ${name}=${quoted(value)}`),
  'export XDG_STATE_HOME=/tmp/$USER/state XDG_CONFIG_HOME=/tmp/$USER/config',
];
const verify = 'sh bin/glassbox verify --solved --json 07';
const kill = 'sh scripts/node.sh --no-warnings test/vm/support/killed.ts';
/** A login of its own, with all that pam_systemd brings. */
const as = (user: string, command: string): string =>
  `runuser -l ${user} -c ${quoted(`. /run/environment; ${command}`)}`;

/** What each part of the command's output is called, and the line of sh that writes it. */
const parts = {
  root: as('root', verify),
  'root killed': as('root', kill),
  student: as(STUDENT.name, verify),
  'student killed': as(STUDENT.name, kill),
} as const;
type Part = keyof typeof parts;

interface Ran {
  end: GuestEnd | NoGuest;
  said: ReadonlyMap<string, string>;
  errors: string;
}

const abort = new AbortController();
const guests = new Map<CgroupLayout, Promise<Ran>>();
afterAll(async () => {
  abort.abort();
  await Promise.allSettled(guests.values());
});

/** One guest for each layout, when it is first asked for. */
function guest(cgroup: CgroupLayout): Promise<Ran> {
  const known = guests.get(cgroup) ?? run(cgroup);
  guests.set(cgroup, known);
  return known;
}

async function run(cgroup: CgroupLayout): Promise<Ran> {
  let said = '';
  let errors = '';
  const script = [
    `cat >/run/environment <<'END'`,
    ...environment,
    'END',
    ...Object.entries(parts).map(([name, line]) => `echo "== ${name}"; ${line}`),
    'echo "== left"; find /sys/fs/cgroup -name "glassbox-*"',
  ].join('\n');
  const end = await runInGuest(script, {
    cgroup,
    systemd: true,
    memory: 2048,
    timeout: 3000,
    signal: abort.signal,
    stdout: chunk => {
      said += chunk;
    },
    stderr: chunk => {
      errors = `${errors}${chunk}`.slice(-4000);
    },
  }).catch(error => {
    if (error instanceof NoGuest) return error;
    throw error;
  });
  const sections = said.split(/^== /m).slice(1);
  const split = (text: string): [string, string] => [text.split('\n', 1)[0]!, text.slice(text.indexOf('\n') + 1)];
  return {end, said: new Map(sections.map(split)), errors};
}

describe.each(['v2', 'hybrid'] as const)('systemd with cgroups of %s', layout => {
  const said = async (part: Part | 'left', skip: (why: string) => void): Promise<string> => {
    const {end, said, errors} = await guest(layout);
    if (end instanceof NoGuest) skip(end.message);
    const text = said.get(part);
    if (text === undefined || (text === '' && part !== 'left'))
      throw new Error(`nothing of "${part}"; the guest: ${JSON.stringify(end)}\n${errors}`);
    return text;
  };
  // systemd hands trees of v1 to nobody but root.
  const people = layout === 'v2' ? (['root', 'student'] as const) : (['root'] as const);

  it.for(people)('%s does lab 07', async (who, {skip}) => {
    const [report] = JSON.parse(await said(who, skip)) as LabReport[];
    expect(report?.outcome, report && reportLines(report, 'en').join('\n')).toBe('passed');
  });

  if (layout === 'hybrid') {
    it('a user is told why lab 07 is not for them', async ({skip}) => {
      const [report] = JSON.parse(await said('student', skip)) as LabReport[];
      expect(report?.outcome).toBe('not-run');
    });
  }

  it.for(people)('%s: killed altogether, a session leaves no group', async (who, {skip}) => {
    const lines = (await said(`${who} killed`, skip)).trim().split('\n');
    expect(lines).toEqual([expect.stringMatching(/^there: .*glassbox-/), 'gone']);
  });

  it('nothing is left', async ({skip}) => {
    expect(await said('left', skip)).toBe('');
  });
});
