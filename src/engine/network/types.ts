/** What network a container gets: our one extension of the OCI runtime-spec, which leaves networks to its hooks. */

export interface NetworkSpec {
  /**
   * none: a network namespace of its own with nothing but loopback, which is up. host: the stage's. container:NAME: that of
   * another container. bridge: one of its own, with eth0 wired to a bridge on the stage. docs/engine.md
   */
  mode: 'none' | 'host' | 'bridge' | `container:${string}`;
  /** With bridge: "10.20.0.0/24". Containers with the same subnet share a bridge; without it, one that nobody uses is chosen. */
  subnet?: string;
  /** With bridge: "10.20.0.7". The lowest free one otherwise; the first of the subnet is the bridge's own. */
  address?: string;
  /** With bridge: bytes. */
  mtu?: number;
  /** With bridge: what the stage itself can reach is reached with the stage's address (masquerading). */
  nat?: boolean;
}

/** How one container is wired to a bridge: what its plan has to know. */
export interface Wiring {
  bridge: string;
  /** The end of the pair that stays on the stage; the other one is eth0 inside. */
  veth: string;
  gateway: string;
  address: string;
  /** Length of the subnet's prefix. */
  prefix: number;
  mtu?: number;
  nat?: {
    table: string;
    chain: string;
    /** ip_forward of the stage's network namespace is to be switched on. */
    forward: boolean;
  };
}
