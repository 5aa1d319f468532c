import { createHash, randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { demoExamRegistrations } from '#deploy/demo/admission-areas.ts';
import { demoCalendars, demoPromotions } from '#deploy/demo/calendars.ts';
import { CORE_SCHOOLS } from '#deploy/demo/core-schools.ts';
import { demoIdentities } from '#deploy/demo/identities.ts';
import { loadOrganization } from '#deploy/demo/load-organization.ts';
import { planNation } from '#deploy/demo/nation-plan.ts';
import { demoUnits } from '#deploy/demo/units.ts';
import { startFront } from '#deploy/network/front.ts';
import { type RegisterSimulator, startRegisterSimulator } from '#deploy/simulators/population-register.ts';
import { type Graph, loadGraph, readSupergraph } from '#gateway/federation/graph.ts';
import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import { type SimulatedClock, simulatedClock } from '#libs/platform/clock/clock.ts';
import { type Log, silentLog } from '#libs/platform/log/log.ts';
import {
  type SampleWorkbook,
  writeSampleWorkbook,
} from '#services/enrollment/import/sample/write-sample-workbook.ts';
import { testServers } from './database.ts';
import { startNetwork, type TestNetwork } from './network.ts';
import type { Template } from './templates.ts';
import { until } from './until.ts';

/** An answer of the graph; `Data` is what the test expects of it. */
export type GraphAnswer<Data> = {
  status: number;
  data: Data | null;
  errors: {
    message: string;
    path?: (string | number)[];
    extensions: { code?: string } & Record<string, unknown>;
  }[];
};

/** The whole registry: its services, the gateway, a population register, units, schools and calendars. */
export type Registry = {
  network: TestNetwork;
  clock: SimulatedClock;
  register: RegisterSimulator;
  gatewayUrl: string;
  /** Asks the graph as a demo identity (`null`: without a token). */
  ask<Data = Record<string, unknown>>(
    who: string | null,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<GraphAnswer<Data>>;
  token(who: string): Promise<string>;
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export type RegistryOptions = {
  start?: string;
  log?: (service: string) => Log;
  /** With the services of transfers and of archives, of which transfers ask; without them by default. */
  transfers?: boolean;
  /** With the services of certificates and of archives, which keep what certificates rest on; without them by default. */
  certificates?: boolean;
  /** With the service of complaints and slips; without it by default. */
  tickets?: boolean;
};

/** School year of the demo identities and calendars. */
const schoolYear = 2026;

/** What nearly every test is about; a registry that is not asked about transfers starts without their service. */
const usual = ['organization', 'identity', 'enrollment', 'statistics'] as const;
const all = [...usual, 'transfer', 'archive', 'certificate', 'complaint-ticket'] as const;

/** The services that a registry of these options starts. */
const servicesOf = ({
  transfers = false,
  certificates = false,
  tickets = false,
}: RegistryOptions): readonly ServiceName[] => [
  ...usual,
  ...(transfers ? (['transfer'] as const) : []),
  ...(transfers || certificates ? (['archive'] as const) : []),
  ...(certificates ? (['certificate'] as const) : []),
  ...(tickets ? (['complaint-ticket'] as const) : []),
];

/** The whole management tree, the core schools and the calendars, known to every service. */
export const coreNation: Template = {
  name: 'core',
  make: async (database) => {
    const network = await startNetwork({ services: all, keepAs: database });
    const plan = planNation({ scale: 200, schoolYear });
    await loadOrganization(network.service('organization').core, {
      units: demoUnits(),
      schools: plan.schools.slice(0, CORE_SCHOOLS.length),
      calendars: demoCalendars(),
      promotions: demoPromotions(),
      examRegistrations: demoExamRegistrations(),
    });
    await network.settled();
    await network.stop();
  },
};

/** Every subgraph of the graph: one that is not started is where nobody listens, as after the death of a service. */
const subgraphsOf = ({ services }: TestNetwork): { name: string; url: string }[] =>
  all.map((name) => services.find((each) => each.name === name) ?? { name, url: 'http://127.0.0.1:9' });

let loaded: Promise<Graph> | undefined;

/** The graph of the project, the same for every registry that a worker of the tests starts. */
const graphOfProject = (): Promise<Graph> => {
  loaded ??= readSupergraph().then((supergraph) => loadGraph(supergraph, silentLog));
  return loaded;
};

/** Starts the registry at a business time (2 September 2026, nine in the morning, unless told otherwise). */
export const startRegistry = async (options: RegistryOptions = {}): Promise<Registry> => {
  const clock = simulatedClock(options.start ?? '2026-09-02T09:00:00+08:00');
  const register = await startRegisterSimulator({ mismatchPerThousand: 0, absentPerThousand: 0, latency: 0 });
  const network = await startNetwork({
    services: servicesOf(options),
    template: coreNation,
    clock,
    registerUrl: register.url,
    log: options.log,
  });
  const { NATS_PREFIX: prefix } = network.service('enrollment').core.config;
  const gateway = await startFront(
    { oidc: network.issuer, nats: { ...testServers().nats, prefix } },
    {
      subgraphs: subgraphsOf(network),
      log: options.log?.('gateway'),
      graph: await graphOfProject(),
      // The clock leaps here, and no answer that was kept would follow it.
      environment: { RESPONSE_CACHE: 'off' },
    },
  );
  const identities = new Map(demoIdentities(schoolYear).map((identity) => [identity.name, identity]));
  const tokens = new Map<string, Promise<string>>();
  const token = (who: string): Promise<string> => {
    const identity = identities.get(who);
    if (identity === undefined) throw new Error(`There is no demo identity ${who}`);
    const issued = tokens.get(who) ?? network.tokenFor(identity.claims);
    tokens.set(who, issued);
    return issued;
  };
  return {
    network,
    clock,
    register,
    gatewayUrl: gateway.url,
    token,
    ask: async (who, query, variables = {}) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(who === null ? {} : { authorization: `Bearer ${await token(who)}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data = null, errors = [] } = (await response.json()) as Partial<GraphAnswer<never>>;
      return { status: response.status, data, errors };
    },
    settled: () => network.settled(),
    stop: async () => {
      await gateway.close();
      await network.stop();
      await register.close();
    },
  };
};

/** A workbook of first-graders as a school would send it, in memory. */
export const sampleWorkbook = async (order: {
  rows: number;
  bad: number;
  seed?: number;
  school?: string;
}): Promise<{ bytes: Buffer; sample: SampleWorkbook }> => {
  const sink = new PassThrough();
  const bytes = buffer(sink);
  const sample = await writeSampleWorkbook(
    {
      rows: order.rows,
      bad: order.bad,
      seed: order.seed ?? 7,
      entryYear: schoolYear,
      school: order.school ?? '小店区知行小学',
    },
    sink,
  );
  return { bytes: await bytes, sample };
};

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Announces, sends and completes an upload through the gateway; returns its id. */
export const upload = async (
  registry: Registry,
  who: string,
  school: string,
  bytes: Buffer,
  mediaType = xlsx,
): Promise<string> => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const requested = await registry.ask<{ requestUpload: { upload: { id: string; url: string } } }>(
    who,
    `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { upload { id url } findings { code } } }`,
    {
      input: {
        idempotencyKey: randomUUID(),
        name: 'pupils.xlsx',
        mediaType,
        size: bytes.length,
        sha256,
        school,
      },
    },
  );
  const announced = requested.data?.requestUpload.upload;
  if (!announced) throw new Error(`The upload was refused: ${JSON.stringify(requested.errors)}`);
  const { pathname, search } = new URL(announced.url);
  const sent = await fetch(`${registry.gatewayUrl}${pathname}${search}`, {
    method: 'PUT',
    body: new Uint8Array(bytes),
  });
  if (sent.status !== 201) throw new Error(`The file was refused: ${sent.status} ${await sent.text()}`);
  await registry.ask(
    who,
    `mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { upload { state } } }`,
    { input: { upload: announced.id } },
  );
  return announced.id;
};

export type RowTold = {
  item: number | null;
  outcome: string;
  code: string;
  message: string;
  ruleId: string | null;
};

export type JobView = {
  id: string;
  state: string;
  read: number;
  total: number | null;
  good: number;
  registered: number;
  already: number;
  held: number;
  warned: number;
  bad: number;
  reportUrl: string | null;
  fileProblem: { code: string; message: string } | null;
  notes: { code: string; message: string }[];
  badRows: { row: number; problems: RowTold[] }[];
  warnedRows: { row: number; refused: boolean; warnings: RowTold[] }[];
};

const rowTold = 'item outcome code message ruleId';
const jobFields = `id state read total good registered already held warned bad reportUrl
  fileProblem { code message } notes { code message } badRows(first: 200) { row problems { ${rowTold} } }
  warnedRows(first: 200) { row refused warnings { ${rowTold} } }`;

/** Starts an import and looks at it again and again until it is done. */
export const importWorkbook = async (
  registry: Registry,
  order: {
    who: string;
    school: string;
    bytes: Buffer;
    key: string;
    dryRun?: boolean;
    mediaType?: string;
    /** What the school states of pupils from abroad in the file. */
    overseas?: { locallyAdmitted?: boolean; jointProgramme?: boolean };
  },
): Promise<JobView> => {
  const id = await upload(registry, order.who, order.school, order.bytes, order.mediaType);
  const started = await registry.ask<{ startImport: { job: JobView } }>(
    order.who,
    `mutation ($input: StartImportInput!) { startImport(input: $input) { job { ${jobFields} } } }`,
    {
      input: {
        ...{ idempotencyKey: order.key, school: order.school, upload: id, dryRun: order.dryRun ?? false },
        overseas: order.overseas,
      },
    },
  );
  let job = started.data?.startImport.job;
  const isOver = async (): Promise<boolean> => {
    const seen = await registry.ask<{ importJob: JobView }>(
      order.who,
      `query ($id: ID!) { importJob(id: $id) { ${jobFields} } }`,
      { id: job?.id },
    );
    job = seen.data?.importJob;
    return job === undefined || job.state === 'DONE' || job.state === 'FAILED';
  };
  if (job !== undefined) {
    await until('the import is over', isOver, { within: 30_000, meanwhile: registry.network.workersTurn });
  }
  if (job === undefined) throw new Error(`The import did not start: ${JSON.stringify(started.errors)}`);
  return job;
};
