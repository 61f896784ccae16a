/** The networks of one stage: who is wired to which bridge with which address, and what goes with whom. */
import {EngineError} from '../errors.ts';
import type {Keeper} from '../keeper.ts';
import {readOut} from '../plan/answer.ts';
import {encode} from '../plan/encode.ts';
import {callFailed} from '../plan/failure.ts';
import type {Plan} from '../plan/types.ts';
import {dumpPlan, dumpsOf} from './dump.ts';
import {
  addressNumber,
  addressOf,
  around,
  freeAddress,
  freeSubnet,
  holds,
  isUsable,
  overlap,
  readSubnet,
  type Subnet,
  subnetText,
  type Used,
} from './ipv4.ts';
import {planForwarding, planUnwire} from './plan.ts';
import {devicesOf, usedOf} from './rtnetlink.ts';
import type {NetworkSpec, Wiring} from './types.ts';

interface Network {
  bridge: string;
  subnet: Subnet;
  /** Who has which address. */
  leases: Map<number, string>;
  /** The one for containers that wish for nothing. */
  usual: boolean;
}

/** A container's place in a network, until it leaves. */
export interface Lease {
  readonly wiring: Wiring;
  readonly network: Network;
  readonly address: number;
}

export interface NetworksInput {
  keeper: Keeper;
  /** The stage's. */
  id: string;
  kind: 'private' | 'real-host';
  /** Told before a bridge is made that would outlive its keeper, with all of them. */
  note(bridges: readonly string[], table: string): Promise<void>;
}

export class Networks {
  private readonly input: NetworksInput;
  private readonly networks: Network[] = [];
  private readonly natted = new Set<Lease>();
  private count = 0;
  private bridges = 0;
  /** What ip_forward was before we switched it on. */
  private forward: string | undefined;
  /** One after the other: who looks for a free address must not be overtaken. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(input: NetworksInput) {
    this.input = input;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work, work);
    this.turn = done.catch(() => {});
    return done;
  }

  private get table(): string {
    return `gb-${this.input.id}`;
  }

  private async carryOut(plan: Plan): Promise<ReturnType<typeof readOut>> {
    const {answer} = await this.input.keeper.run(encode(plan));
    const failed = callFailed(answer);
    if (failed) throw new EngineError(failed);
    return readOut(answer);
  }

  /**
   * A place for container `id`. Rejects with 'network.taken' {subnet, with}, 'network.address' {address, subnet},
   * 'network.address-taken' {address, by}, 'network.full' {subnet}, 'network.no-subnet', 'network.unseen', 'network.no-forward'.
   */
  join(id: string, spec: NetworkSpec): Promise<Lease> {
    return this.inTurn(() => this.joinNow(id, spec));
  }

  private async joinNow(id: string, spec: NetworkSpec): Promise<Lease> {
    const {kind} = this.input;
    const forward = spec.nat ? await this.forwarding() : undefined;
    // On the machine itself this is the machine's to decide.
    if (spec.nat && kind === 'real-host' && forward !== '1') {
      throw new EngineError({code: 'network.no-forward', params: {id}});
    }
    const network = this.known(spec) ?? (await this.make(spec));
    const address = addressFor(spec, network);
    const {bridge, subnet} = network;
    const veth = `gb${this.input.id}v${this.count++}`;
    const wiring: Wiring = {
      bridge,
      veth,
      gateway: addressOf(subnet.base + 1),
      address: addressOf(address),
      prefix: subnet.prefix,
      ...(spec.mtu !== undefined && {mtu: spec.mtu}),
      ...(spec.nat && {nat: {table: this.table, chain: veth, forward: kind === 'private'}}),
    };
    if (!this.networks.includes(network)) {
      this.networks.push(network);
      if (kind === 'real-host') await this.note();
    }
    const lease: Lease = {wiring, network, address};
    network.leases.set(address, id);
    if (spec.nat) {
      if (this.natted.size === 0) this.forward = forward;
      this.natted.add(lease);
    }
    return lease;
  }

  /** ip_forward of the namespace that the keeper is in. */
  private async forwarding(): Promise<string> {
    return (await this.carryOut(planForwarding())).out.forward!.toString('latin1', 0, 1);
  }

  private note(): Promise<void> {
    return this.input.note(
      this.networks.map(network => network.bridge),
      this.table,
    );
  }

