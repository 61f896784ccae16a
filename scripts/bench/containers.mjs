// Create a container, run `true` in it, remove all: the engine in a warm process against a raw loop on clone3 and the
// runtimes that are installed, interleaved in one run. Figures are ratios: other jobs may share this machine.
import {execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {openEngine} from '../../src/engine/index.ts';
import {median, percentile} from './numbers.mjs';

const here = import.meta.dirname;

/** A root file system with one static program, and the yardstick, on tmpfs. */
function prepare() {
  const dir = mkdtempSync('/dev/shm/glassbox-bench-');
  for (const name of ['root/bin', 'root/proc', 'root/dev', 'root/sys', 'merged', 'bundle'])
    mkdirSync(path.join(dir, name), {recursive: true});
  execFileSync('gcc', ['-O2', '-static', '-x', 'c', '-o', path.join(dir, 'root/bin/true'), '-'], {
    input: 'int main(void) { return 0; }\n',
  });
  execFileSync('gcc', ['-O2', '-o', path.join(dir, 'raw'), path.join(here, 'raw.c')]);
  return dir;
}

/** The C side: one line in, nanoseconds out. In a mount namespace of its own, where crun finds no second cgroup tree. */
function yardstick(dir) {
  const hide = 'if [ -d /sys/fs/cgroup/unified ]; then mount -t tmpfs none /sys/fs/cgroup/unified; fi; exec "$0"';
  const child = spawn('unshare', ['-m', 'sh', '-c', hide, path.join(dir, 'raw')], {stdio: ['pipe', 'pipe', 'inherit']});
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const {value, done} = await lines.next();
      if (done) throw new Error('the yardstick ended');
      return Number(value) / 1e6;
    },
    close: () => child.stdin.end(),
  };
}

function bundle(dir) {
  const namespaces = ['pid', 'ipc', 'uts', 'mount', 'network', 'cgroup'].map(type => ({type}));
  const config = {
    ociVersion: '1.0.2',
    process: {args: ['/bin/true'], env: ['PATH=/bin'], cwd: '/', user: {uid: 0, gid: 0}},
    root: {path: path.join(dir, 'root')},
    hostname: 'box',
    mounts: [{destination: '/proc', type: 'proc', source: 'proc'}],
    linux: {namespaces},
  };
  writeFileSync(path.join(dir, 'bundle/config.json'), JSON.stringify(config));
}

const installed = name =>
  ['/usr/bin', '/usr/sbin', '/bin', '/usr/local/bin'].some(at => existsSync(path.join(at, name)));

/** What a person would write with unshare(1): the same namespaces, overlay root and proc. */
function script(dir) {
  const text = `d=${dir}
mkdir $d/su $d/sw
unshare -m -u -i -p -n -C --fork sh -c "hostname box
mount -t overlay overlay -o lowerdir=$d/root,upperdir=$d/su,workdir=$d/sw $d/merged
mount -t proc proc $d/merged/proc
exec chroot $d/merged /bin/true"
status=$?
rmdir $d/sw/work $d/sw $d/su
exit $status
`;
  writeFileSync(path.join(dir, 'unshare.sh'), text);
}

function peers(dir) {
  bundle(dir);
  script(dir);
  const root = path.join(dir, 'root');
  const id = () => `glassbox-bench-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const oci = name => () => `X ${name} --root ${dir}/${name}-state run --bundle ${dir}/bundle ${id()}`;
  return {
    'unshare(1)': installed('unshare') && (() => `X sh ${dir}/unshare.sh`),
    bwrap: installed('bwrap') && (() => `X bwrap --unshare-all --bind ${root} / --proc /proc /bin/true`),
    crun: installed('crun') && oci('crun'),
    runc: installed('runc') && oci('runc'),
  };
}

function spec(dir, upper, work) {
  const options = [`lowerdir=${dir}/root`, `upperdir=${upper}`, `workdir=${work}`];
  return {
    process: {args: ['/bin/true'], env: ['PATH=/bin'], cwd: '/'},
    hostname: 'box',
    root: {path: `${dir}/merged`},
    mounts: [
      {destination: '/', type: 'overlay', source: 'overlay', options},
      {destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'nodev', 'noexec']},
    ],
    linux: {namespaces: ['pid', 'ipc', 'uts', 'mount', 'network', 'cgroup'].map(type => ({type}))},
  };
}

async function ours(stage, dir, n) {
  // The same names each round, as the raw loop has them: a container that is started again, not a new one.
  const upper = `${dir}/upper`;
  const work = `${dir}/work`;
  mkdirSync(upper);
  mkdirSync(work);
  const began = performance.now();
  const container = await stage.run(`b${n}`, spec(dir, upper, work));
  const {code} = await container.wait();
  await container.remove();
  const took = performance.now() - began;
  rmdirSync(`${work}/work`);
  rmdirSync(work);
  rmdirSync(upper);
  if (code !== 0) throw new Error(`true in our container: status ${code}`);
  return took;
}

/** Prints the table; resolves to {ratio, ahead}: our median over the raw loop's, and whether every peer was slower. */
export async function benchContainers({rounds = 60, warm = 8} = {}) {
  const dir = prepare();
  const raw = yardstick(dir);
  const engine = await openEngine();
  const stage = await engine.stage();
  const times = {'raw clone3 loop': [], glassbox: []};
  const others = peers(dir);
  for (const [name, ask] of Object.entries(others)) if (ask) times[name] = [];
  try {
    for (let n = 0; n < rounds + warm; n++) {
      const keep = (name, ms) => {
        if (!(ms >= 0)) throw new Error(`${name} failed; RAW_STDERR=1 shows why`);
        if (n >= warm) times[name].push(ms);
      };
      keep('raw clone3 loop', await raw.ask(`R ${dir}/root ${dir}/u ${dir}/w ${dir}/merged`));
      keep('glassbox', await ours(stage, dir, n));
      for (const [name, ask] of Object.entries(others)) if (ask && n % 3 === 0) keep(name, await raw.ask(ask()));
    }
  } finally {
    raw.close();
    await engine.close();
    rmSync(dir, {recursive: true, force: true});
  }
  const base = median(times['raw clone3 loop']);
  console.log(`\ncreate, run true, remove; ${rounds} rounds, interleaved, upper layer on tmpfs`);
  console.log('  way                 median ms   p95 ms   × raw');
  for (const [name, list] of Object.entries(times)) {
    console.log(
      `  ${name.padEnd(18)} ${median(list).toFixed(2).padStart(10)} ${percentile(list, 95).toFixed(2).padStart(8)} ${(median(list) / base).toFixed(2).padStart(7)}`,
    );
  }
  for (const [name, ask] of Object.entries(others)) if (!ask) console.log(`  ${name.padEnd(18)} not installed`);
  const ratio = median(times.glassbox) / base;
  const ahead = Object.keys(others)
    .filter(name => times[name])
    .every(name => median(times[name]) > median(times.glassbox));
  return {ratio, ahead};
}
