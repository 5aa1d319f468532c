import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { atLeast, type Bench, type BenchContext, type Measure, noMoreThan } from '#deploy/bench/bench.ts';
import { hiveKinds, isHiveInstalled } from '#deploy/bench/gateway-hive.ts';
import { askOnce, closedLoad, connected, type Order, openLoad } from '#deploy/bench/gateway-load.ts';
import type { GatewayOrder } from '#deploy/bench/gateway-process.ts';
import { type GatewayQuestion, gatewayQuestions } from '#deploy/bench/gateway-questions.ts';
import { medianOf, shareOf } from '#deploy/bench/samples.ts';
import { readSubgraphs } from '#deploy/generate/subgraphs.ts';

type Kind = GatewayOrder['kind'];
const kinds: readonly Kind[] = ['ours', 'kept', 'stock', 'bare', ...(isHiveInstalled() ? hiveKinds : [])];
type Gateway = {
  url: string;
  cpuMicros(): Promise<number>;
  /** Lets the process run while this goes on; it stands still at all other times. */
  during<T>(work: () => Promise<T>): Promise<T>;
};
type Gateways = Record<Kind, Gateway>;
type Figures = { micros: number; perSecond: number };

const issuer = 'https://issuer.bench';
const audience = 'xueji';
/** Short turns and many: what goes on beside them on the machine then meets all gateways alike. */
const rounds = 9;
/** Of the slowest hundredth more of both: a few answers decide over it, and the machine over some of them. */
const tailRounds = 15;
const callers = 50;
const mostConnections = 200;
const usualSeconds = 0.7;
/** Milliseconds after which every gateway runs compiled code. */
const warmUp = 3_000;
/** Milliseconds before each round in which a gateway that stood idle gets back to that. */
const leadIn = 300;

/** Of the machine, asked before this process is kept on one of them. */
const cores = availableParallelism();

/** Keeps a process on some cores, where the machine has several and a way to say so: gateways never share theirs. */
const pin = (pid: number | undefined, these: string): void => {
  if (cores < 2 || pid === undefined) return;
  spawnSync('taskset', ['-a', '-c', '-p', these, String(pid)], { stdio: 'ignore' });
};

const told = async (child: ChildProcess): Promise<Record<string, number>> => {
  const heard = new AbortController();
  const { signal } = heard;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('a process of the benchmark ended');
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [
      Record<string, number>,
    ];
    return message;
  } finally {
    ended.catch(() => undefined);
    heard.abort();
  }
};

const start = async (children: ChildProcess[], file: string, core: string, order?: object) => {
  const child = fork(new URL(file, import.meta.url));
  children.push(child);
  if (order) child.send(order);
  const { port } = await told(child);
  pin(child.pid, core);
  return { child, url: `http://127.0.0.1:${port}` };
};

const signer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('Ed25519');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA' }] };
  const scope = 'student:read student:identity student:guardian student:contact';
  const token = new SignJWT({ name: '经办人', level: 'COUNTY', unit: '410503', roles: ['REGISTRAR'], scope })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'bench' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('bench')
    .setIssuedAt()
    .setExpirationTime('2h');
  return { keys, authorization: `Bearer ${await token.sign(privateKey)}` };
};

/** Gateways that nobody asks have work of their own nevertheless, which would take the caches from the one that is asked. */
const duringOf =
  (child: ChildProcess): Gateway['during'] =>
  async (work) => {
    child.kill('SIGCONT');
    try {
      return await work();
    } finally {
      child.kill('SIGSTOP');
    }
  };

type Scene = { gateways: Gateways; orderOf(kind: Kind, question: GatewayQuestion): Order };

/** The gateways before one process of subgraphs, each having answered each question, all alike. */
const setUp = async (children: ChildProcess[]): Promise<Scene> => {
  const { keys, authorization } = await signer();
  const services = (await readSubgraphs(new URL('../../', import.meta.url))).map(({ name }) => name);
  const { url: subgraphs } = await start(children, './gateway-subgraphs.ts', '1');
  const started = await Promise.all(
    kinds.map(async (kind): Promise<[Kind, Gateway]> => {
      const order: GatewayOrder = { kind, subgraphs, services, keys, issuer, audience };
      const { child, url } = await start(children, './gateway-process.ts', '0', order);
      const cpuMicros = async (): Promise<number> => {
        child.send({});
        return (await told(child)).cpuMicros ?? 0;
      };
      return [kind, { url, cpuMicros, during: duringOf(child) }];
    }),
  );
  const gateways = Object.fromEntries(started) as Gateways;
  const orderOf = (kind: Kind, { query, variables }: GatewayQuestion): Order => ({
    url: gateways[kind].url,
    authorization,
    body: JSON.stringify({ query, variables }),
  });
  for (const question of gatewayQuestions) {
    const { text: answer } = await askOnce(orderOf('stock', question));
    const { body } = orderOf('bare', question);
    await fetch(`${subgraphs}/learn`, { method: 'POST', body: JSON.stringify({ body, answer }) });
    for (const kind of kinds.filter((each) => each !== 'stock')) {
      const { text: theirs } = await askOnce(orderOf(kind, question));
      if (sorted(theirs) !== sorted(answer)) throw new Error(`${kind} answers ${question.name} otherwise`);
    }
    await askOnce(orderOf('kept', question));
    const { cache } = await askOnce(orderOf('kept', question));
    if ((cache === 'hit') !== question.isKept)
      throw new Error(`${question.name} came out of the cache: ${cache}`);
  }
  for (const kind of kinds) await gateways[kind].during(async () => undefined);
  return { gateways, orderOf };
};