  private known({subnet, address}: NetworkSpec): Network | undefined {
    if (subnet !== undefined) return this.networks.find(network => subnetText(network.subnet) === subnet);
    const number = address === undefined ? undefined : addressNumber(address);
    const there = number === undefined ? undefined : this.networks.find(network => holds(network.subnet, number));
    return there ?? this.networks.find(network => network.usual);
  }

  /** A network that is not there yet: with the subnet that is wished for, the /24 of the address, or a free one. */
  private async make({subnet: wish, address}: NetworkSpec): Promise<Network> {
    const used = await this.used();
    const number = address === undefined ? undefined : addressNumber(address);
    const wished = wish === undefined ? number !== undefined && around(number, 24) : readSubnet(wish);
    const clash = wished && used.find(one => overlap(one.subnet, wished));
    if (wished && clash) {
      throw new EngineError({code: 'network.taken', params: {subnet: subnetText(wished), with: clash.what}});
    }
    const start = this.input.kind === 'real-host' ? Number.parseInt(this.input.id, 16) : 0;
    const subnet = wished || freeSubnet(used, start);
    if (!subnet) throw new EngineError({code: 'network.no-subnet', params: {}});
    const bridge = `gb${this.input.id}b${this.bridges++}`;
    return {bridge, subnet, leases: new Map(), usual: wish === undefined};
  }

  /** Every address and route where the keeper is. */
  private async used(): Promise<Used[]> {
    const {out, results} = await this.carryOut(dumpPlan());
    const {links, addresses, routes} = dumpsOf(out, results);
    if (!links || !addresses || !routes) throw new EngineError({code: 'network.unseen', params: {}});
    const devices = new Map(devicesOf(links).map(({index, name}) => [index, name]));
    // Bridges of ours whose containers are just being made.
    const ours = this.networks.map(({subnet, bridge}) => ({subnet, what: `${subnetText(subnet)} dev ${bridge}`}));
    return [...usedOf([...addresses, ...routes], index => devices.get(index)), ...ours];
  }

  /** What a container had goes, and with the last one its bridge. Rejects with 'call.failed', 'keeper.lost'. */
  leave(lease: Lease): Promise<void> {
    return this.inTurn(() => this.leaveNow(lease));
  }

  private async leaveNow({wiring, network, address}: Lease): Promise<void> {
    const lease = [...this.natted].find(one => one.wiring === wiring);
    network.leases.delete(address);
    if (lease) this.natted.delete(lease);
    const last = network.leases.size === 0;
    if (last) this.networks.splice(this.networks.indexOf(network), 1);
    const lastNat = lease !== undefined && this.natted.size === 0;
    const before = this.input.kind === 'private' && lastNat ? this.forward : undefined;
    const plan = planUnwire({
      veth: wiring.veth,
      ...(wiring.nat && {nat: wiring.nat}),
      ...(last && {bridge: network.bridge}),
      ...(lastNat && {table: this.table}),
      ...(before !== undefined && {forward: before}),
    });
    await this.carryOut(plan);
    if (last && this.input.kind === 'real-host') await this.note();
  }
}

function addressFor({address: wish}: NetworkSpec, {subnet, leases}: Network): number {
  const text = subnetText(subnet);
  if (wish === undefined) {
    const free = freeAddress(subnet, new Set(leases.keys()));
    if (free === undefined) throw new EngineError({code: 'network.full', params: {subnet: text}});
    return free;
  }
  const number = addressNumber(wish);
  if (number === undefined || !isUsable(subnet, number)) {
    throw new EngineError({code: 'network.address', params: {address: wish, subnet: text}});
  }
  const by = leases.get(number);
  if (by !== undefined) throw new EngineError({code: 'network.address-taken', params: {address: wish, by}});
  return number;
}

/** What the kernel says where it has no nf_tables, or not the parts that NAT needs. */
const lacking = ['EPROTONOSUPPORT', 'EAFNOSUPPORT', 'EOPNOTSUPP', 'EINVAL', 'ENOENT'];

/** NAT that this kernel cannot do is told by its name: 'network.no-nat' {errno}. Other errors come back as they are. */
export function explainNat(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const {call, journal} = error.info;
  if (call?.purpose !== 'network.nat' || !lacking.includes(call.errno ?? '')) return error;
  return new EngineError({code: 'network.no-nat', params: {errno: call.errno!}, call, ...(journal && {journal})});
}
