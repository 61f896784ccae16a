/** Which process the X-ray looks into: follows the cursor in the list of processes. */
import type {LabState, Session, Side} from '../../../course/index.ts';
import type {Facts, ProcessRow} from '../../../engine/index.ts';
import type {Look} from '../../app/look.ts';
import {strokesOf} from '../pictures/lines.ts';
import {type Twig, treeOf} from '../pictures/tree.ts';

/** The list as it is shown: a tree. */
export function listOf(state: LabState, look: Look): Twig[] {
  return treeOf(state.processes, strokesOf(look));
}

/** What of the lab screen it follows. */
export interface Watched {
  state: LabState | undefined;
  session: Session | undefined;
  boxSide: Side;
}

export class XrayCursor {
  /** The process under the cursor. */
  pid: number | undefined;
  /** First line of the picture that is shown. */
  top = 0;
  /** How far one can scroll, as drawn last. */
  extent = {last: 0, height: 1};
  /** Where the process stood in the list. */
  private place = 0;
  /** What was last seen of it: stays when it has ended. */
  private kept: {pid: number; facts: Facts} | undefined;
  private asked: number | null = null;
  private keeper: number | undefined;

  /** The list has the cursor on a process: the first one of `side`, else the host's shell, else the first. */
  choose(processes: readonly ProcessRow[], side: string): void {
    const row = processes.find(one => one.side === side) ?? processes.find(one => one.side === 'host') ?? processes[0];
    if (row) this.look(row.pid);
  }

  /** One line up or down. Of a process that has ended, the neighbours of where it stood. */
  move(list: readonly Twig[], by: -1 | 1): void {
    const at = list.findIndex(({row}) => row.pid === this.pid);
    const to = at >= 0 ? at + by : by < 0 ? this.place - 1 : this.place;
    const next = list[Math.max(0, Math.min(list.length - 1, to))];
    if (next) this.look(next.row.pid);
  }

  /** Where it stands in the list is remembered for when it has ended. */
  stands(at: number): void {
    if (at >= 0) this.place = at;
  }

  scroll(lines: number): void {
    this.top = Math.max(0, Math.min(this.extent.last, this.top + lines));
  }

  /**
   * Brings it in line with what is, and tells the session what is looked at: before each frame.
   * @param shown whether the X-ray is on the screen
   */
  follow({state, session, boxSide}: Watched, shown: boolean): void {
    if (!state || !session) return;
    // On a fresh stage nothing of the old one is left.
    const keeper = state.stage?.keeperPid;
    if (keeper !== this.keeper) this.pid = undefined;
    this.keeper = keeper;
    if (shown && this.pid === undefined) this.choose(state.processes, boxSide);
    const {xray} = state;
    if (xray?.facts && xray.pid === this.pid) this.kept = {pid: xray.pid, facts: xray.facts};
    const wanted = shown ? (this.pid ?? null) : null;
    if (wanted === this.asked) return;
    this.asked = wanted;
    session.xray(wanted);
  }

  /** What is known of the process, and whether that is of the past. */
  seen(state: LabState): {facts: Facts | undefined; ended: boolean} {
    const {xray} = state;
    const facts = this.kept?.pid === this.pid ? this.kept?.facts : undefined;
    const gone = xray !== null && xray.pid === this.pid && xray.facts === null;
    return {facts, ended: gone};
  }

  private look(pid: number): void {
    if (pid !== this.pid) this.top = 0;
    this.pid = pid;
  }
}
