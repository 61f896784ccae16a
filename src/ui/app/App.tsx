/** Chooses the screen, and hands keys to the model. */
import {Box, useInput} from 'ink';
import {useSyncExternalStore} from 'react';
import type {Words} from '../../course/index.ts';
import {DoctorScreen} from '../doctor/DoctorScreen.tsx';
import {HelpScreen} from '../help/HelpScreen.tsx';
import {HomeScreen} from '../home/HomeScreen.tsx';
import {LabSkeleton} from '../lab/LabSkeleton.tsx';
import {clip, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {keysOf} from './keys.ts';
import type {AppModel} from './model.ts';
import {Lines} from './panel.tsx';
import {LEAST} from './parts.ts';

export function App({model}: {model: AppModel}) {
  useSyncExternalStore(model.subscribe, model.version);
  useInput((input, key) => {
    for (const name of keysOf(input, key, model.typing)) model.key(name);
  });
  const {columns, rows} = model.size;
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Current model={model} />
      {model.message && !model.lab?.dark && <Message model={model} words={model.message} />}
    </Box>
  );
}

function Current({model}: {model: AppModel}) {
  if (model.leaving) return <Sentence model={model} text={model.look.say('app.leaving')} />;
  if (model.tooSmall) {
    const {columns, rows} = model.size;
    const params = {cols: columns, rows, needCols: LEAST.cols, needRows: LEAST.rows};
    return <Sentence model={model} text={model.look.say('app.small', params)} />;
  }
  if (model.help) return <HelpScreen model={model} />;
  if (model.screen === 'doctor') return <DoctorScreen model={model} />;
  if (model.screen === 'home') return <HomeScreen model={model} />;
  if (!model.lab) return <LabSkeleton model={model} />;
  return model.lab.render();
}

/** Over the line of keys, whichever screen is shown, and as many lines above it as the words need. */
function Message({model, words}: {model: AppModel; words: Words}) {
  const {size, look} = model;
  const lines = wrap(words[look.lang] ?? words.en, size.columns - 2).slice(0, size.rows);
  return (
    <Box position="absolute" marginTop={size.rows - lines.length}>
      <Lines width={size.columns} lines={lines.map(line => look.style.bold(fitTo(` ${line}`, size.columns)))} />
    </Box>
  );
}

/** One calm sentence, whatever room there is. */
function Sentence({model, text}: {model: AppModel; text: string}) {
  const {columns, rows} = model.size;
  const lines = wrap(text, Math.max(4, columns - 2)).slice(0, rows);
  return <Lines width={columns} lines={lines.map(line => fitTo(` ${clip(line, columns - 1, '')}`, columns))} />;
}
