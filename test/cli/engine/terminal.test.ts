/** The terminal handed through: keys, its size, Ctrl-C, and a terminal that is as it was in the end. */
import {expect, onTestFinished, test} from 'vitest';
import {running, uniqueSeconds} from '../../engine/support.ts';
import {launcher} from '../../support/glassbox.ts';
import {Tmux} from '../../support/tmux.ts';
import {type Engine, engine, until} from './support.ts';

function open(e: Engine, args: string, lang = 'C.UTF-8'): Tmux {
  const terminal = new Tmux(
    `stty -g >${e.place}/before; ${launcher} engine ${args}; s=$?; stty -g | cmp - ${e.place}/before && echo same $s`,
    {
      cols: 80,
      rows: 24,
      env: {...e.env, LANG: lang},
    },
  );
  onTestFinished(() => terminal.close());
  return terminal;
}

test('run -it: keys reach the shell, Ctrl-C its foreground alone, a new size too', async () => {
  const e = engine();
  const terminal = open(e, 'run -it --rm --name box -e PS1=box% sh');
  await terminal.until('box%');
  terminal.type('tty; stty size');
  terminal.key('Enter');
  await terminal.until('24 80');
  terminal.type('sleep 1000; echo code $?');
  terminal.key('Enter');
  terminal.key('C-c');
  await terminal.until(/^box%$/m);
  terminal.resize(100, 30);
  terminal.type('until [ "$(stty size)" = "30 100" ]; do :; done; echo resized');
  terminal.key('Enter');
  await terminal.until(/^resized$/m);
  terminal.type('exit 6');
  terminal.key('Enter');
  await terminal.until(/^same 6$/m);
});

test('exec -it into another one, in its own terminal', async () => {
  const e = engine();
  e(['run', '-d', '--name', 'box', '--hostname', 'tiger', 'sleep', '1000']);
  const terminal = open(e, "exec -it -e 'PS1=in% ' box sh");
  await terminal.until('in%');
  terminal.type('hostname; stty size; read x; echo "got:$x"');
  terminal.key('Enter');
  await terminal.until(/^tiger\n24 80$/m);
  terminal.type('猫');
  terminal.key('Enter');
  await terminal.until('got:猫');
  terminal.key('C-d');
  await terminal.until(/^same 0$/m);
});

test('a program that is missing leaves the terminal as it was, and says so in Chinese', async () => {
  const e = engine();
  const terminal = open(e, 'run -it --rm --lang zh no-such-program');
  await terminal.until(/^same 127$/m);
  expect(terminal.text()).toMatch(/[\u4e00-\u9fff]/);
});

test('a terminal that is closed takes its container along, be it handed through or not', async () => {
  const e = engine();
  for (const options of ['', '-it', '-t']) {
    const seconds = uniqueSeconds();
    const terminal = open(e, `run --rm ${options} sh -c 'echo ready; exec sleep ${seconds}'`);
    await terminal.until('ready');
    await until('it runs', () => running(seconds).length > 0);
    terminal.close();
    await until(`it has gone: ${options}`, () => running(seconds).length === 0);
  }
});

test('killed from elsewhere, it gives the terminal back', async () => {
  const e = engine();
  const terminal = open(e, 'run -it --name box -e PS1=box% sh');
  await terminal.until('box%');
  expect(e(['kill', 'box']).status).toBe(0);
  await terminal.until(/same 137$/m);
});
