import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { archiveStanding } from '#libs/contracts/commands/archive-standing.ts';
import type { CountingMarks } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { PersonForm } from '#libs/contracts/person-form.ts';
import { beijing, type SimulatedClock } from '#libs/platform/clock/clock.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { takeOverClasses, takeOverEnrollments } from '#services/enrollment/take-over.ts';
import { takeOverPersons } from '#services/identity/take-over.ts';
import { otherTaiyuanPrimary, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl, idNumber } from '#test/service/enrollment/pupils.ts';
import { testServers } from '#test/support/database.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { coreNation } from '#test/support/registry.ts';
import { guardian } from '../transfer-desk.ts';

/** A clock that a run may set back to where every run begins. */
export type ResettableClock = SimulatedClock & { setTo(instant: string): void };

const resettableClock = (start: string): ResettableClock => {
  let at = Date.parse(start);
  const setTo = (instant: string): void => {
    at = Date.parse(instant);
  };
  return {
    now: () => beijing(at),
    today: () => beijing(at).slice(0, 10),
    moveTo: (instant) => setTo(beijing(Math.max(at, Date.parse(instant)))),
    setTo,
  };
};

/** Children that cases are about, and one more who takes a place away. */
export const CHILDREN = ['first', 'second', 'other'] as const;
export type Child = (typeof CHILDREN)[number];

/** The sending school, that into which it is to be merged, and two that take pupils in. */
export const PLACES = { source: taiyuanPrimary, successor: '2114000002', a: otherTaiyuanPrimary } as const;

export type Known = { person: string; name: string; number: string };

/** The services with their database, in which everything that is kept about the children is these runs' own. */
export type Ground = {
  network: TestNetwork;
  clock: ResettableClock;
  transfer: ServiceCore;
  enrollment: ServiceCore;
  /** Sees and writes the rows of every service. */
  admin: pg.Pool;
  schools: { source: SchoolFact; successor: SchoolFact; a: SchoolFact; b: SchoolFact };
  classes: { source: string; a: string; b: string };
  children: Record<Child, Known>;
  /** Two papers that were sent in at each receiving school, for each time that a case is put together. */
  papers: Record<'a' | 'b', { upload: string; kind: string }[][]>;
  stop(): Promise<void>;
};

/** In the second grade in the school year 2026: the first is closed in Shanxi in its first term. */
export const SECOND_GRADE = 2025;
const SEATS = 2;

const marks: CountingMarks = {
  ...{ gender: 'FEMALE', documentType: 'RESIDENT_ID', ethnicGroup: 'HAN' },
  ...{ boarder: false, leftBehind: false, migrant: false, residencePermit: false, disabled: false },
};

const profile = {
  ...{ currentAddress: null, householdAddress: null, politicalStatus: null, contactPhone: null },
  ...{ isBoarder: false, isLeftBehind: false, isMigrantChild: false, isDisabled: false },
  ...{ disabilityType: null, placementMode: null, hasResidencePermit: false, residencePermitIssuer: null },
  ...{ residencePermitIssueDate: null, commuteDistance: null, commuteMode: null },
};

const formOf = (name: string, number: string): PersonForm => ({
  ...{ name, formerName: null, gender: 'FEMALE', nationality: '156', overseasCategory: 'NONE' },
  ...{ ethnicGroup: '01', idDocumentType: 'RESIDENT_ID', idDocumentNumber: number, birthDate: '2018-05-06' },
  ...{ profile, guardians: [] },
});

const schoolOf = async ({ directory }: ServiceCore, code: string): Promise<SchoolFact> => {
  const found = await directory.school(code);
  if (found === undefined) throw new Error(`There is no school ${code}`);
  return found;
};

/** The merger of the sending school is decided: known everywhere before anybody has asked for the school. */
const decideMerger = (admin: pg.Pool): Promise<unknown> =>
  Promise.all(
    ['transfer', 'enrollment'].map((service) =>
      admin.query(
        `update ${service}.school_ref set fact = jsonb_set(fact, '{succession}', $2::jsonb) where code = $1`,
        [PLACES.source, JSON.stringify({ into: PLACES.successor, from: '2026-09-01', merger: randomUUID() })],
      ),
    ),
  );

