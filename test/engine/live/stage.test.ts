import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, statSync} from 'node:fs';
import {hostname} from 'node:os';
import {describe, expect, it} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {openEngine} from '../../../src/engine/index.ts';
import {
  asNobody,
  call,
  leftovers,
  namespace,
  openStage,
  output,
  quietMachine,
  readableCopy,
  types,
} from '../support.ts';

describe('the private stage', () => {
  it("has its own UTS, IPC, mount, network and cgroup namespaces, and the machine's PID, user and time", async () => {
    const stage = await openStage({hostname: 'stage'});
    const own = types.filter(type => namespace(stage.keeperPid, type) !== namespace('self', type));
    expect(own.sort()).toEqual(['cgroup', 'ipc', 'mount', 'network', 'uts']);
    expect(
      await output(
        await stage.spawn('a', {
          args: [
            'sh',
            '-c',
            'hostname; cat /sys/class/net/lo/operstate; ip -o link | wc -l; ip addr show lo | grep -c "inet 127.0.0.1"',
          ],
        }),
      ),
    ).toMatch(/^stage\n/);
    expect(
      await output(
        await stage.spawn('b', {args: ['sh', '-c', 'ip -o link | grep -o "LOOPBACK,UP"; ip -o link | wc -l']}),
      ),
    ).toMatch(/^LOOPBACK,UP\n[1-9]\n$/);
  });

  it('is named as the machine where no name was given', async () => {
    const stage = await openStage();
    expect(await output(await stage.spawn('a', {args: ['hostname']}))).toBe(`${hostname()}\n`);
  });

  it('has a folder in memory, which the machine sees empty and which is gone afterwards', async () => {
    const stage = await openStage();
    expect(
      await output(
        await stage.spawn('a', {
          args: ['sh', '-c', `echo x > ${stage.dir}/f; stat -f -c %T ${stage.dir}; cat ${stage.dir}/f`],
        }),
      ),
    ).toBe('tmpfs\nx\n');
    expect(statSync(stage.dir).isDirectory()).toBe(true);
    expect(existsSync(`${stage.dir}/f`)).toBe(false);
    expect(existsSync(`/proc/${stage.keeperPid}/root${stage.dir}/f`)).toBe(true);
    await stage.close();
    expect(existsSync(stage.dir)).toBe(false);
    expect(leftovers(stage.id)).toEqual([]);
  });

  it('tells every call that built it', async () => {
    const stage = await openStage({hostname: 'stage'});
    expect(stage.journal.map(e => e.call)).toEqual([
      'mkdirat',
      'unshare',
      'mount',
      'socket',
      'ioctl',
      'mount',
      'sethostname',
    ]);
    expect(
      stage.journal.every(e => e.result !== undefined && e.result >= 0n && e.durationNs > 0n && e.who === 'keeper'),
    ).toBe(true);
    expect(call(stage.journal, 'unshare')?.args).toEqual([
      'CLONE_NEWNS|CLONE_NEWCGROUP|CLONE_NEWUTS|CLONE_NEWIPC|CLONE_NEWNET',
    ]);
  });

  it('a name that the kernel refuses: no stage, the whole journal, nothing left', async () => {
    const engine = await openEngine();
    const error = await engine.stage({hostname: 'x'.repeat(65)}).catch(e => e);
    expect(error).toMatchObject({code: 'call.failed', params: {call: 'sethostname', errno: 'EINVAL'}});
    expect(error.journal.map((e: {call: string}) => e.call)).toContain('unshare');
    const dir = error.journal[0].args[1].slice(1, -1);
    expect(dir).toMatch(/^\/run\/glassbox\/[0-9a-f]{8}$/);
    expect(existsSync(dir)).toBe(false);
    expect(leftovers(dir.slice(-8))).toEqual([]);
  });

  it('closes once, however often it is asked, and refuses what comes after', async () => {
    const stage = await openStage();
    await Promise.all([stage.close(), stage.close()]);
    await stage.close();
    await expect(stage.run('a', {process: {args: ['true']}})).rejects.toMatchObject({code: 'stage.closed'});
    await expect(stage.spawn('b', {args: ['true']})).rejects.toMatchObject({code: 'stage.closed'});
  });

  it(
    'lets a hundred stages come and go, and leaves the machine as it was',
    async () => {
      const before = quietMachine();
      const descriptors = () => execFileSync('ls', [`/proc/${process.pid}/fd`], {encoding: 'utf8'}).split('\n').length;
      const held = descriptors();
      for (let i = 0; i < 20; i++) {
        const stages = await Promise.all(Array.from({length: 5}, () => openStage()));
        await Promise.all(stages.map(stage => stage.close()));
      }
      expect(quietMachine()).toEqual(before);
      expect(descriptors()).toBeLessThanOrEqual(held);
    },
    60_000 * patience(),
  );
});

