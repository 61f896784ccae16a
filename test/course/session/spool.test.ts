import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openSpool} from '../../../src/course/session/spool.ts';
import {probeLab, Watched} from './helper.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(dir, {recursive: true}));

interface Kept {
  seq: number;
  ms: number;
  side: string;
  text: string;
}

function readSpool(file: string): Kept[] {
  const bytes = readFileSync(file);
  const records: Kept[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [seq, ms, name, data] = [
      bytes.readUInt32LE(at),
      bytes.readUInt32LE(at + 4),
      bytes.readUInt16LE(at + 8),
      bytes.readUInt32LE(at + 10),
    ];
    const side = bytes.toString('utf8', at + 14, at + 14 + name);
    records.push({seq, ms, side, text: bytes.toString('utf8', at + 14 + name, at + 14 + name + data)});
    at += 14 + name + data;
  }
  return records;
}

describe('the spool', () => {
  it('keeps records in order, however large', () => {
    const spool = openSpool({dir}, 1 << 20);
    const large = 'x'.repeat(300_000);
    expect(spool.add(1, 10, 'host', Buffer.from('中文'))).toBe(true);
    expect(spool.add(2, 11, 'box', Buffer.from(large))).toBe(true);
    expect(spool.add(3, 12, 'host', Buffer.from('end'))).toBe(true);
    spool.close(true);
    const sides = [
      {seq: 1, ms: 10, side: 'host', text: '中文'},
      {seq: 2, ms: 11, side: 'box', text: large},
      {seq: 3, ms: 12, side: 'host', text: 'end'},
    ];
    expect(readSpool(spool.file)).toEqual(sides);
    expect(statSync(spool.file).mode & 0o777).toBe(0o600);
  });

  it('stops at its limit and never goes on after it', () => {
    const spool = openSpool({dir}, 40);
    expect(spool.add(1, 0, 'host', Buffer.alloc(10))).toBe(true);
    expect(spool.add(2, 0, 'host', Buffer.alloc(30))).toBe(false);
    expect(spool.add(3, 0, 'host', Buffer.alloc(1))).toBe(false);
    spool.close(true);
    expect(readSpool(spool.file).map(record => record.seq)).toEqual([1]);
  });

  it('removes what dead sessions left, and nothing else', () => {
    writeFileSync(join(dir, '4194303-1.spool'), 'of a process that cannot be');
    writeFileSync(join(dir, `${process.ppid}-1.spool`), 'of one that lives');
    writeFileSync(join(dir, 'notes.txt'), 'of somebody');
    const spool = openSpool({dir}, 1000);
    expect(readdirSync(dir).sort()).toEqual(
      [`${process.ppid}-1.spool`, 'notes.txt', spool.file.split('/').at(-1)].sort(),
    );
    spool.close();
    expect(existsSync(spool.file)).toBe(false);
  });

  it('takes the bytes of a session, says when it is full, and goes with the session', async () => {
    const limitBytes = 600;
    const now = await Watched.open(await probeLab(), {spool: {dir, limitBytes}});
    await now.session.start();
    await now.type('host', 'seq 1000');
    expect(now.all('spool-full')).toMatchObject([{limitBytes}]);
    expect(now.all('bytes')).toEqual([]);
    expect(Buffer.concat(now.bytes.map(event => event.data)).toString()).toContain('\n1000\r\n');
    await now.close();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('does not stop a lab where its folder cannot be made', async () => {
    writeFileSync(join(dir, 'file'), '');
    const now = await Watched.open(await probeLab(), {spool: {dir: join(dir, 'file', 'spool')}});
    await now.session.start();
    expect(now.all('error')).toMatchObject([{where: 'spool', fatal: false}]);
    expect(now.state.pending).toMatchObject({kind: 'container', id: 'box'});
    await now.close();
  });
});
