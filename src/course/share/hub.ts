/** In a demo's process: tells everyone who looks on what happens, the speaker with the notes and the class without them. */
import {chmodSync, existsSync, renameSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {release} from 'node:os';
import path from 'node:path';
import type {Event} from '../events.ts';
import type {Lab} from '../lab.ts';
import type {RecordingHead} from '../record/format.ts';
import {version} from '../session/version.ts';
import type {Session} from '../session.types.ts';
import {Backlog, type Entry, textOf} from './backlog.ts';
import {Followers} from './followers.ts';
import {type ShareLine, shareLine} from './lines.ts';
import {type Audience, claimFolder, dropFolder, type Places, placesOf, remove, sweepFolder} from './places.ts';
import {publicEvent, publicLab, revealed} from './public.ts';

export interface HubOptions {
  /** Also a socket for everyone on the machine, without the notes. */
  share?: boolean;
  places?: Places;
  /** Names the sockets: the demo's PID. */
  pid?: number;
}

/** Why a socket could not be opened: nothing of the demo hangs on it. */
export interface ShareProblem {
  audience: Audience;
  folder: string;
  /** A code of errno(3), or 'symlink' | 'owner' | 'long'. */
  reason: string;
}

export interface Hub {
  /** Paths of the sockets that could be opened. */
  readonly sockets: Partial<Record<Audience, string>>;
  readonly problems: readonly ShareProblem[];
  /** How many look on now. */
  readonly followers: Record<Audience, number>;
  onFollowers(listener: () => void): () => void;
  /** The next lab: all that happened in it so far, and all that will. @returns ends the telling */
  tell(session: Session): () => void;
  lab(lab: Lab): void;
  /** Takes microseconds: everything is written out later, and to nobody who does not take it. */
  event(event: Event): void;
  /** Says that the demo has ended and removes the sockets. Safe to call twice. */
  close(): Promise<void>;
}

/** Events are gathered this long, so that a flood is written in few pieces. Milliseconds. */
const GATHER_MS = 15;
/** Each follower takes a file descriptor of the demo's. */
const FOLLOWERS_MAX = 600;

interface Channel {
  audience: Audience;
  backlog: Backlog;
  followers: Followers;
  fresh: Entry[];
  server: Server;
  socket: string;
}

/** Opens the sockets, and removes those of demos that were killed. Never fails: what could not be opened is in `problems`. */
export async function openHub({share = false, places = placesOf(), pid = process.pid}: HubOptions = {}): Promise<Hub> {
  const hub = new OpenHub();
  await hub.open('notes', places.notes, places.uid, pid);
  if (share) await hub.open('share', [places.share], places.uid, pid);
  return hub;
}

class OpenHub implements Hub {
  readonly sockets: Partial<Record<Audience, string>> = {};
  readonly problems: ShareProblem[] = [];
  readonly #channels: Channel[] = [];
  readonly #listeners = new Set<() => void>();
  #lab: Lab | undefined;
  readonly #revealed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #counted = false;
  #closing: Promise<void> | undefined;

  get followers(): Record<Audience, number> {
    const count = (audience: Audience) => this.#channels.find(one => one.audience === audience)?.followers.count ?? 0;
    return {notes: count('notes'), share: count('share')};
  }

  async open(audience: Audience, folders: string[], uid: number, pid: number): Promise<void> {
    for (const folder of folders) {
      let reason = claimFolder(folder, uid, audience) ?? (await this.#listen(audience, folder, pid));
      // Another demo has just ended and taken the empty folder along; libuv says EACCES for ENOENT.
      if ((reason === 'ENOENT' || reason === 'EACCES') && !existsSync(folder))
        reason = claimFolder(folder, uid, audience) ?? (await this.#listen(audience, folder, pid));
      if (reason === undefined) return;
      if (folder === folders.at(-1)) this.problems.push({audience, folder, reason});
    }
  }

  onFollowers(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(session: Session): () => void {
    this.lab(session.lab);
    for (const event of session.events) this.event(event);
    return session.onEvent(event => this.event(event));
  }

  lab(lab: Lab): void {
    this.#lab = lab;
    this.#revealed.clear();
    this.#add(audience => [{kind: 'lab', lab: audience === 'notes' ? lab : publicLab(lab)}]);
  }

  event(event: Event): void {
    const lab = this.#lab;
    if (!lab) return;
    this.#add(audience => {
      if (audience === 'notes') return [{kind: 'event', event}];
      const shown = publicEvent(event);
      if (!shown) return [];
      return [...this.#reveal(lab, event), {kind: 'event', event: shown}];
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #add(lines: (audience: Audience) => ShareLine[]): void {
    for (const channel of this.#channels) {
      for (const line of lines(channel.audience)) {
        const entry: Entry = {line};
        channel.backlog.add(entry);
        if (channel.followers.count > 0) channel.fresh.push(entry);
      }
    }
    this.#soon();
  }

  /** What an event shows for the first time. */
  #reveal(lab: Lab, event: Event): ShareLine[] {
    const fresh = revealed(lab, event).filter(one => !this.#revealed.has(JSON.stringify(one)));
    for (const reveal of fresh) this.#revealed.add(JSON.stringify(reveal));
    return fresh.map(reveal => ({kind: 'reveal', reveal}));
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const channel of this.#channels) {
      const lines = channel.fresh.map(textOf);
      channel.fresh = [];
      if (this.#counted && channel.audience === 'notes') lines.push(this.#count());
      if (lines.length > 0 && channel.followers.count > 0) channel.followers.send(Buffer.concat(lines));
    }
    this.#counted = false;
  }

  #count(): Buffer {
    return shareLine({kind: 'followers', ...this.followers});
  }

  async #listen(audience: Audience, folder: string, pid: number): Promise<string | undefined> {
    await sweepFolder(folder);
    const socket = path.join(folder, `${pid}.sock`);
    // It gets its name once somebody listens: whoever finds a socket at which nobody does may remove it.
    const draft = path.join(folder, `${pid}.new`);
    remove(draft);
    const followers = new Followers(() => this.#someone());
    const backlog = new Backlog();
    backlog.head({line: head()});
    const server = createServer(connection => {
      this.#flush();
      const first = backlog.lines();
      followers.add(connection, audience === 'notes' ? [...first, this.#count()] : first);
    });
    server.maxConnections = FOLLOWERS_MAX;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(draft, resolve);
      });
      chmodSync(draft, audience === 'notes' ? 0o600 : 0o666);
      renameSync(draft, socket);
    } catch (error) {
      server.close();
      remove(draft);
      return (error as NodeJS.ErrnoException).code ?? 'EIO';
    }
    // A connection that could not be accepted (EMFILE) is the follower's trouble.
    server.on('error', () => {});
    this.#channels.push({audience, backlog, followers, fresh: [], server, socket});
    this.sockets[audience] = socket;
    return undefined;
  }

  #someone(): void {
    this.#counted = true;
    this.#soon();
    for (const listener of [...this.#listeners]) listener();
  }

  async #close(): Promise<void> {
    this.#flush();
    await Promise.all(
      this.#channels.map(async ({server, socket, followers}) => {
        remove(socket);
        server.close();
        dropFolder(path.dirname(socket));
        await followers.close(shareLine({kind: 'end'}));
      }),
    );
    clearTimeout(this.#timer);
    this.#channels.length = 0;
  }
}

function head(): RecordingHead {
  return {
    kind: 'recording',
    format: 'glassbox',
    version: 1,
    app: version,
    at: new Date().toISOString(),
    kernel: release(),
  };
}
