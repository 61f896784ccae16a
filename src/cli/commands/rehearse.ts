/** `glassbox rehearse`: what would go wrong in front of a class, before there is one. */
import path from 'node:path';
import {
  HumanTypist,
  type LabRef,
  type LabRehearsal,
  lintLab,
  loadLab,
  PACE,
  type RehearseOptions,
  type Remark,
  recordingRemarks,
  rehearsalStatus,
  rehearsalTable,
  rehearseLab,
  rehearseWords,
  remarkLine,
  render,
  sayRemark,
  surroundings,
  unmetLines,
} from '../../course/index.ts';
import {type Engine, factTable, type HostReport, hostReport, openEngine} from '../../engine/index.ts';
import {projectorOf} from '../../ui/index.tsx';
import {type Context, EXIT} from '../failure.ts';
import {parseAuto, parsePace, parseSize} from '../pace.ts';
import {playlist} from '../playlist.ts';
import {print} from '../print.ts';
import {recordingFiles} from '../record/recording.ts';
import {onSignals} from '../signals.ts';

/** Status 0: every lab is ready; 1: one would fail on stage; 3: none would, but some cannot be run here. */
export async function rehearse(context: Context, args: string[], options: Record<string, unknown>): Promise<number> {
  const text = (name: string) => options[name] as string | undefined;
  const pace = text('pace') === undefined ? undefined : parsePace(text('pace')!);
  const auto = text('auto') === undefined ? null : parseAuto(text('auto')!);
  const {columns, rows} = context.stdout;
  const size = text('size') ? parseSize(text('size')!) : {cols: columns ?? 80, rows: rows ?? 24};
  const refs = await playlist(context, args);
  const {record} = options as {record?: string};
  const json = options.json === true;

  const host = await hostReport();
  const {overflows, terminal, least} = await projectorOf(size);
  const around = surroundings({host, size, least, memory: process.availableMemory()});
  const say = (remark: Remark) => remarkLine(remark, context.lang, shorten);
  const tell = async (line: string) => (json ? undefined : print(context, line));
  if (around.length > 0) await tell(render(rehearseWords, context.lang, 'rehearse.here'));
  for (const remark of around) await tell(`  ${say(remark)}`);

  const how: RehearseOptions = {
    overflows,
    size: terminal,
    keyMs: pace ?? PACE.usual,
    auto,
    ...(pace && {typist: new HumanTypist(pace).type}),
  };
  const {labs, status: ended} = await each(refs, host, how, async (ref, lab) => {
    if (!lab) return tell(`${ref.number} ${ref.id}`.trim());
    for (const line of unmetLines(lab, context.lang)) await tell(`  ${line}`);
    for (const remark of lab.remarks) await tell(`  ${say(remark)}`);
  });

  const room = record === undefined ? [] : recordingRemarks(recordingFiles(record), labs);
  for (const remark of room) await tell(say(remark));
  around.push(...room);
  const status = ended ?? rehearsalStatus(labs, around);
  if (json) {
    const worded = (remark: Remark) => ({...remark, text: sayRemark(remark, context.lang)});
    const reports = labs.map(lab => ({...lab, remarks: lab.remarks.map(worded)}));
    const whole = {format: 1, status, size, keyMs: how.keyMs, auto, surroundings: around.map(worded), labs: reports};
    await print(context, JSON.stringify(whole, null, 2));
    return status;
  }
  await tell('');
  for (const line of rehearsalTable(labs, context.lang)) await tell(line);
  if (ended !== undefined) await tell(render(rehearseWords, context.lang, 'rehearse.interrupted'));
  return status;
}

/** One lab after the other in one process, as in a demo: what one leaves is there for the next. */
async function each(
  refs: readonly LabRef[],
  host: HostReport,
  options: RehearseOptions,
  tell: (ref: LabRef, lab?: LabRehearsal) => Promise<unknown>,
): Promise<{labs: LabRehearsal[]; status: number | undefined}> {
  const labs: LabRehearsal[] = [];
  const signals = onSignals();
  const engine: Engine = await openEngine();
  try {
    for (const ref of refs) {
      if (signals.signal.aborted) break;
      await tell(ref);
      const loaded = await loadLab(ref.dir);
      const findings = lintLab(loaded, factTable);
      const lab = await rehearseLab(engine, ref, {...loaded, findings}, host, {...options, signal: signals.signal});
      if (signals.signal.aborted) break; // half a lab is no rehearsal
      labs.push(lab);
      await tell(ref, lab);
    }
  } finally {
    await engine.close();
    signals.off();
  }
  return {labs, status: labs.length < refs.length ? (signals.status() ?? EXIT.failed) : signals.status()};
}

function shorten(file: string): string {
  const near = path.relative(process.cwd(), file);
  return near === '' || near.startsWith('..') ? file : near;
}
