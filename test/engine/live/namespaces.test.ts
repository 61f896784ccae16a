import {existsSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {linkName} from '../../../src/engine/plan/namespaces.ts';
import type {NamespaceSpec, NamespaceType} from '../../../src/engine/types.ts';
import {maps, namespace, openStage, output, rootFolder, types} from '../support.ts';

const show = ['sh', '-c', `for n in ${Object.values(linkName).join(' ')}; do readlink /proc/self/ns/$n; done`];
const parse = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map(line => [line.split(':')[0]!, line]),
  );
const others = (list: readonly NamespaceType[]) => types.filter(type => !list.includes(type));

describe('a new namespace', () => {
  it.each(types)("%s: this one is new, the other seven are the stage's", async type => {
    const stage = await openStage();
    const linux = {namespaces: [{type}], ...(type === 'user' ? maps : {})};
    const container = await stage.run('box', {process: {args: show}, linux});
    const found = parse(await output(container));
    expect(found[linkName[type]]).not.toBe(namespace(stage.keeperPid, type));
    for (const other of others([type])) expect(found[linkName[other]]).toBe(namespace(stage.keeperPid, other));
  });

  it('of all eight types at once: nothing is shared, and exec sees exactly these', async () => {
    const stage = await openStage();
    const linux = {namespaces: types.map(type => ({type})), ...maps};
    const container = await stage.run('box', {hostname: 'inside', process: {args: ['sleep', '1000']}, linux});
    for (const type of types) expect(namespace(container.pid, type)).not.toBe(namespace(stage.keeperPid, type));
    const entered = await container.exec({args: show});
    const found = parse(await output(entered));
    for (const type of types) expect(found[linkName[type]]).toBe(namespace(container.pid, type));
    expect(await output(await container.exec({args: ['hostname']}))).toBe('inside\n');
    expect(await output(await container.exec({args: ['sh', '-c', 'echo $$; cat /proc/self/uid_map']}))).toMatch(
      /^\d{1,2}\n +0 +100000 +65536\n$/,
    );
    // The keeper has come back: the next process is born in the machine's PID namespace.
    expect(namespace(stage.keeperPid, 'pid')).toBe(namespace('self', 'pid'));
    expect(parse(await output(await stage.spawn('after', {args: show}))).pid).toBe(namespace('self', 'pid'));
  });
});

describe('a namespace joined by its path', () => {
  it.each(types)("%s: this one is joined, the others stay the stage's", async type => {
    const stage = await openStage();
    const fresh = {namespaces: [{type}], ...(type === 'user' ? maps : {})};
    const first = await stage.run('first', {process: {args: ['sleep', '1000']}, linux: fresh});
    const path = `/proc/${first.pid}/ns/${linkName[type]}`;
    const second = await stage.run('second', {process: {args: show}, linux: {namespaces: [{type, path}]}});
    const found = parse(await output(second));
    expect(found[linkName[type]]).toBe(namespace(first.pid, type));
    for (const other of others([type])) expect(found[linkName[other]]).toBe(namespace(stage.keeperPid, other));
  });

  it('all of them, and the keeper stays where it was', async () => {
    const stage = await openStage();
    const before = types.map(type => namespace(stage.keeperPid, type));
    const list = types.filter(type => type !== 'user');
    const first = await stage.run('first', {
      process: {args: ['sleep', '1000']},
      linux: {namespaces: list.map(type => ({type}))},
    });
    const namespaces: NamespaceSpec[] = list.map(type => ({type, path: `/proc/${first.pid}/ns/${linkName[type]}`}));
    const found = parse(await output(await stage.run('second', {process: {args: show}, linux: {namespaces}})));
    for (const type of list) expect(found[linkName[type]]).toBe(namespace(first.pid, type));
    expect(types.map(type => namespace(stage.keeperPid, type))).toEqual(before);
  });

  it('beside a new user namespace, which then owns what is new and not what is joined', async () => {
    const stage = await openStage();
    const first = await stage.run('first', {
      hostname: 'joined',
      process: {args: ['sleep', '1000']},
      linux: {namespaces: [{type: 'uts'}]},
    });
    const namespaces: NamespaceSpec[] = [
      {type: 'uts', path: `/proc/${first.pid}/ns/uts`},
      {type: 'user'},
      {type: 'ipc'},
    ];
    const second = await stage.run('second', {
      process: {args: ['sh', '-c', 'hostname; id -u; hostname renamed']},
      linux: {namespaces, ...maps},
    });
    expect(await output(second)).toMatch(/^joined\n0\n\[stderr\] .*(not permitted|must be root|Operation)/);
  });

  it('a joined user namespace owns what is new', async () => {
    const stage = await openStage();
    const first = await stage.run('first', {
      process: {args: ['sleep', '1000']},
      linux: {namespaces: [{type: 'user'}], ...maps},
    });
    const namespaces: NamespaceSpec[] = [{type: 'user', path: `/proc/${first.pid}/ns/user`}, {type: 'uts'}];
    const second = await stage.run('second', {
      process: {args: ['sh', '-c', 'hostname mine && hostname && id -u']},
      linux: {namespaces},
    });
    expect(await output(second)).toBe('mine\n0\n');
  });
});

