/** How many cells the terminal itself draws characters in: drawn, and asked where the cursor stands (DSR 6, ECMA-48). */

const samples = ['中', '─'] as const;
/** A terminal that does not answer is not waited for longer; most answer within a few. */
const ANSWER_MS = 300;

/**
 * Cells of a Chinese character and of a line. Undefined where there is no terminal on both ends, or where it does not answer.
 * What was drawn is erased, and keys that a person typed meanwhile are given back.
 */
export async function cellsOf(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
): Promise<{chinese: number; line: number} | undefined> {
  if (!stdin.isTTY || !stdout.isTTY || !env.TERM || env.TERM === 'dumb') return undefined;
  const wasRaw = stdin.isRaw;
  stdin.setRawMode(true);
  try {
    stdout.write(`${samples.map(one => `\r${one}\x1b[6n`).join('')}\r\x1b[K`);
    const columns = await reports(stdin, samples.length);
    const [chinese, line] = columns.map(column => column - 1);
    return chinese === undefined || line === undefined ? undefined : {chinese, line};
  } finally {
    stdin.setRawMode(wasRaw);
    stdin.pause();
  }
}

/** Columns of the cursor position reports that come, at most `count`. */
function reports(stdin: NodeJS.ReadStream, count: number): Promise<number[]> {
  return new Promise(resolve => {
    let text = '';
    const read = () => [...text.matchAll(/\x1b\[\d+;(\d+)R/g)].map(match => Number(match[1]));
    const end = () => {
      clearTimeout(timer);
      stdin.off('data', listen);
      const rest = text.replace(/\x1b\[\d+;\d+R/g, '');
      if (rest) stdin.unshift(Buffer.from(rest, 'latin1'));
      resolve(read());
    };
    const listen = (data: Buffer | string) => {
      text += data.toString('latin1');
      if (read().length >= count) end();
    };
    const timer = setTimeout(end, ANSWER_MS);
    stdin.on('data', listen);
  });
}
