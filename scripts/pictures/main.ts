// `npm run pictures`: makes docs/pictures/*.svg anew from real sessions; `npm run pictures -- lab home` only those. Needs root.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {openEngine} from '../../src/engine/index.ts';
import {PICTURES} from './list.ts';
import {fileName, HOSTNAME, takePicture} from './take.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'docs/pictures');
const {version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {version: string};

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !PICTURES.some(entry => entry.name === name));
if (unknown.length > 0) {
  console.error(`No such picture: ${unknown.join(', ')}. There are: ${PICTURES.map(entry => entry.name).join(', ')}.`);
  process.exit(2);
}

mkdirSync(folder, {recursive: true});
const engine = await openEngine();
try {
  const stage = await engine.stage({kind: 'private', hostname: HOSTNAME});
  for (const entry of PICTURES.filter(({name}) => wanted.length === 0 || wanted.includes(name))) {
    for (const lang of ['en', 'zh'] as const) {
      const svg = await takePicture(stage, entry, lang, version);
      writeFileSync(path.join(folder, fileName(entry, lang)), svg);
      console.log(`docs/pictures/${fileName(entry, lang)}  ${(Buffer.byteLength(svg) / 1024).toFixed(1)} KB`);
    }
  }
} finally {
  await engine.close();
}
