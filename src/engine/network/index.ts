/** The engine's knowledge of networks: how rtnetlink(7) is asked, from inside a network namespace, and read; bridges. */
export {dumpPlan, dumpsOf} from './dump.ts';
export {inNetwork} from './joined.ts';
export {explainNat, type Lease, Networks} from './networks.ts';
export {planNetwork, planNetworkUndo} from './plan.ts';
export {
  addressesOf,
  addressText,
  type Device,
  devicesOf,
  dumpRequest,
  type Message,
  RTM,
  readDump,
  routesOf,
} from './rtnetlink.ts';
export {showRequest} from './show.ts';
export type {NetworkSpec, Wiring} from './types.ts';
