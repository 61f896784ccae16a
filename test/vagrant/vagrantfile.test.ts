/** The Vagrantfile as Vagrant reads it, offline, and what it says of each provider. */
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const has = (program: string) => spawnSync(program, ['--version']).error === undefined;
const home = mkdtempSync(path.join(tmpdir(), 'glassbox-vagrantfile-'));
const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
afterAll(() => rmSync(home, {recursive: true, force: true}));

const env = (settings: Record<string, string>) => ({
  PATH: process.env.PATH,
  LANG: 'C.UTF-8',
  HOME: home,
  VAGRANT_HOME: path.join(home, 'vagrant.d'),
  VAGRANT_DOTFILE_PATH: path.join(home, 'dot'),
  VAGRANT_CWD: path.join(root, 'vagrant'),
  VAGRANT_CHECKPOINT_DISABLE: '1',
  VAGRANT_NO_COLOR: '1',
  ...settings,
});

describe.skipIf(!has('vagrant'))('vagrant validate', () => {
  const validate = (settings: Record<string, string>) => {
    const {status, stdout, stderr} = spawnSync('vagrant', ['validate', '--ignore-provider'], {
      env: env(settings),
      encoding: 'utf8',
    });
    return {status, text: stdout + stderr};
  };

  test.each([
    {},
    {GLASSBOX_STUDENTS: '3', GLASSBOX_MEMORY: '2048', GLASSBOX_CPUS: '4', GLASSBOX_LANG: 'zh'},
    {GLASSBOX_DRIVER: 'qemu', GLASSBOX_SOURCE: 'box'},
    {GLASSBOX_ARCH: 'arm64', GLASSBOX_BOX: 'bento/debian-12', GLASSBOX_BOX_VERSION: '>= 202401'},
    {GLASSBOX_LABS: path.join(root, 'labs'), GLASSBOX_LABS_SYNC: 'rsync'},
  ])('%j', settings => {
    const {status, text} = validate(settings as Record<string, string>);
    expect(text).toContain('Vagrantfile validated successfully.');
    expect(status).toBe(0);
  });

  test('a bad value is told with what was expected, and without a trace', () => {
    const {status, text} = validate({GLASSBOX_STUDENTS: 'many'});
    expect(status).not.toBe(0);
    expect(text).toContain('GLASSBOX_STUDENTS: expected a whole number from 1 to 99, found "many".');
    expect(text).not.toMatch(/settings\.rb:\d+/);
  });
});

