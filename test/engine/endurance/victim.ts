/**
 * A session that ends itself between two operations of a container's plan: `kill` stands there, of the app, the keeper, the
 * guard, or several. Says who it is, then how many places there are, then how the making of the container went.
 */
import type {MutatePlan} from '../../../src/engine/index.ts';
import type {Op, Plan} from '../../../src/engine/plan/types.ts';
import {EngineStage} from '../../../src/engine/stage.ts';
import type {ContainerSpec} from '../../../src/engine/types.ts';

const {VICTIM_SPEC = '{}'} = process.env;
const [roles = '', place = '0'] = process.argv.slice(2);
const who: Record<string, number> = {app: process.pid};
const say = (what: object): void => console.log(JSON.stringify(what));

/** Kills before the operation at `place`: of main, then of the child. */
const mutate: MutatePlan = plan => {
  const {main, child = []} = plan as unknown as Plan;
  const kills = roles
    .split(',')
    .map((role): Op => ({call: 'kill', args: [who[role]!, 9], purpose: 'test', tolerate: 'any'}));
  const places = main.length + child.length;
  const at = Number(place) % places;
  say({places, at});
  const into = (ops: readonly Op[], i: number): Op[] => [...ops.slice(0, i), ...kills, ...ops.slice(i)];
  const changed = at < main.length ? {main: into(main, at)} : {child: into(child, at - main.length)};
  return {...plan, ...changed};
};

const stage = await EngineStage.open({hostname: 'victim', mutate});
Object.assign(who, {keeper: stage.keeperPid, guard: stage.keeper.guardPid});
say({id: stage.id, ...who});
const made = await stage.run('box', JSON.parse(VICTIM_SPEC) as ContainerSpec).then(
  () => 'made',
  error => (error as {code?: string}).code ?? String(error),
);
say({made});
setInterval(() => {}, 1000); // lives on, as the app would
