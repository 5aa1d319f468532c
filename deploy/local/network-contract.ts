import type { RunningService } from '#libs/platform/service/start.ts';

/** What the local runner hands to the network of services and gateway. */
export interface NetworkOptions {
  /** PostgreSQL account that may create databases and roles. */
  adminUrl: string;
  nats: { url: string; user: string; password: string };
  /** Folder for everything that the network keeps between starts; private to this user. */
  stateDir: string;
  /** TCP port of the graph. */
  port: number;
  /** Number of pupils of the demo nation. */
  scale: number;
  /** One process per service instead of all in this one. */
  processes: boolean;
  /** The servers begin empty: nothing of an earlier start is to be used. */
  fresh: boolean;
  /** Host and port of the database server, when it is not one of the runner's own. */
  databaseElsewhere: string | undefined;
  /** Tells of a step; `done` of `total` while it can be counted. A new step ends the one before. */
  onProgress(step: string, done?: number, total?: number): void;
  /** Tells the person at the terminal a sentence, while the network starts and later. */
  tell(sentence: string): void;
  /** Called when a process of the network was replaced, so that `pids` of the network are others. */
  onProcesses(): void;
  /** Aborted when the start is given up: the servers stop next, nobody waits for the network. */
  signal: AbortSignal;
  /** Where a business clock begins that stands until it is moved; the real one by default. */
  startsAt?: string | undefined;
  /** Variables of the gateway beside its own. */
  gateway?: Readonly<Record<string, string>>;
  /** Called with the services that run in this process, for who measures them. */
  onServices?(services: readonly RunningService[]): void;
}

/** An identity of the demo nation with a token that is good for the session. */
export interface DemoToken {
  name: string;
  level: string;
  token: string;
}

export interface Network {
  graphUrl: string;
  identities: DemoToken[];
  /** Processes of its own at this moment, besides this one. */
  readonly pids: number[];
  /** Operations to paste and other advice, one a line or block. */
  hints: string[];
  stop(): Promise<void>;
}

/** Starts the network on running servers. When it fails, it first stops what it had begun. */
export type StartNetwork = (options: NetworkOptions) => Promise<Network>;

/** An entry of `.local/identities.json`, which the network writes and `npm run token` reads. */
export interface DemoIdentity {
  name: string;
  level: string;
  /** Claims of its access token, without issuer, audience and times. */
  claims: Record<string, unknown>;
}