describe('--real-host', () => {
  it('is the machine itself, with a folder in memory that goes with it', async () => {
    const before = quietMachine();
    const stage = await openStage({kind: 'real-host', hostname: 'never'});
    for (const type of types) expect(namespace(stage.keeperPid, type)).toBe(namespace('self', type));
    expect(hostname()).toBe(before.hostname.trim());
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).toContain(` ${stage.dir} `);
    expect(await output(await stage.spawn('a', {args: ['sh', '-c', 'echo $GLASSBOX_STAGE']}))).toBe(`${stage.id}\n`);
    await stage.close();
    expect(quietMachine()).toEqual(before);
    expect(leftovers(stage.id)).toEqual([]);
  });

  it('does not let a container change the machine for lack of a namespace', async () => {
    const stage = await openStage({kind: 'real-host'});
    await expect(stage.run('a', {hostname: 'x', process: {args: ['true']}})).rejects.toMatchObject({
      code: 'spec.needs-namespace-here',
    });
    expect(
      await output(
        await stage.run('b', {hostname: 'inside', process: {args: ['hostname']}, linux: {namespaces: [{type: 'uts'}]}}),
      ),
    ).toBe('inside\n');
    expect(hostname()).not.toBe('inside');
  });
});

describe('an ordinary user', () => {
  it(
    'gets the same stage inside a user namespace, and leaves as little',
    async () => {
      const dir = readableCopy();
      const script = `
      import {openEngine} from '${dir}/src/engine/index.ts';
      const engine = await openEngine();
      const stage = await engine.stage({hostname: 'mine'});
      const text = async p => { let s = ''; for await (const c of p.stdout) s += c; for await (const c of p.stderr) s += c; await p.wait(); return s; };
      const seen = {dir: stage.dir, calls: stage.journal.map(e => e.purpose)};
      seen.host = await text(await stage.spawn('a', {args: ['sh', '-c', 'id -u; hostname; cat /proc/self/uid_map']}));
      seen.box = await text(await stage.run('box', {hostname: 'tiger', process: {args: ['sh', '-c', 'hostname; id -u'], user: {uid: 0, gid: 0}}, linux: {namespaces: ['uts', 'pid', 'mount'].map(type => ({type}))}}));
      seen.tty = await new Promise(async resolve => { const p = await stage.spawn('t', {args: ['sh', '-c', 'tty; stty size'], terminal: true}); let s = ''; p.terminal.onData(d => s += d); p.terminal.onEnd(() => resolve(s)); });
      seen.refused = await stage.run('no', {process: {args: ['true'], user: {uid: 7, gid: 7}}}).then(() => 'ran', e => e.code + ' ' + e.params.call + ' ' + e.params.errno);
      await engine.close();
      console.log(JSON.stringify(seen));`;
      const seen = JSON.parse(await asNobody(dir, script));
      expect(seen.dir).toMatch(/^\/tmp\/glassbox-65534\/[0-9a-f]{8}$/);
      expect(seen.calls).toContain('stage.user.uid-map');
      expect(seen.host).toMatch(/^0\nmine\n +0 +65534 +1\n$/);
      expect(seen.box).toBe('tiger\n0\n');
      expect(seen.tty).toMatch(/^\/dev\/pts\/\d+\r\n24 80\r\n$/);
      expect(seen.refused).toBe('call.failed setresgid EINVAL');
      expect(existsSync(seen.dir)).toBe(false);
    },
    30_000 * patience(),
  );
});
