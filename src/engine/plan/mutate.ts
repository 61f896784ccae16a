/** Changing a plan before it is carried out: what is seen of it from outside. */

/** The part of a plan that is looked at: the system calls of the keeper and of the container's first process. */
export interface PlanLike {
  readonly main: readonly {call: string; purpose: string}[];
  readonly child?: readonly {call: string; purpose: string}[];
}

/** Given a container's plan and its id, answers with the plan that is carried out instead. */
export type MutatePlan = <P extends PlanLike>(plan: P, id: string) => P;
