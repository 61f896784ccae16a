/** The terminals of a live question: the lab's screen, laid out below the question. */
import type {LiveStage, QuizBlock, Side} from '../../course/index.ts';
import type {AppModel} from '../app/model.ts';
import type {Layout} from '../lab/layout.ts';
import {LabScreen} from '../lab/screen.ts';
import {quizLayout} from './layout.ts';

export class QuizStage extends LabScreen {
  readonly live: LiveStage;
  private readonly block: QuizBlock;
  /** Lines that the question wants; set before each drawing. */
  wanted = 0;

  constructor(app: AppModel, number: string, block: QuizBlock, live: LiveStage) {
    super(app, {number, session: live.session, started: true});
    this.live = live;
    this.block = block;
  }

  override get layout(): Layout {
    const {columns, rows} = this.app.size;
    return quizLayout(columns, rows, this.wanted);
  }

  /** Where someone types; else the container that the question is about, of those that run. */
  override get boxSide(): Side {
    const {focused} = this.panes ?? {};
    if (focused !== undefined && focused !== 'host') return focused;
    const {terminals = {}, containers = {}} = this.state ?? {};
    const open = Object.keys(terminals).filter(side => side !== 'host' && terminals[side]?.open);
    const {ask, answer = '', check = '', choices = []} = this.block ?? {};
    const said = [ask?.en ?? '', check, answer, ...choices.map(({when = ''}) => when)].join(' ');
    const named = open.filter(side => new RegExp(`\\b${side}\\b`).test(said));
    const running = (sides: string[]) => sides.find(side => containers[side]?.running);
    return running(named) ?? running(open) ?? named[0] ?? open[0] ?? super.boxSide;
  }

  /** What came before there was a screen belongs into the terminals too. */
  protected override attach(session: LiveStage['session']): void {
    super.attach(session);
    for (const event of this.live.early()) this.panes?.hear(event);
    this.nextSide = this.panes?.has(this.boxSide) ? this.boxSide : 'host';
  }
}
