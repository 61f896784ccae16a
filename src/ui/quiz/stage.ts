/** The terminals of a live question: the lab's screen, laid out below the question. */
import type {LiveStage} from '../../course/index.ts';
import type {AppModel} from '../app/model.ts';
import type {Layout} from '../lab/layout.ts';
import {LabScreen} from '../lab/screen.ts';
import {quizLayout} from './layout.ts';

export class QuizStage extends LabScreen {
  readonly live: LiveStage;
  /** Lines that the question wants; set before each drawing. */
  wanted = 0;

  constructor(app: AppModel, number: string, live: LiveStage) {
    super(app, {number, session: live.session, started: true});
    this.live = live;
  }

  override get layout(): Layout {
    const {columns, rows} = this.app.size;
    return quizLayout(columns, rows, this.wanted);
  }

  /** What came before there was a screen belongs into the terminals too. */
  protected override attach(session: LiveStage['session']): void {
    super.attach(session);
    for (const event of this.live.early()) this.panes?.hear(event);
    this.nextSide = this.panes?.has(this.boxSide) ? this.boxSide : 'host';
  }
}
