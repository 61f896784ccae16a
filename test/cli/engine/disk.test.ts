/** No room where containers are written down: whoever waits hears of the end all the same, and nothing is left. */
import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {launcher} from '../../support/glassbox.ts';
import {engine} from './support.ts';

/** In a mount namespace of its own, with so many bytes for what is kept. */
function onDisk(bytes: number, script: string) {
  const {env, place} = engine();
  const line = `mount -t tmpfs -o mode=700,size=${bytes} tmpfs "$GLASSBOX_SOCKETS" && ${script}; ls -A "$GLASSBOX_SOCKETS"`;
  const {status, stdout, stderr} = spawnSync('unshare', ['-m', 'sh', '-c', line], {
    env: {PATH: process.env.PATH, LANG: 'C.UTF-8', glassbox: launcher, ...env},
    encoding: 'utf8',
    timeout: 60_000,
  });
  return {status, stdout, stderr, place};
}

test('output that cannot be written is told of, and no success', () => {
  const {env} = engine();
  const says = (command: string) => {
    const line = `${launcher} engine ${command} >/dev/full`;
    const {status, stderr} = spawnSync('sh', ['-c', line], {env: {PATH: process.env.PATH, ...env}, encoding: 'utf8'});
    return [status, stderr];
  };
  const lost =
    'glassbox: what the program printed could not be written: ENOSPC. It was ended as by a reader that leaves.\n';
  expect(says('run --rm echo x')).toEqual([125, lost]);
  expect(says('run -d --name box sleep 1000')).toEqual([expect.any(Number), expect.stringContaining('ENOSPC')]);
  expect(says('exec box echo x')).toEqual([125, lost]);
  expect(says('ps')).toEqual([1, 'glassbox: cannot write: ENOSPC.\n']);
  expect(says('rm -f box')).toEqual([1, 'glassbox: cannot write: ENOSPC.\n']);
});

test('in the foreground: the program’s status, and why nothing is kept', () => {
  const {status, stdout, stderr} = onDisk(8192, '$glassbox engine run --name box sh -c "echo out; exit 3"; echo $?');
  expect({status, stdout}).toEqual({status: 0, stdout: 'out\n3\n'});
  expect(stderr).toMatch(/^glassbox: container 'box' has ended, .*ENOSPC/);
});

test('in the background: who waits is told, and the name is free', () => {
  const script = `g="$glassbox engine"; $g run -d --name box sleep 1000 >/dev/null; $g wait box & $g kill box; wait; $g ps -a --json`;
  expect(onDisk(8192, script)).toMatchObject({status: 0, stdout: 'box\n137\n[]\n', stderr: ''});
});

test('no room for its first file: refused, and that is not left behind half', () => {
  const fill = 'mkdir -m 700 "$GLASSBOX_SOCKETS/glassbox-engine"; head -c 4096 /dev/zero >"$GLASSBOX_SOCKETS/full"';
  const {stdout, stderr} = onDisk(4096, `${fill}; $glassbox engine run --name box true; echo $?`);
  expect(stdout).toBe('125\nfull\n');
  expect(stderr).toContain('ENOSPC');
});
