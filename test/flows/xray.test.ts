/** The X-ray in the real app: every number on the screen is the kernel's, as /proc has it at that moment. */
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {afterEach, expect, test} from 'vitest';
import {App, boxPid} from '../support/app.ts';
import {machine, untilNoStrays} from '../support/machine.ts';

const before = machine();
let app: App;

afterEach(async () => {
  await app.close();
  await untilNoStrays(app.began);
  await expect.poll(machine, {timeout: 10_000}).toEqual(before);
});

const inode = (pid: number, name: string): string => /\d+/.exec(readlinkSync(`/proc/${pid}/ns/${name}`))![0];
const status = (pid: number, field: string): string =>
  new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]!;
const bits = (mask: string): number => BigInt(`0x${mask}`).toString(2).replaceAll('0', '').length;

/** The line of the picture that has `object` in its middle column, as its three parts. */
function line(screen: string, object: string): {host: string; symbol: string; inside: string} {
  const escaped = object.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`[│ ] +(\\S+(?: \\S+)*?) [─ ]+ ([=≠⇄]) ${escaped} [─ ]+ (\\S[^│]*?) *│`).exec(screen);
  if (!found) throw new Error(`no line of ${object} in\n${screen}`);
  return {host: found[1]!, symbol: found[2]!, inside: found[3]!};
}

test('one process of lab 05, in both views', async () => {
  app = new App({cols: 130, rows: 50, args: 'learn 05'});
  const {terminal} = app;
  await terminal.until('step 1 of 8');
  const pid = boxPid(await app.enterUntil(/box \(pid \d+\)/));
  const keeper = app.keeperPid();
  terminal.key('x');
  const screen = await terminal.until(text => text.includes('SYSTEM CALLS') && text.includes(`⇄ 1 · box`));

  expect(line(screen, 'sh')).toEqual({
    host: String(pid),
    symbol: '⇄',
    inside: status(pid, 'NSpid').split(/\s+/).at(-1),
  });
  for (const name of ['pid', 'net', 'mnt', 'uts', 'ipc', 'user', 'cgroup', 'time']) {
    const [host, inside] = [inode(keeper, name), inode(pid, name)];
    const [symbol, word] = host === inside ? ['=', 'shared'] : ['≠', 'own'];
    expect(line(screen, name)).toEqual({host, symbol, inside: `${inside} ${word}`});
  }
  const mounts = readFileSync(`/proc/${pid}/mountinfo`, 'utf8').trimEnd().split('\n').length;
  expect(line(screen, 'mount table').inside).toBe(`${mounts} mounts`);
  const [inside, outside] = readFileSync(`/proc/${pid}/uid_map`, 'utf8').trim().split(/\s+/);
  expect(line(screen, 'uid')).toEqual({host: outside, symbol: '⇄', inside});
  expect(status(pid, 'Uid').split(/\s+/)[1]).toBe(outside);
  expect(screen).toContain(`uid_map: inside ${inside} is outside ${outside}`);
  const effective = bits(status(pid, 'CapEff'));
  expect(line(screen, 'effective').inside).toBe(effective === 0 ? 'none' : `all ${effective}`);
  expect(line(screen, 'effective').host).toMatch(new RegExp(`^(all )?${bits(status(keeper, 'CapEff'))}\\b`));

  // The host's shell: everything is shared, and its number is its own.
  terminal.key('Up');
  const other = await terminal.until(text => /X-ray · \w+ · \d+ · host/.test(text) && text.includes('isolated'));
  const shell = Number(/X-ray · \w+ · (\d+) · host/.exec(other)![1]);
  expect(readdirSync('/proc')).toContain(String(shell));
  expect(line(other, status(shell, 'Name'))).toEqual({host: String(shell), symbol: '=', inside: String(shell)});
  for (const name of ['pid', 'user', 'uts']) expect(line(other, name).inside).toBe(`${inode(shell, name)} shared`);

  // What a hand in the container changes is seen without a key: a process comes, and ends while it is looked into.
  terminal.key('x');
  await app.focus('box');
  terminal.type('sleep 1000 & sleep 0');
  terminal.key('Enter');
  terminal.key('C-]');
  await app.settled();
  terminal.key('x');
  const tree = await terminal.until(/\d+ ⇄ \d+ sleep/);
  const child = Number(/(\d+) ⇄ \d+ sleep/.exec(tree)![1]);
  expect(status(child, 'NSpid').split(/\s+/).map(Number)).toEqual([child, Number(/⇄ (\d+) sleep/.exec(tree)![1])]);
  for (let i = 0; i < 4 && !terminal.text().includes(`· sleep · ${child}`); i++) {
    const seen = terminal.text();
    terminal.key('Down');
    await terminal.until(text => text !== seen);
  }
  await terminal.until(text => text.includes(`· sleep · ${child}`) && text.includes('NAMESPACES'));
  process.kill(child);
  await terminal.until(`Process ${child} has ended`);
  terminal.key('q');
  await terminal.until('[ended 0]');
});