const enter = async (network: TestNetwork, schools: Ground['schools'], classes: Ground['classes']) => {
  const [identity, enrollment] = [network.service('identity').core, network.service('enrollment').core];
  const { source, a, b } = schools;
  await takeOverClasses(
    enrollment,
    Object.entries({ source, a, b }).map(([key, school]) => ({
      ...{ id: classes[key as keyof typeof classes], school: school.code, place: school.place },
      ...{ stage: 'PRIMARY', entryYearAdj: SECOND_GRADE, name: '甲班', size: key === 'source' ? SEATS : 0 },
    })),
  );
  const known = CHILDREN.map((child, index) => {
    const number = idNumber('2018-05-06', index + 1);
    return [child, { person: randomUUID(), name: girl(index + 1).name, number }] as const;
  });
  const at = { school: source.code, place: source.place, province: source.province };
  const since = '2025-09-01T09:00:00+08:00';
  await takeOverPersons(
    identity,
    known.map(([, { person, name, number }], sequence) => ({
      ...{
        ...at,
        person,
        region: '140105',
        authority: '140105',
        form: formOf(name, number),
        sequence,
        since,
      },
    })),
  );
  const children = Object.fromEntries(known) as Ground['children'];
  await takeOverEnrollments(
    enrollment,
    [children.first, children.second].map(({ person }) => ({
      ...{ ...at, person, stage: 'PRIMARY', entryYearAdj: SECOND_GRADE, lastGrade: 6, since },
      ...{ schoolClass: classes.source, marks },
    })),
  );
  return children;
};

/** How often a case can be put together in one run, at each school. */
const MOST_PAPERS = 6;

const sendPapers = async (admin: pg.Pool, place: number): Promise<{ upload: string; kind: string }[][]> => {
  const sets = Array.from({ length: MOST_PAPERS }, () =>
    ['APPLICATION_FORM', 'REASON_PROOF'].map((kind) => ({ upload: randomUUID(), kind })),
  );
  for (const { upload } of sets.flat()) {
    await admin.query(
      `insert into enrollment.upload (upload_id, place, owner, purpose, media_type, size, sha256, state, file_id,
         requested_at, expires_at, received_at)
       values ($1, $2, 'registrar', 'EVIDENCE', 'application/pdf', 10, '\\x00', 'ACCEPTED', $3, now(), now(), now())`,
      [upload, place, randomUUID()],
    );
  }
  return sets;
};

/** Starts the services without their workers and relays: whoever plays takes the steps, and nothing else moves. */
export const startGround = async (): Promise<Ground> => {
  const clock = resettableClock('2026-09-02T09:00:00+08:00');
  const network = await startNetwork({
    services: ['organization', 'identity', 'enrollment', 'transfer'],
    template: coreNation,
    clock,
    withoutWorkers: true,
  });
  const { core: transfer } = network.service('transfer');
  const { core: enrollment } = network.service('enrollment');
  // Nothing of the archive stands against these transfers: it has no worker that could follow them here.
  const standing = { version: 1, underDiscipline: false, backedUp: true };
  const archive = await answerTo(transfer.bus, archiveStanding, async () => standing);
  const url = new URL(testServers().adminUrl);
  url.pathname = `/${transfer.config.NATS_PREFIX}`;
  const admin = new pg.Pool({ connectionString: url.href, max: 3 });
  // A connection that is lost while nobody uses it is made anew; a query on it tells of it.
  admin.on('error', () => undefined);
  await decideMerger(admin);
  await Promise.all(network.services.map(({ relay }) => relay.stop()));
  const classes = { source: randomUUID(), a: randomUUID(), b: randomUUID() };
  const [source, successor, a] = await Promise.all(
    [PLACES.source, PLACES.successor, PLACES.a].map((code) => schoolOf(transfer, code)),
  );
  if (!source?.succession || !successor || !a) throw new Error('The merger is not known');
  const all = await enrollment.directory.schoolsIn(0, Number.MAX_SAFE_INTEGER);
  const b = all.find(
    ({ county, code, kind }) => county === a.county && code !== a.code && kind === 'PRIMARY',
  );
  if (b === undefined) throw new Error('There is no second receiving school');
  const schools = { source, successor, a, b };
  const children = await enter(network, schools, classes);
  for (const child of ['first', 'second'] as const) {
    await admin.query(
      'insert into transfer.standing_ref (subject, person_id, since) values ($1, $2, now())',
      [guardian(child).sub, children[child].person],
    );
  }
  const papers = { a: await sendPapers(admin, a.place), b: await sendPapers(admin, b.place) };
  return {
    ...{ network, clock, transfer, enrollment, admin, schools, classes, children, papers },
    stop: async () => {
      await archive();
      await admin.end();
      await network.stop();
    },
  };
};