/** The JSON with the fields of every object in the order of their names. */
const sorted = (text: string): string =>
  JSON.stringify(JSON.parse(text), (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );

const loadOnce = (
  { gateways, orderOf }: Scene,
  kind: Kind,
  question: GatewayQuestion,
  millis: { leadIn: number; measured: number },
): Promise<Figures> =>
  gateways[kind].during(() =>
    connected(orderOf(kind, question), callers, async (ask) => {
      await closedLoad(ask, callers, millis.leadIn);
      const before = await gateways[kind].cpuMicros();
      const begun = performance.now();
      const answers = await closedLoad(ask, callers, millis.measured);
      const seconds = (performance.now() - begun) / 1000;
      return {
        micros: ((await gateways[kind].cpuMicros()) - before) / answers,
        perSecond: answers / seconds,
      };
    }),
  );

/** Median figures of each gateway for one question; the gateways take turns. */
const figuresOf = async (scene: Scene, question: GatewayQuestion, millis: number) => {
  const all = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<Kind, Figures[]>;
  for (const kind of kinds) await loadOnce(scene, kind, question, { leadIn: warmUp, measured: millis });
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) {
      all[kind].push(await loadOnce(scene, kind, question, { leadIn, measured: millis }));
    }
  }
  const median = (kind: Kind): Figures => ({
    micros: medianOf(all[kind].map(({ micros }) => micros)),
    perSecond: medianOf(all[kind].map(({ perSecond }) => perSecond)),
  });
  return Object.fromEntries(kinds.map((kind) => [kind, median(kind)])) as Record<Kind, Figures>;
};

/** Milliseconds of the slowest hundredth of answers, of this gateway and of stock, at so many requests a second. */
const slowest = async (scene: Scene, question: GatewayQuestion, perSecond: number, millis: number) => {
  const all = { ours: [] as number[], stock: [] as number[] };
  for (let round = 0; round < tailRounds; round++) {
    for (const kind of ['ours', 'stock'] as const) {
      const times = await scene.gateways[kind].during(() =>
        connected(scene.orderOf(kind, question), mostConnections, async (ask) => {
          await openLoad(ask, perSecond, leadIn);
          return openLoad(ask, perSecond, millis);
        }),
      );
      all[kind].push(shareOf(times, 0.99));
    }
  }
  return { ours: medianOf(all.ours), stock: medianOf(all.stock) };
};

const measure = async (scene: Scene, { options, say }: BenchContext): Promise<Measure[]> => {
  const millis = (options.seconds ?? usualSeconds) * 1000;
  const measures: Measure[] = [];
  if (!isHiveInstalled()) say('Hive Gateway is not installed: compared with Apollo Gateway alone');
  let stockRate = 0;
  for (const question of gatewayQuestions) {
    const figures = await figuresOf(scene, question, millis);
    const line = kinds.map((kind) => {
      const { micros, perSecond } = figures[kind];
      return `${kind} ${Math.round(micros)} µs, ${Math.round(perSecond)}/s`;
    });
    say(`${question.about}: ${line.join(' · ')}`);
    if (question.name === 'record') stockRate = figures.stock.perSecond;
    const ratio = figures.stock.micros / figures.ours.micros;
    measures.push(atLeast(`gateway.${question.name}_vs_stock`, ratio, 'times', 5));
    if (question.isKept) {
      const hit = figures.kept.micros / figures.bare.micros;
      measures.push(noMoreThan('gateway.cache_hit_vs_bare_hop', hit, 'of a bare hop', 1.5));
    }
    const others = hiveKinds.flatMap((kind) => figures[kind]?.micros ?? []);
    if (others.length === 0) continue;
    const best = Math.min(figures.stock.micros, ...others) / figures.ours.micros;
    measures.push(atLeast(`gateway.${question.name}_vs_best_node`, best, 'times', 3));
  }
  const [record] = gatewayQuestions;
  if (record) {
    const { ours, stock } = await slowest(scene, record, stockRate / 2, 4 * millis);
    say(
      `slowest hundredth at ${Math.round(stockRate / 2)}/s: ours ${ours.toFixed(1)} ms, stock ${stock.toFixed(1)} ms`,
    );
    measures.push(noMoreThan('gateway.p99_vs_stock', ours / stock, 'of stock', 0.5));
  }
  return measures;
};

/** Processor time of one request through this gateway with all it does, against others as their guides set them up. */
export const gatewayBench: Bench = {
  name: 'gateway',
  summary: 'processor time of a request through this gateway, Apollo Gateway, Hive Gateway, and a bare hop',
  run: async (context) => {
    const children: ChildProcess[] = [];
    pin(process.pid, '1');
    try {
      return await measure(await setUp(children), context);
    } finally {
      pin(process.pid, `0-${cores - 1}`);
      for (const child of children) {
        child.kill('SIGCONT');
        if (child.connected) child.disconnect();
      }
    }
  },
};
