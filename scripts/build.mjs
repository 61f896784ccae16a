// Bundles src/cli.ts into dist/: one small entry, and chunks that load when a screen or a command needs them.
import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

const out = `dist.${process.pid}`;
rmSync(out, {recursive: true, force: true});

/** Ink asks for react-devtools only when DEV is set; the bundle need not carry it. */
const noDevtools = {
  name: 'no-devtools',
  setup(b) {
    b.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
    b.onLoad({filter: /.*/, namespace: 'empty'}, () => ({
      contents: 'export default {initialize() {}, connectToDevTools() {}}',
    }));
  },
};

const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
const result = await build({
  entryPoints: ['src/cli.ts'],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  jsx: 'automatic',
  minify: true,
  keepNames: true,
  outdir: out,
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
  external: ['koffi'],
  define: {'process.env.NODE_ENV': '"production"', 'process.env.GLASSBOX_VERSION': JSON.stringify(version)},
  // CommonJS packages expect these three; an ES module has to make them.
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;",
  },
  plugins: [noDevtools],
  logLevel: 'warning',
});
writeFileSync(`${out}/meta.json`, JSON.stringify(result.metafile));
// An app that runs while this happens goes on with the chunks of its own build: they have names of their own and stay for
// a day. The entry changes place last, in one step.
const DAY_MS = 86_400_000;
mkdirSync('dist/chunks', {recursive: true});
const fresh = new Set(readdirSync(`${out}/chunks`));
for (const name of fresh) renameSync(`${out}/chunks/${name}`, `dist/chunks/${name}`);
renameSync(`${out}/meta.json`, 'dist/meta.json');
renameSync(`${out}/cli.js`, 'dist/cli.js');
rmSync(out, {recursive: true, force: true});
for (const name of readdirSync('dist/chunks')) {
  if (!fresh.has(name) && Date.now() - statSync(`dist/chunks/${name}`).mtimeMs > DAY_MS) rmSync(`dist/chunks/${name}`);
}
