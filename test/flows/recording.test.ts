/** A lab recorded in a real terminal, played by asciinema, and replayed by nobody: the same screens. */
import {chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {readRecording} from '../../src/course/record/reader.ts';
import {App, boxPid} from '../support/app.ts';
import {Tmux} from '../support/tmux.ts';

const AS_NOBODY = 'setpriv --reuid=65534 --regid=65534 --clear-groups';

function folder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-recording-'));
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  chmodSync(dir, 0o755);
  return dir;
}

function start(
  args: string,
  {cols = 120, rows = 36, prefix = '', env = {}}: Partial<ConstructorParameters<typeof App>[0]> = {},
) {
  const app = new App({cols, rows, args, prefix, env});
  onTestFinished(() => app.close());
  return app;
}

/** What a person reads, without what is a replay's own: label, keys, the keys in frames, and the cursor of a choice. */
function read(screen: string): string[] {
  return screen
    .split('\n')
    .slice(1, -1)
    .map(line => line.replace(/─+ \[⇧?Tab\] ─/g, rest => '─'.repeat(rest.length)).replace(/▸ (\d)/, '  $1'));
}

/** The deeds of lab 01's first step, and what is on the screen once each is done. */
const DEEDS: [keys: string[], then: RegExp][] = [
  [['Enter'], /^ ⏎ run/m],
  [['Enter'], /0 just show me/],
  [['Down', 'Enter'], /locked; now ask the kernel/],
  [['Enter'], /Not so\.|You were right\.|The kernel has answered\./],
];

describe('lab 01, recorded', () => {
  test('replays as the same screens, to somebody without privileges', async () => {
    const file = path.join(folder(), 'a.cast');
    const app = start(`learn 01 --record ${file}`);
    const live: string[] = [await quiet(app, /start container box/)];
    for (const [keys, then] of DEEDS) {
      for (const key of keys) app.terminal.key(key);
      live.push(await quiet(app, then));
    }
    const pid = boxPid(live[1]!);
    app.terminal.key('q');
    await app.terminal.until('[ended 0]');

    const shared = path.join(path.dirname(file), 'shared.glassbox');
    copyFileSync(`${file}.glassbox`, shared);
    chmodSync(shared, 0o644);
    const viewer = start(`replay ${shared}`, {
      prefix: AS_NOBODY,
      env: {HOME: '/nonexistent', XDG_STATE_HOME: '/nonexistent'},
    });
    for (const [i, screen] of live.entries()) {
      if (i > 0) viewer.terminal.key('Enter', 'Enter');
      const same = await viewer.terminal.until(text => read(text).join('\n') === read(screen).join('\n'));
      expect(same.split('\n')[0]).toMatch(/REPLAY of \d{4}-\d\d-\d\d, Linux \d+\.\d+/);
      if (i > 0) expect(same).toContain(`pid ${pid}`);
    }
    viewer.terminal.key('q');
    await viewer.terminal.until('[ended 0]');
  });

  test('is played by asciinema, with a marker for each step, sizes that changed, and nothing of the environment', async () => {
    const file = path.join(folder(), 'a.cast');
    const app = start(`learn 01 --record ${file}`, {env: {SECRET_OF_MINE: 'hush-hush'}});
    await quiet(app, /start container box/);
    app.terminal.resize(100, 30);
    await app.terminal.until(text => text.split('\n').length === 30 && /start container box/.test(text));
    app.terminal.key('Right');
    await app.terminal.until(/step 2 of/);
    app.terminal.key('q');
    await app.terminal.until('[ended 0]');

    const [head, ...lines] = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(head).toMatchObject({version: 2, width: 120, height: 36, title: 'Glassbox 01'});
    expect(Object.keys(head.env)).toEqual(expect.arrayContaining(['TERM']));
    expect(Object.keys(head.env).filter(name => name !== 'TERM' && name !== 'SHELL')).toEqual([]);
    expect(readFileSync(file, 'utf8')).not.toContain('hush-hush');
    const of = (code: string) => lines.filter(([, one]) => one === code).map(([, , data]) => data);
    expect(of('r')).toEqual(['100x30']);
    expect(of('m')).toEqual(['01 · One flag more than fork', '01 · Eight links, one difference']);
    const times = lines.map(([time]) => time as number);
    expect(times).toEqual([...times].sort((a, b) => a - b));

    // asciinema gives back every byte that was written, and plays it to its end.
    const out = path.join(path.dirname(file), 'out');
    const player = new Tmux(`asciinema cat ${file} > ${out} && asciinema play -i 0.01 -s 100 ${file}`, {
      cols: 120,
      rows: 36,
    });
    onTestFinished(() => player.close());
    await player.until('[ended 0]');
    expect(readFileSync(out, 'utf8')).toBe(of('o').join(''));
  });
});

describe('bad luck', () => {
  test('a kill in the middle leaves both files whole up to the last event', async () => {
    const file = path.join(folder(), 'a.cast');
    const app = start(`learn 01 --record ${file}`);
    await quiet(app, /start container box/);
    app.terminal.key('Enter');
    await quiet(app, /box \(pid \d+\)/);
    process.kill(app.pid(), 'SIGKILL');
    await app.terminal.until('[ended 137]');
    const {labs, torn} = await readRecording(`${file}.glassbox`);
    expect(torn).toBeUndefined();
    expect(labs[0]!.events.some(event => event.type === 'container-started')).toBe(true);
    for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) JSON.parse(line);
  });

  test('a full disk ends the recording with one sentence, and the lab goes on', async () => {
    const dir = folder();
    // A small disk of its own, in a mount namespace that goes with the app.
    const prefix = `unshare -m sh -c 'mount -t tmpfs -o size=56k none ${dir} && exec "$@"' sh`;
    const app = start(`learn 01 --record ${dir}/a.cast`, {prefix});
    await app.terminal.until(/The recording .* ends here: the disk is full/);
    await app.enterUntil(/step 2 of/);
    app.terminal.key('q');
    await app.terminal.until('[ended 0]');
    expect(existsSync(path.join(dir, 'a.cast'))).toBe(false); // it was in that namespace only
  });
});

/** The screen once `wanted` is on it, the lab waits for a key, and nothing changes between two looks. */
async function quiet({terminal}: App, wanted: RegExp): Promise<string> {
  let last = '';
  return terminal.until(text => {
    const same = text === last && wanted.test(text) && !text.includes('working …');
    last = text;
    return same;
  });
}
