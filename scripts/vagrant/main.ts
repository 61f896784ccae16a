// `npm run test:vagrant`: builds a box, and does what a class does with it: vagrant up, ssh, doctor, verify, provision again,
// collect, destroy. Without hardware virtualization it took 43 minutes on two busy cores. Where it cannot be done it says "not run", status 3.
// `npm run test:vagrant -- FILE.box` takes a box that is there.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {$} from 'zx';
import {missingNeeds} from './needs.ts';
import {Tally} from './tally.ts';

const NOT_RUN = 3;
const project = path.resolve(import.meta.dirname, '../..');
const given = process.argv[2];

const missing = missingNeeds();
if (missing.length > 0) {
  console.log(
    `not run: missing here: ${missing.join(', ')}. On Debian: sh scripts/setup.sh --vagrant\n0 passed, 0 failed, 1 skipped`,
  );
  process.exit(NOT_RUN);
}

const scratch = mkdtempSync(
  path.join(process.env.TMPDIR ?? (tmpdir() === '/tmp' ? '/var/tmp' : tmpdir()), 'glassbox-vagrant-'),
);
const box = path.resolve(given ?? path.join(scratch, 'glassbox.box'));
const tally = new Tally();
const traces = async () => {
  const quiet = $({quiet: true});
  const [rules, links] = await Promise.all([quiet`iptables-save | grep -v '^[#:]' || :`, quiet`ip -o link | wc -l`]);
  return `${rules.stdout}\n${links.stdout}`;
};
let status = 1;
try {
  mkdirSync(path.join(scratch, 'home'));
  const before = await traces();
  const built =
    given !== undefined ||
    (await tally.step('the box is built, without loop devices', async () => {
      const env = {...process.env, TMPDIR: scratch, GLASSBOX_BOX_COMPRESS: 'no'};
      const {exitCode, stdout} = await $({env, quiet: true})`sh ${project}/vagrant/box/build.sh ${box} 2>&1`.nothrow();
      if (exitCode !== 0) throw new Error(stdout.slice(-2000));
    }));
  if (built) {
    // Everything that libvirt makes ends with these namespaces: the network without a way out is also the class without internet.
    const words = [
      '--pdeathsig',
      'KILL',
      'unshare',
      '--mount',
      '--net',
      '--pid',
      '--fork',
      '--kill-child=KILL',
      '--mount-proc',
    ];
    // A shell is their process 1: it reaps what libvirtd leaves to it, which Node would not.
    const inside = spawn(
      'setpriv',
      [
        ...words,
        'sh',
        '-c',
        '"$@"; exit $?',
        'sh',
        process.execPath,
        path.join(import.meta.dirname, 'inside.ts'),
        scratch,
        box,
      ],
      {stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: process.env},
    );
    inside.on('message', (count: typeof tally.count) => {
      for (const key of ['passed', 'failed', 'skipped'] as const) tally.count[key] += count[key];
      status = 0;
    });
    const interrupt = () => void inside.kill('SIGKILL');
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    await once(inside, 'exit');
    if (status !== 0) {
      tally.count.failed += 1;
      console.log('not ok  the run inside ended without a count');
    }
  }
  await tally.step('nothing is left: iptables chains, network devices', async () => {
    const after = await traces();
    if (after !== before) throw new Error(`before:\n${before}\nafter:\n${after}`);
  });
} finally {
  rmSync(scratch, {recursive: true, force: true});
}
console.log(tally.sum());
process.exit(tally.count.failed === 0 ? 0 : 1);
