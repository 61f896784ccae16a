import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {statePlace} from '../../../src/course/progress/place.ts';
import {beginRecord, record} from '../../../src/course/progress/record.ts';
import {emptyLab, type LabProgress} from '../../../src/course/progress/schema.ts';
import {openProgress} from '../../../src/course/progress/store.ts';
import {probeLab, Watched} from '../session/helper.ts';

let base: string;
let dir: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'progress-'));
  dir = join(base, 'glassbox');
});
afterEach(() => rmSync(base, {recursive: true}));

const lab = (rest: Partial<LabProgress> = {}): LabProgress => ({...emptyLab('2026-01-01T00:00:00.000Z'), ...rest});
const read = async () => (await openProgress({dir}).read()).progress.labs;

describe('the file', () => {
  it('is empty before it is there, and comes back as it was written', async () => {
    const store = openProgress({dir});
    expect(await store.read()).toEqual({progress: {version: 1, labs: {}}, notices: []});
    const uts = lab({steps: {one: 'done'}, checks: ['a'], current: 'two', predictions: {p: true}, predictionsTotal: 2});
    expect(await store.update('uts', uts)).toEqual([]);
    expect(await store.update('pid', lab())).toEqual([]);
    expect(await read()).toEqual({uts, pid: lab()});
    expect(statSync(store.file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['progress.json']);
  });

  it('loses nothing when sessions write at once', async () => {
    const stores = Array.from({length: 8}, () => openProgress({dir}));
    const writes = stores.map((store, i) => store.update('uts', lab({steps: {[`s${i}`]: 'done'}, checks: [`c${i}`]})));
    expect((await Promise.all(writes)).flat()).toEqual([]);
    const {uts} = await read();
    expect(Object.keys(uts?.steps ?? {}).sort()).toEqual(stores.map((_, i) => `s${i}`));
    expect(uts?.checks.toSorted()).toEqual(stores.map((_, i) => `c${i}`));
  });

  it('keeps what was reached: done stays done, a first answer stays, the later one says where', async () => {
    const store = openProgress({dir});
    await store.update(
      'uts',
      lab({steps: {a: 'done', b: 'skipped'}, predictions: {p: false}, done: 'then', current: 'c', lastSeen: '2026-02'}),
    );
    await store.update(
      'uts',
      lab({steps: {a: 'skipped', b: 'done'}, predictions: {p: true, q: true}, current: 'a', lastSeen: '2026-01'}),
    );
    expect((await read()).uts).toMatchObject({
      steps: {a: 'done', b: 'done'},
      predictions: {p: false, q: true},
      done: 'then',
      current: 'c',
      lastSeen: '2026-02',
    });
  });

  it.each([
    ['{"version": 1, "labs": {"uts": {"steps"', 'JSON'],
    ['{"version": 1, "labs": {"uts": {"steps": 7}}}', 'labs.uts.steps'],
    ['', 'JSON'],
    ['[]', ''],
  ])('sets a damaged file aside and says so: %s', async (text, why) => {
    mkdirSync(dir);
    const store = openProgress({dir});
    writeFileSync(store.file, text);
    const [notice] = await store.update('uts', lab());
    expect(notice).toMatchObject({code: 'progress.damaged', params: {file: store.file}});
    expect(String(notice?.params.why)).toContain(why);
    const kept = String(notice?.params.kept);
    expect(kept).toMatch(/progress\.json\.damaged-\d{4}-\d\d-\d\dT/);
    expect(readFileSync(kept, 'utf8')).toBe(text);
    expect(await read()).toEqual({uts: lab()});
  });

  it('leaves the file of a newer version as it is', async () => {
    mkdirSync(dir);
    const store = openProgress({dir});
    const text = '{"version": 2, "labs": {}}';
    writeFileSync(store.file, text);
    expect(await store.update('uts', lab())).toMatchObject([{code: 'progress.newer', params: {version: 2}}]);
    expect(readFileSync(store.file, 'utf8')).toBe(text);
  });

  it('says when it cannot be written', async () => {
    writeFileSync(dir, 'no folder');
    expect(await openProgress({dir}).update('uts', lab())).toMatchObject([{code: 'progress.unwritable'}]);
  });

  it('does not wait for a lock whose owner is long gone', async () => {
    mkdirSync(dir);
    const lock = join(dir, 'progress.json.lock');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    expect(await openProgress({dir}).update('uts', lab())).toEqual([]);
    expect(readdirSync(dir)).toEqual(['progress.json']);
  });
});

describe('whose it is', () => {
  const nobody = userInfo({encoding: 'utf8'}).uid === 0 ? {uid: 65534, gid: 65534} : undefined;

  it('follows XDG, then the home', () => {
    expect(statePlace({XDG_STATE_HOME: '/x', HOME: '/h'}, 1000)).toEqual({dir: '/x/glassbox', owner: undefined});
    expect(statePlace({HOME: '/h'}, 1000)).toEqual({dir: '/h/.local/state/glassbox', owner: undefined});
    expect(statePlace({XDG_STATE_HOME: 'relative', HOME: '/h'}, 1000).dir).toBe('/h/.local/state/glassbox');
  });

  it("is the student's under sudo", () => {
    const sudo = {SUDO_USER: 'nobody', SUDO_UID: '65534', SUDO_GID: '65534', HOME: '/root'};
    const place = statePlace(sudo, 0);
    expect(place.owner).toEqual({uid: 65534, gid: 65534});
    expect(place.dir).not.toContain('/root');
    expect(statePlace({...sudo, SUDO_UID: '1'}, 0).owner).toBeUndefined();
    expect(statePlace(sudo, 65534).owner).toBeUndefined();
  });

  it('gives the file and its new folders to the student', async () => {
    if (!nobody) throw new Error('run as root');
    chownSync(base, nobody.uid, nobody.gid);
    const deep = join(base, 'state', 'glassbox');
    const store = openProgress({dir: deep, owner: nobody});
    expect(await store.update('uts', lab())).toEqual([]);
    for (const path of [join(base, 'state'), deep, store.file]) expect(statSync(path).uid).toBe(nobody.uid);
  });

  it("does not let root write through a link into a folder that is not the student's", async () => {
    if (!nobody) throw new Error('run as root');
    const foreign = join(base, 'foreign');
    mkdirSync(foreign);
    symlinkSync(foreign, dir);
    expect(await openProgress({dir, owner: nobody}).update('uts', lab())).toMatchObject([
      {code: 'progress.unwritable'},
    ]);
    expect(readdirSync(foreign)).toEqual([]);
  });
});

describe('what a session leaves in it', () => {
  it('records steps, checks and first answers as they are reached', async () => {
    const now = await Watched.open(await probeLab(), {progress: openProgress({dir})});
    await now.session.start();
    await now.session.advance();
    now.session.predict('output', 'hello');
    await now.walk();
    await now.session.next();
    await now.session.next();
    await now.close();
    expect((await read()).probe).toMatchObject({
      steps: {begin: 'done', name: 'skipped'},
      current: 'hand',
      checks: ['own', 'renamed'],
      predictions: {output: true},
      predictionsTotal: 2,
      done: null,
    });
  });

  it('says that a damaged file was set aside, and goes on', async () => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'progress.json'), 'broken');
    const now = await Watched.open(await probeLab(), {progress: openProgress({dir})});
    await now.session.start();
    await now.until(watched => watched.all('error').length > 0);
    expect(now.all('error')).toMatchObject([{where: 'progress', fatal: false, error: {code: 'progress.damaged'}}]);
    await now.close();
    expect((await read()).probe?.current).toBe('begin');
  });

  it('does not count an answer that was given with the truth known', async () => {
    let progress = beginRecord(await probeLab(), 'now');
    const judged = (verdict: 'pass' | 'fail') =>
      ({type: 'prediction-judged', id: 'p', choice: 'x', answer: 'y', verdict, seq: 0, ms: 0}) as const;
    for (const verdict of ['fail', 'pass'] as const) progress = record(progress, judged(verdict), 'now');
    expect(progress.predictions).toEqual({p: false});
  });
});
