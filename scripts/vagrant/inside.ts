// The part of `npm run test:vagrant` that has network, mounts and processes of its own.
import {cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {$} from 'zx';
import {startLibvirt} from './libvirt.ts';
import {Classroom} from './machine.ts';
import {Tally} from './tally.ts';

const [scratch = '', box = ''] = process.argv.slice(2);
const project = path.resolve(import.meta.dirname, '../..');
const one = 'student-1';
const tally = new Tally();

/** @throws Error that shows the text where it does not hold `wanted` */
function holds(text: string, wanted: RegExp): void {
  if (!wanted.test(text)) throw new Error(`expected ${wanted}, found:\n${text.slice(-1500)}`);
}

// An instructor's own copy of a lab, that changes while it is open.
const labs = path.join(scratch, 'labs');
const lab = path.join(labs, '01-uts');
mkdirSync(labs);
cpSync(path.join(project, 'labs/01-uts'), lab, {recursive: true});

const room = new Classroom(scratch, {
  GLASSBOX_BOX: box,
  GLASSBOX_PROVIDER: 'libvirt',
  GLASSBOX_DRIVER: 'qemu',
  GLASSBOX_STUDENTS: '2',
  GLASSBOX_MEMORY: '1024',
  GLASSBOX_LABS: labs,
  GLASSBOX_LABS_SYNC: 'virtiofs',
});
// What the provisioner may touch, file by file; the second run must leave each as it is. The code cache is Node's own.
const files =
  "sudo find /etc /home /opt /usr /var/lib/dpkg /var/lib/systemd/linger -xdev ! -path '*/dist/.v8*' -printf '%p %T@ %C@ %s %m %u %g\\n' 2>/dev/null | sort";

const up =
  (await tally.step('libvirtd starts by hand', () => startLibvirt(scratch))) &&
  (await tally.step('vagrant validate, with libvirt', async () => {
    holds(await room.vagrant('validate'), /validated successfully/);
  })) &&
  (await tally.step('vagrant up, without a network outside', async () => {
    holds(await room.vagrant('up', one), /glassbox: (nothing to change|\d+ changes; ready)/);
    await room.reach(one, 'student');
    await room.reach(one, 'vagrant');
  }));

if (up) {
  await tally.step('vagrant ssh is the student, with glassbox on the PATH', async () => {
    const text = await room
      .vagrant('ssh', one, '-c', 'whoami; hostname; command -v glassbox; exit 5')
      .catch((error: Error) => error.message);
    holds(text, /status 5\nstudent\r?\nstudent-1\r?\n\/usr\/local\/bin\/glassbox/);
  });
  await tally.step('a greeting says what to type, in the language of the locale', async () => {
    holds(await room.ssh(one, 'LANG=en_US.UTF-8 bash -lic true'), /Welcome to Glassbox.*glassbox 01/s);
    holds(await room.ssh(one, 'LANG=zh_CN.UTF-8 bash -lic true'), /欢迎来到 Glassbox.*glassbox 01/s);
  });
  await tally.step('the student may start one program as root, and nothing else', async () => {
    holds(await room.ssh(one, 'sudo -n /opt/glassbox/bin/glassbox --version'), /\d+\.\d+\.\d+/);
    await room.ssh(
      one,
      '! sudo -n true && ! sudo -n cat /etc/shadow && ! sudo -n -u vagrant id && ! test -w /opt/glassbox/bin/glassbox',
    );
  });
  await tally.step('sub-ids, and a user manager with the cpu controller', async () => {
    await room.ssh(one, 'grep -q ^student: /etc/subuid && grep -q ^student: /etc/subgid');
    const manager = '/sys/fs/cgroup/user.slice/user-$(id -u).slice/user@$(id -u).service';
    holds(
      await room.ssh(one, `cat ${manager}/cgroup.controllers && stat -c %U ${manager}/cgroup.procs`),
      /\bcpu\b.*student/s,
    );
  });
  await tally.step('glassbox doctor', async () => {
    holds(await room.ssh(one, 'glassbox doctor --json'), /"cgroup": ?"?(v2|2)/);
  });
  await tally.step('glassbox verify --solved 01 07', async () => {
    await room.ssh(one, 'GLASSBOX_PATIENCE=30 glassbox verify --solved 01 07 --labs /opt/glassbox/labs');
  });
  await tally.step("an instructor's labs are there, and a change reaches the open lab", async () => {
    holds(await room.ssh(one, 'glassbox labs'), /^(?!.*\b02\b).*\b01\b/s);
    const file = path.join(lab, 'lab.md');
    const text = readFileSync(file, 'utf8');
    // Saved again and again, as an author does: the first time may be before the lab is watched.
    let saved = 0;
    const save = setInterval(() => {
      saved += 1;
      writeFileSync(file, text.replace('A host name looks like', `A host name, said ${saved} times, looks like`));
    }, 20_000);
    try {
      await room.terminal(one, 'stty rows 40 cols 120; TERM=xterm-256color LANG=en_US.UTF-8 glassbox learn 01', all =>
        /file has changed/.test(all),
      );
    } finally {
      clearInterval(save);
    }
  });
  await tally.step('synced and provisioned again: nothing changes', async () => {
    const before = await room.ssh(one, files, {login: 'vagrant'});
    await room.vagrant('rsync', one);
    holds(await room.vagrant('provision', one), /glassbox: nothing to change/);
    const after = await room.ssh(one, files, {login: 'vagrant'});
    const lines = new Set(before.split('\n'));
    const changed = after.split('\n').filter(line => !lines.has(line));
    if (changed.length > 0 || before.length !== after.length)
      throw new Error(`changed:\n${changed.slice(0, 20).join('\n')}`);
  });
  await tally.step('collecting brings the results, and says who gave nothing', async () => {
    const answers = '{"choices":["a"]}\n'.repeat(2);
    await room.ssh(
      one,
      'glassbox quiz 01 --graded --json --kinds single --count 2 --student 2026001 --name "Li Lei" --out result.json',
      {
        input: answers,
      },
    );
    const folder = path.join(scratch, 'results');
    const {exitCode, stdout} = await room.collect(folder);
    holds(stdout, /student-2: nothing \(not_created\).*Gave nothing: student-2.*2026001/s);
    holds(readdirSync(folder).join(' '), /^student-1-result\.json$/);
    if (exitCode !== 1) throw new Error(`expected status 1 because of student-2, found ${exitCode}`);
  });
}
await tally.step('vagrant destroy leaves no machine', async () => {
  await room.vagrant('destroy', '-f');
  const {stdout} = await $({quiet: true})`virsh -c qemu:///system list --all --name`;
  if (stdout.trim()) throw new Error(`still there: ${stdout}`);
});
process.send!(tally.count, () => process.exit(0));
