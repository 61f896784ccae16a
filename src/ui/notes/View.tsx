/** The speaker's view drawn: the note has the most room, the clock stands above it, next and class below. */
import {Box} from 'ink';
import {footerLine} from '../app/footer.ts';
import {Lines, panelLines} from '../app/panel.tsx';
import {watchedLabel} from '../lab/watched.ts';
import {clip, fitTo, spread} from '../text/width.ts';
import {duration, timeOfDay} from './clock.ts';
import {classLines, nextLines, noteLines, paceWords} from './lines.ts';
import type {NotesScreen} from './screen.ts';

export function NotesView({notes}: {notes: NotesScreen}) {
  const {columns, rows} = notes.app.size;
  const below = Math.max(7, Math.min(16, Math.round((rows - 4) * 0.45)));
  const half = Math.floor(columns / 2);
  const {text} = notes;
  const {look} = notes.app;
  const panel = (title: string, width: number, lines: string[]) =>
    panelLines({look, width, height: below, title, lines: lines.map(line => ` ${line}`)});
  const next = text ? nextLines(notes.state, text, half - 4) : [];
  const seen = text ? classLines(notes.state, text, columns - half - 4) : [];
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Lines width={columns} lines={[headerLine(notes, columns), clockLine(notes, columns)]} />
      <Lines width={columns} lines={notePanel(notes, columns, rows - 3 - below)} />
      <Box>
        <Lines width={half} lines={panel(look.say('notes.next'), half, next)} />
        <Lines width={columns - half} lines={panel(look.say('notes.class'), columns - half, seen)} />
      </Box>
      <Lines width={columns} lines={[footer(notes, columns)]} />
    </Box>
  );
}

function headerLine({app, state, session}: NotesScreen, width: number): string {
  const {look} = app;
  const {style, say, glyphs, lang} = look;
  const {lab, show} = state;
  const dot = ` ${glyphs.dot} `;
  const parts = [style.bold(`${lab.number} ${lab.title[lang] ?? lab.title.en}`)];
  if (show && show.labs > 1) parts.push(say('notes.ofLabs', {index: show.lab, of: show.labs}));
  if (state.current >= 0) parts.push(say('lab.stepOf', {index: state.current + 1, of: lab.steps.length}));
  const step = lab.steps[state.current];
  if (step) parts.push(step.title[lang] ?? step.title.en);
  return spread(` ${parts.join(dot)}`, ` ${style.bold(watchedLabel(session, look))} `, width, glyphs.cut);
}

/** Time of day, how long this lab has taken and should take, who looks on; or that nobody is at the other end. */
function clockLine(notes: NotesScreen, width: number): string {
  const {app, status, state, elapsed} = notes;
  const {style, say, glyphs} = app.look;
  const now = style.inverse(style.bold(` ${timeOfDay(new Date())} `));
  if (!notes.live) {
    const gone = say(status?.state === 'lost' ? 'notes.lost' : 'notes.ended');
    return fitTo(clip(` ${now} ${style.warn(gone)}`, width, glyphs.cut), width);
  }
  const spent = elapsed === undefined ? '' : duration(elapsed);
  const params = {elapsed: spent, minutes: state.lab.minutes};
  const count = spent && style.bold(say(notes.countsByHand ? 'notes.since' : 'notes.clock', params));
  const left = [now, count, paceWords(notes, app)].filter(Boolean).join('  ');
  return spread(` ${left}`, ` ${audience(notes)} `, width, glyphs.cut);
}

/** Those beside this view. */
function audience({status, app}: NotesScreen): string {
  if (!status?.followers) return '';
  const {notes, share} = status.followers;
  const count = Math.max(0, notes - 1) + share;
  return count === 0 ? app.look.say('notes.noFollowers') : app.look.say('notes.followers', {count});
}

function notePanel(notes: NotesScreen, width: number, height: number): string[] {
  const {app, text} = notes;
  const {look} = app;
  const room = height - 2;
  const all = text ? noteLines(notes, text, width - 6) : [];
  const last = Math.max(0, all.length - room);
  const top = Math.min(notes.top ?? 0, last);
  notes.extent = {top, last, height: room};
  const more = (top > 0 ? look.glyphs.moreUp : '') + (top < last ? look.glyphs.more : '');
  return panelLines({
    look,
    width,
    height,
    title: look.say('notes.title'),
    note: more ? `${look.say('lab.more')} ${more}` : '',
    lines: all.slice(top, top + room).map(line => `  ${line}`),
    strong: true,
  });
}

function footer({app, extent}: NotesScreen, width: number): string {
  const {look} = app;
  const {keys, glyphs, say} = look;
  return footerLine(
    look,
    width,
    [
      ...(extent.last > 0 ? [[`${glyphs.upDown} PgUp/PgDn`, say('key.scroll')] as [string, string]] : []),
      [keys.label('notes', 'clock', glyphs), say('key.clock')],
      [keys.label('everywhere', 'language', glyphs), say('key.lang')],
      [keys.label('everywhere', 'theme', glyphs), say('key.theme')],
    ],
    [
      [keys.label('everywhere', 'help', glyphs), say('key.help')],
      [keys.label('everywhere', 'quit', glyphs), say('key.quit')],
    ],
  );
}
