/** `glassbox engine` as an ordinary user: a stage in a user namespace, and containers that nobody else reaches. */
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {describe, expect, onTestFinished, test} from 'vitest';
import {glassbox} from '../../support/glassbox.ts';
import {engine} from './support.ts';

const UID = 4242;
const limit = '/proc/sys/user/max_user_namespaces';
/** Where an administrator lets ordinary users have none, there is nothing to try. */
const may = !existsSync(limit) || readFileSync(limit, 'utf8').trim() !== '0';

describe.skipIf(!may)('an ordinary user', () => {
  test('is root inside, in the foreground and in the background', () => {
    const e = engine(UID);
    expect(e(['run', '--rm', '--programs', 'sh,id,ls', 'sh', '-c', 'id -u; ls -d /dev/null /proc/1'])).toEqual({
      status: 0,
      stdout: '0\n/dev/null\n/proc/1\n',
      stderr: '',
    });
    expect(e(['run', '-d', '--name', 'box', '--userns', 'private', 'sleep', '1000']).status).toBe(0);
    expect(e(['exec', 'box', 'id', '-u'])).toEqual({status: 0, stdout: '0\n', stderr: ''});
    expect(readFileSync(`/proc/${e.inspect('box').state.pid}/status`, 'utf8')).toMatch(
      new RegExp(`^Uid:\\s+${UID}\\s`, 'm'),
    );
    expect(e(['rm', '-f', 'box']).status).toBe(0);
    expect(e.files()).toEqual([]);
  });

  test('cannot join what another stage of his holds, and is told so; nor use a folder that is closed to him', () => {
    const e = engine(UID);
    e(['run', '-d', '--name', 'box', 'sleep', '1000']);
    for (const kind of ['network', 'pid']) {
      const {status, stderr} = e(['run', '--rm', `--${kind}`, 'container:box', 'true']);
      expect([status, stderr]).toEqual([125, expect.stringContaining("joining 'box' takes root")]);
    }
    const closed = mkdtempSync('/tmp/gb-closed-');
    onTestFinished(() => rmSync(closed, {recursive: true}));
    for (const [args, expected] of [
      [
        ['run', '--rm', 'true'],
        [125, expect.stringContaining(`${closed}/glassbox-engine, cannot be used: EACCES`)],
      ],
      [
        ['ps', '--json'],
        [0, ''],
      ],
    ] as const) {
      const {status, stderr} = glassbox(['engine', ...args], {uid: UID, env: {...e.env, GLASSBOX_SOCKETS: closed}});
      expect([status, stderr]).toEqual(expected);
    }
  });

  test('sees no container of another user, and is not served by it', () => {
    const [mine, theirs] = [engine(UID), engine()];
    theirs(['run', '-d', '--name', 'box', 'sleep', '1000']);
    const {status, stderr} = mine(['exec', 'box', 'true']);
    expect([status, stderr]).toEqual([125, expect.stringContaining("'box'")]);
  });
});
