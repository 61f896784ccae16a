/** What doctor tells: findings with the labs that they matter to, and for each lab whether it runs here. */
import type {HostFinding, HostReport, Unmet} from '../../engine/index.ts';
import type {Words} from '../lab.ts';

export interface CheckedFinding extends HostFinding {
  /** Numbers of the labs that it matters to; 'all': to whatever is done here. */
  labs: string[] | 'all';
}

/** 'mapped': without root, inside a user namespace; 'broken': its lab.md has errors. */
export type Runs = 'yes' | 'mapped' | 'no' | 'broken';

export interface LabVerdict {
  number: string;
  id: string;
  title: Words;
  runs: Runs;
  /** What keeps it from running; empty unless `runs` is 'no'. */
  unmet: Unmet[];
}

export interface Checkup extends HostReport {
  findings: CheckedFinding[];
  labs: LabVerdict[];
}
