/** The app's state: which screen, which language, how large. Everything that loads slowly is asked for from here. */
import type {Checkup, Lang, Words} from '../../course/index.ts';
import type {Elsewhere, HomeLab, UiDeps} from '../deps.ts';
import {doctorKey} from '../doctor/keys.ts';
import {homeKey, isBarred} from '../home/keys.ts';
import {queryCursor} from '../home/search.ts';
import {noColor} from '../locale.ts';
import {uiWords} from '../words.ts';
import {Keymap} from './actions.ts';
import type {KeyName} from './keys.ts';
import {type Look, makeLook} from './look.ts';
import {type HomeState, type LabPart, LEAST, type Loaded, type OpenLab, type Terminal} from './parts.ts';
import {wordsOf} from './said.ts';
import {type Settings, THEMES} from './settings.ts';
import type {Setup} from './setup.ts';
import {Store} from './store.ts';
import {hasHome, watch} from './watching.ts';

export type {LabPart, Loaded, OpenLab, Terminal} from './parts.ts';

/** After the list is there: a first key is answered first. */
const PREFETCH_MS = 250;

/** Lines that a key moves the doctor's findings by. */
const STEPS: Record<string, number> = {up: -1, down: 1, k: -1, j: 1, 'page-up': -8, 'page-down': 8};

export class AppModel extends Store implements HomeState {
  readonly deps: UiDeps;
  readonly terminal: Terminal;
  size: {columns: number; rows: number};
  look: Look;
  readonly keys: Keymap;
  private readonly settings: Settings;
  screen: 'home' | 'lab' | 'doctor';
  help = false;
  /** First line shown of the help. */
  helpTop = 0;
  /** Said on the last line of any screen until the next key. */
  message: Words | undefined;
  /** What was typed to find a lab; undefined: nobody searches. */
  query: string | undefined;
  /** What is wrong in the settings file, until somebody has seen it. */
  problems: readonly Words[];
  /** What is wrong with the learner's progress, until somebody has seen it. */
  progressProblems: readonly Words[] = [];
  leaving = false;
  labs: Loaded<HomeLab[]> = {state: 'loading'};
  report: Loaded<Checkup> = {state: 'loading'};
  selected = 0;
  /** First line shown of a screen that scrolls. */
  scroll = 0;
  lab: LabPart | undefined;
  private readonly setup: Setup<AppModel>;
  private ascii: boolean;
  private asked = false;
  private opened = 0;
  private unwatch: (() => void) | undefined;
  /** Number of the lab to choose once the labs are read. */
  private wanted: string | undefined;

  constructor(setup: Setup<AppModel>) {
    super();
    this.setup = setup;
    this.deps = setup.deps;
    this.terminal = setup.terminal;
    this.size = setup.size;
    this.problems = setup.deps.settingsProblems ?? [];
    this.ascii = setup.ascii;
    this.terminal.screen.ascii = setup.ascii;
    this.settings = {...setup.deps.settings};
    this.screen = hasHome(setup.deps.mode) ? 'home' : 'lab';
    this.keys = new Keymap(this.settings.keys);
    this.look = makeLook(this.settings.lang, setup.ascii, this.settings.theme, this.keys);
  }

  get tooSmall(): boolean {
    return this.size.columns < LEAST.cols || this.size.rows < LEAST.rows;
  }

  /** True while letters are text and no commands. */
  get typing(): boolean {
    const text = this.screen === 'home' ? this.query !== undefined : this.lab?.typing === true;
    return text && !this.help && !this.tooSmall;
  }

  /** After the first frame. */
  load(): void {
    this.deps.onNotice?.(this.tell);
    this.unwatch = watch(this.deps.mode, one => void this.open(one));
    if (this.unwatch) return;
    void this.loadLabs();
    this.loadReport();
    const {mode, startLab = mode?.kind === 'demo' ? mode.labs[0] : undefined} = this.deps;
    if (startLab) void this.openLab(startLab);
  }

  resize(size: {columns: number; rows: number}): void {
    this.size = size;
    this.terminal.screen.expectFrame();
    this.changed();
  }

  useAscii(ascii: boolean): void {
    if (ascii === this.ascii) return;
    this.ascii = ascii;
    this.terminal.screen.ascii = ascii;
    this.relook();
  }

  toggleLang(): void {
    const lang: Lang = this.look.lang === 'en' ? 'zh' : 'en';
    this.settings.lang = lang;
    this.relook();
    this.deps.saveSettings?.({lang}, this.tell);
  }

  nextTheme(): void {
    if (this.settings.theme === 'none' && noColor(this.deps.env)) {
      this.message = uiWords['app.noColor'];
      return;
    }
    const theme = THEMES[(THEMES.indexOf(this.settings.theme) + 1) % THEMES.length]!;
    this.settings.theme = theme;
    this.relook();
    this.deps.saveSettings?.({theme}, this.tell);
  }

  key(name: KeyName): void {
    if (this.leaving) return;
    this.message = undefined;
    if (name === 'ctrl-z') this.terminal.suspend();
    else if (name === 'ctrl-c') this.leave();
    else if (!this.help && !this.tooSmall && this.lab?.first?.(name)) this.changed();
    else if (this.typing) {
      if (this.screen === 'home') homeKey(this, name);
      else this.lab?.key(name);
      this.changed();
    } else if (this.keys.action('everywhere', name) === 'quit' && !this.help) this.leave();
    else if (!this.tooSmall) this.screenKey(name);
  }

