// The screens with a fake session, to look at while working on them: node scripts/ui-demo.mjs (needs a terminal, no root).
import {mkdtempSync, rmSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';

// Inside the project, so that koffi, which is not bundled, is found.
const out = mkdtempSync(path.resolve('node_modules/.ui-demo-'));
process.on('exit', () => rmSync(out, {recursive: true, force: true}));
await build({
  entryPoints: ['test/ui/support/demo.ts'],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  jsx: 'automatic',
  outdir: out,
  outExtension: {'.js': '.mjs'},
  external: ['koffi', 'react-devtools-core'],
  define: {'process.env.NODE_ENV': '"production"'},
  banner: {js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);"},
  logLevel: 'warning',
});
await import(pathToFileURL(path.join(out, 'demo.mjs')).href);