describe('user namespaces', () => {
  it('without a map leave the process nobody', async () => {
    const stage = await openStage();
    const container = await stage.run('box', {
      process: {args: ['sh', '-c', 'id -u; id -g; cat /proc/self/uid_map']},
      linux: {namespaces: [{type: 'user'}]},
    });
    expect(await output(container)).toBe('65534\n65534\n');
  });

  it('let another mapped user run the program, and open the terminal that it was given', async () => {
    const stage = await openStage();
    const user = {uid: 7, gid: 8, additionalGids: [9], umask: 0o27};
    const container = await stage.run('box', {
      process: {
        args: ['sh', '-c', 'id -u; id -g; id -G; umask; echo again > $(tty) && stat -c %u $(tty)'],
        terminal: true,
        user,
      },
      linux: {namespaces: [{type: 'user'}], ...maps},
    });
    const lines: string[] = [];
    container.terminal!.onData(data => lines.push(...String(data).split('\r\n').filter(Boolean)));
    await new Promise<void>(resolve => container.terminal!.onEnd(resolve));
    expect(lines).toEqual(['7', '8', '8 9', '0027', 'again', '7']);
  });
});

describe('a root of its own', () => {
  it('has nothing of the old one: no mount, no folder, no way up', async () => {
    const stage = await openStage();
    const {root, mounts, dir} = rootFolder();
    const container = await stage.run('box', {
      process: {
        args: ['/bin/sh', '-c', 'ls /; ls -d /../../..; cut -d" " -f5 /proc/self/mountinfo'],
        env: ['PATH=/bin'],
      },
      root,
      mounts: [...mounts, {destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid']}],
      linux: {namespaces: [{type: 'mount'}, {type: 'pid'}]},
    });
    const lines = (await output(container)).trim().split('\n');
    expect(lines.slice(0, 7)).toEqual(['bin', 'etc', 'lib', 'lib64', 'proc', 'tmp', 'usr']);
    // What is mounted inside of a folder that is shown comes along with it.
    const places = lines.slice(8).filter(place => !/^\/(bin|lib|lib64|usr)\//.test(place));
    expect(places).toEqual(['/', '/bin', '/lib', '/lib64', '/usr', '/proc']);
    expect(existsSync(`${dir}/proc/self`)).toBe(false);
  });

  it('read-only is read-only, a tmpfs in it is not; a user namespace may mount its own proc', async () => {
    const stage = await openStage();
    const {root, mounts} = rootFolder();
    const script = 'touch /etc/x; touch /tmp/x && echo wrote; touch /bin/x; echo $$; ls /proc | grep -c "^[0-9]"';
    const container = await stage.run('box', {
      process: {args: ['/bin/sh', '-c', script], env: ['PATH=/bin'], cwd: '/tmp'},
      root: {...root, readonly: true},
      mounts: [
        ...mounts,
        {destination: '/proc', type: 'proc', source: 'proc', options: []},
        {destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['mode=1777']},
      ],
      linux: {namespaces: [{type: 'mount'}, {type: 'pid'}, {type: 'user'}], ...maps},
    });
    const text = await output(container);
    expect(text).toMatch(/^wrote\n1\n[1-4]\n/);
    expect(text.match(/Read-only file system/g)).toHaveLength(2);
  });

  it('cannot be left through a working directory that is a link to a descriptor', async () => {
    const stage = await openStage();
    const {root, mounts} = rootFolder();
    const attempt = stage.run('box', {
      process: {args: ['/bin/sh', '-c', 'pwd'], env: ['PATH=/bin'], cwd: '/proc/self/fd/3'},
      root,
      mounts: [...mounts, {destination: '/proc', type: 'proc', source: 'proc', options: []}],
      linux: {namespaces: [{type: 'mount'}]},
    });
    await expect(attempt).rejects.toMatchObject({code: 'call.failed', params: {call: 'openat2', errno: 'ELOOP'}});
  });
});

describe('mounts made in a container', () => {
  it('stay there, unless propagation was asked for', async () => {
    const stage = await openStage();
    const {dir} = rootFolder();
    const seen = async () =>
      output(
        await stage.spawn(`look${Math.random().toString(36).slice(2)}`, {
          args: ['sh', '-c', `grep -c " ${dir}/shared" /proc/self/mountinfo; true`],
        }),
      );
    await output(
      await stage.spawn('prepare', {
        args: [
          'sh',
          '-c',
          `mkdir ${dir}/shared && mount -t tmpfs x ${dir}/shared && mount --make-shared ${dir}/shared && mkdir ${dir}/shared/in`,
        ],
      }),
    );
    expect(await seen()).toBe('1\n');
    const mounts = [{destination: `${dir}/shared/in`, type: 'tmpfs'}];
    await stage.run('private', {process: {args: ['sleep', '1000']}, mounts, linux: {namespaces: [{type: 'mount'}]}});
    expect(await seen()).toBe('1\n');
    await stage.run('shared', {
      process: {args: ['sleep', '1000']},
      mounts,
      linux: {namespaces: [{type: 'mount'}], rootfsPropagation: 'shared'},
    });
    expect(await seen()).toBe('2\n');
  });
});
