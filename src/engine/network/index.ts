/** The engine's knowledge of networks: how rtnetlink(7) is asked, from inside a network namespace, and read. */
export {dumpPlan, dumpsOf} from './dump.ts';
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