  private leave(): void {
    const asks = this.screen === 'lab' && this.lab?.interrupt?.();
    if (asks) this.help = false;
    if (asks) this.changed();
    else this.quit(0);
  }

  /** Said on the last line until the next key. A choice that could not be kept holds all the same. */
  private readonly tell = (words: Words): void => {
    this.message = words;
    this.changed();
  };

  /** Letters that the learner gave to something do that. */
  private stepOf(name: KeyName): number | undefined {
    return this.keys.action('everywhere', name) ? undefined : STEPS[name];
  }

  /** Scrolls; any other key closes the help. */
  private helpKey(name: KeyName): void {
    const step = this.stepOf(name);
    if (step) this.helpTop = Math.max(0, this.helpTop + step);
    else this.help = false;
  }

  private screenKey(name: KeyName): void {
    const action = this.keys.action('everywhere', name);
    if (action === 'language') this.toggleLang();
    else if (action === 'theme') this.nextTheme();
    else if (this.help) this.helpKey(name);
    else if (action === 'help') {
      this.help = true;
      this.helpTop = 0;
    } else if (this.screen === 'lab') {
      if (this.lab) this.lab.key(name);
      else if (action === 'leave') void this.closeLab();
    } else if (this.screen === 'doctor') doctorKey(this, name, this.stepOf(name));
    else homeKey(this, name);
    this.changed();
  }

  /** Opens a lab's screen at once, and the lab behind it as fast as it can. */
  async openLab(number: string, atStep?: string): Promise<void> {
    this.screen = 'lab';
    this.problems = [];
    this.progressProblems = [];
    this.choose(number);
    this.changed();
    const title = this.labs.state === 'ready' ? this.labs.value.find(lab => lab.number === number)?.title : undefined;
    await this.open({number, atStep, title});
  }

  /** What was shown before is closed: a playlist goes on by itself. */
  private async open(what: OpenLab): Promise<void> {
    const turn = ++this.opened;
    const lab = await this.setup.openLab(this, what);
    if (this.screen !== 'lab' || turn !== this.opened || this.leaving) return lab.close('left');
    const before = this.lab;
    this.lab = lab;
    this.changed();
    await before?.close('left');
  }

  /** Back to the list, with what was done in the meantime. Where something is watched there is no list. */
  async closeLab(): Promise<void> {
    const {lab} = this;
    if (lab?.back?.()) return;
    if (!hasHome(this.deps.mode)) return this.quit(0);
    this.screen = 'home';
    this.lab = undefined;
    this.changed();
    await lab?.close('left');
    await this.loadLabs();
  }

  goElsewhere(what: Elsewhere, lab: string): void {
    if (!this.deps.elsewhere) return;
    this.deps.elsewhere(what, lab);
    this.quit(0);
  }

  openDoctor(): void {
    this.screen = 'doctor';
    this.scroll = 0;
    // What it told to install may be there by now.
    if (this.report.state !== 'loading') this.asked = false;
    this.loadReport();
  }

  /** Reads the labs and the host again: what was missing may have been installed, what did not parse mended. */
  async lookAgain(): Promise<void> {
    await this.loadLabs();
    const lab = this.labs.state === 'ready' ? this.labs.value[this.selected] : undefined;
    if (lab && isBarred(lab)) this.message = uiWords['home.stillBarred'];
    this.changed();
  }

  /** Ends the session, then the app. A second time does nothing: ending is under way. */
  quit(status: number): void {
    if (this.leaving) return;
    this.leaving = true;
    this.unwatch?.();
    this.changed();
    const ended = this.lab ? this.lab.close('left').catch(() => {}) : Promise.resolve();
    void ended.then(() => this.setup.onQuit(status));
  }

  protected override beforeShow(): void {
    const {screen} = this.terminal;
    if (this.screen === 'lab' && this.lab && !this.help && !this.tooSmall && !this.leaving) this.lab.place(screen);
    else {
      screen.setRegions({});
      screen.setCursor(this.typing ? () => queryCursor(this) : undefined);
    }
  }

  private relook(): void {
    this.look = makeLook(this.settings.lang, this.ascii, this.settings.theme, this.keys);
    this.changed();
  }

  private choose(number: string): void {
    const at = this.labs.state === 'ready' ? this.labs.value.findIndex(lab => lab.number === number) : -1;
    if (at >= 0) this.selected = at;
    else this.wanted = number;
  }

  private loadLabs(): Promise<void> {
    return this.deps.labs().then(
      value => {
        if (this.labs.state !== 'ready') this.wanted ??= value.find(lab => lab.last)?.number;
        this.labs = {state: 'ready', value};
        this.progressProblems = this.deps.progressProblems?.() ?? [];
        setTimeout(() => this.setup.prefetch(), PREFETCH_MS).unref();
        this.selected = Math.min(this.selected, Math.max(0, value.length - 1));
        if (this.wanted !== undefined) this.choose(this.wanted);
        this.wanted = undefined;
        this.changed();
      },
      error => {
        this.labs = {state: 'failed', why: wordsOf(error)};
        this.changed();
      },
    );
  }

  private loadReport(): void {
    if (this.asked) return;
    this.asked = true;
    const show = (report: Loaded<Checkup>) => {
      this.report = report;
      this.changed();
    };
    this.deps.hostReport().then(
      value => show({state: 'ready', value}),
      error => show({state: 'failed', why: wordsOf(error)}),
    );
  }
}
