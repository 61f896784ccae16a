// Bundles src/cli.ts into dist/: one small entry, and chunks that load when a screen or a command needs them.
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

const out = `dist.${process.pid}`;
rmSync(out, {recursive: true, force: true});

/** Ink asks for react-devtools only when DEV is set; the bundle need not carry it. */
const noDevtools = {
  name: 'no-devtools',
  setup(b) {
    b.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
    b.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {initialize() {}, connectToDevTools() {}}'}));
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
// The new build takes the old one's place in one step: an app that is starting sees the one or the other.
mkdirSync('dist', {recursive: true});
renameSync('dist', `${out}.old`);
renameSync(out, 'dist');
rmSync(`${out}.old`, {recursive: true, force: true});