describe.skipIf(!has('ruby'))('settings', () => {
  interface Said {
    error?: string;
    machines: string[];
    set: Record<string, unknown>;
    folders: Record<string, Record<string, unknown>>;
    provision: Record<string, string>;
  }
  /** What the Vagrantfile says to a provider, recorded instead of done. */
  const said = (provider: string, settings: Record<string, string> = {}, words: string[] = ['up']): Said =>
    JSON.parse(
      execFileSync('ruby', [path.join(import.meta.dirname, 'recorder.rb'), provider, ...words], {
        env: env(settings),
        encoding: 'utf8',
      }),
    ) as Said;

  test('each provider has a public box for each architecture', () => {
    expect(said('libvirt', {GLASSBOX_ARCH: 'amd64'}).set['vm.box']).toBe('debian/bookworm64');
    expect(said('virtualbox', {GLASSBOX_ARCH: 'amd64'}).set['vm.box']).toBe('debian/bookworm64');
    expect(said('virtualbox', {GLASSBOX_ARCH: 'arm64'}).set['vm.box']).toBe('bento/debian-12');
    expect(said('libvirt', {GLASSBOX_ARCH: 'arm64'}).set).toMatchObject({
      'vm.box': 'cloud-image/debian-12',
      'libvirt.machine_arch': 'aarch64',
    });
    expect(said('qemu', {GLASSBOX_ARCH: 'arm64'}).set).toMatchObject({
      'vm.box': 'cloud-image/debian-12',
      'qemu.arch': 'aarch64',
    });
  });

  test('driver, memory and processors reach the provider', () => {
    const settings = {GLASSBOX_ARCH: arch, GLASSBOX_DRIVER: 'qemu', GLASSBOX_MEMORY: '768', GLASSBOX_CPUS: '3'};
    expect(said('libvirt', settings).set).toMatchObject({
      'libvirt.driver': 'qemu',
      'libvirt.cpu_mode': 'maximum',
      'libvirt.memory': 768,
      'libvirt.cpus': 3,
    });
    expect(said('virtualbox', settings).set).toMatchObject({'virtualbox.memory': 768, 'virtualbox.cpus': 3});
    expect(said('qemu', settings).set).toMatchObject({
      'qemu.machine': expect.stringContaining('accel=tcg'),
      'qemu.cpu': 'max',
      'qemu.memory': '768M',
      'qemu.smp': '3',
    });
  });

  test('several machines, each with its name and, for QEMU, its port', () => {
    const {machines, set} = said('qemu', {GLASSBOX_STUDENTS: '3'});
    expect(machines).toEqual(['student-1', 'student-2', 'student-3']);
    expect(set['student-3.vm.hostname']).toBe('student-3');
    expect(set['student-3.qemu.ssh_port']).toBe(50024);
  });

  test('a .box file is taken from where it is', () => {
    const file = path.join(home, 'my class.box');
    writeFileSync(file, '');
    expect(said('libvirt', {GLASSBOX_BOX: file}).set).toMatchObject({
      'vm.box': 'glassbox/my-class',
      'vm.box_url': `file://${file}`,
    });
  });

  test('folders: the project always unless the box holds it, labs where given', () => {
    expect(Object.keys(said('libvirt').folders)).toEqual(['/vagrant', '/opt/glassbox']);
    expect(Object.keys(said('libvirt', {GLASSBOX_SOURCE: 'box'}).folders)).toEqual(['/vagrant']);
    const labs = {GLASSBOX_LABS: path.join(root, 'labs')};
    expect(said('libvirt', labs).folders['/srv/glassbox/labs']).toMatchObject({type: 'rsync'});
    const shared = {...labs, GLASSBOX_LABS_SYNC: '9p'};
    expect(said('libvirt', shared).folders['/srv/glassbox/labs']).toMatchObject({type: '9p', readonly: true});
    expect(said('virtualbox', labs).folders['/srv/glassbox/labs']).toMatchObject({type: 'rsync'});
    expect(said('qemu', {...labs, GLASSBOX_LABS_SYNC: 'smb'}).folders['/srv/glassbox/labs']).toMatchObject({
      type: 'smb',
    });
  });

  test('only ssh enters as the student', () => {
    expect(said('libvirt', {}, ['up']).set['ssh.username']).toBeUndefined();
    expect(said('libvirt', {}, ['--no-color', 'ssh', 'student-1']).set['ssh.username']).toBe('student');
    expect(said('libvirt', {GLASSBOX_LOGIN: 'vagrant'}, ['ssh']).set['ssh.username']).toBe('vagrant');
  });

  test('the provisioner gets language and registry', () => {
    const settings = {GLASSBOX_LANG: 'zh', GLASSBOX_REGISTRY: 'https://registry.example/npm/'};
    expect(said('libvirt', settings).provision).toEqual({GLASSBOX_KEYS_OF: 'vagrant', ...settings});
  });

  test.each([
    ['GLASSBOX_PROVIDER', 'vmware', 'expected one of libvirt, virtualbox, qemu'],
    ['GLASSBOX_DRIVER', 'tcg', 'expected one of kvm, qemu'],
    ['GLASSBOX_STUDENTS', '0', 'expected a whole number from 1 to 99'],
    ['GLASSBOX_STUDENTS', '٣', 'expected a whole number from 1 to 99'],
    ['GLASSBOX_MEMORY', '2G', 'expected a whole number from 512 to 262144'],
    ['GLASSBOX_CPUS', '-1', 'expected a whole number from 1 to 64'],
    ['GLASSBOX_ARCH', 'x86', 'expected one of amd64, arm64'],
    ['GLASSBOX_BOX', '/no/such.box', "expected a box's name or a .box file that is there"],
    ['GLASSBOX_LABS', '/etc', 'expected a folder with */lab.md'],
    ['GLASSBOX_LABS', '/no/such', 'expected a folder'],
    ['GLASSBOX_LABS_SYNC', 'scp', 'expected one of rsync'],
    ['GLASSBOX_SOURCE', '/etc', 'expected a folder with package.json'],
    ['GLASSBOX_LOGIN', 'root; id', "expected an account's name"],
    ['GLASSBOX_REGISTRY', 'npm', 'expected an address'],
  ])('%s=%s is refused', (name, value, expected) => {
    const {error} = said('libvirt', {[name]: value});
    expect(error).toContain(`${name}: ${expected}`);
    expect(said('libvirt', {[name]: value, LANG: 'zh_CN.UTF-8'}).error).toContain(`${name}：应为`);
  });
});
