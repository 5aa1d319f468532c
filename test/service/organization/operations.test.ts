import { randomUUID } from 'node:crypto';
import { rebuildSignal } from '#libs/contracts/commands/standing.ts';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { EnrollmentRegistered } from '#libs/contracts/events/enrollment.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { createReadTrail } from '#libs/platform/audit/read-audit.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import type { LogPage } from '#libs/platform/events/fetch-log.ts';
import type { Logged, LogHead } from '#libs/platform/events/log.ts';
import { type ClockRows, countClocks } from '#libs/platform/standing/clock-counts.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { until } from '#test/support/until.ts';
import { refusal } from './situation.ts';

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork({ services: ['organization', 'archive'] });
});
afterAll(() => network?.stop());

type Standing = {
  name: string;
  answers: boolean;
  version: string | null;
  own: { waiting: number; head: number; unpublished: number } | null;
  consumers: { consumer: string; source: string; behind: number | null; parked: number; refused: boolean }[];
  parked: { consumer: string; source: string; reason: string; events: number; firstSeq: number }[];
  rebuilds: { job: string; consumer: string; read: number; total: number | null }[];
  clocks: { kind: string; open: number; overdue: number }[];
  reads: { day: string; operations: number; persons: number }[];
};
type Operations = { operations: { asOf: string; services: Standing[] } };

const operations = `{ operations { asOf services { name answers version since own { waiting head unpublished }
  consumers { consumer source behind waitingSeconds parked refused }
  parked { consumer source reason events aggregates firstSeq }
  rebuilds { job consumer compareOnly seconds read total } clocks { kind open overdue oldest }
  reads { day operations persons } } } }`;

const operator = {
  ...{ sub: 'operator', name: 'operator', unit: '000000', level: 'MINISTRY', department: 'TECHNICAL' },
  ...{ roles: ['INFORMATION_CENTRE'], scope: 'operations:read' },
};
const as = async (claims: object | null) =>
  network.graphql<Operations>(
    'organization',
    claims === null ? null : await network.tokenFor({ ...claims }),
    operations,
  );

const standings = async (): Promise<Standing[]> => {
  const { data, errors } = await as(operator);
  expect(errors).toEqual([]);
  return data?.operations.services ?? [];
};
const standing = async (name: string): Promise<Standing | undefined> =>
  (await standings()).find((each) => each.name === name);

/** A service once it stands so: what is told over the bus arrives, and answers are kept for a moment. */
const seen = async (name: string, isSo: (found: Standing) => boolean): Promise<Standing> => {
  let found: Standing | undefined;
  await until(`${name} stands so`, async () => {
    found = await standing(name);
    return found !== undefined && isSo(found);
  });
  if (found === undefined) throw new Error(`${name} is not shown`);
  return found;
};

/** Plays the log of a source that does not run: its events come to those who follow it. */
const playLog = (source: string, head: LogHead, entries: Logged[]): Promise<Stop> => {
  const page: LogPage = { head, entries };
  return network.service('organization').core.bus.answer(`log.${source}`, async () => page);
};

describe('how the services stand', () => {
  test('every service is shown: those that run with what they are, the others as not answering', async () => {
    const shown = await standings();
    expect(shown.map(({ name }) => name)).toEqual([...SERVICES]);
    expect(shown.filter(({ answers }) => answers).map(({ name }) => name)).toEqual([
      'organization',
      'archive',
    ]);
    expect(shown.find(({ name }) => name === 'archive')).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      own: { waiting: 0, head: 0, unpublished: 0 },
      parked: [],
      rebuilds: [],
      clocks: [{ kind: 'HAND_OVER', open: 0, overdue: 0 }],
    });
    expect(shown.find(({ name }) => name === 'transfer')).toMatchObject({
      ...{ answers: false, version: null, own: null },
      ...{ consumers: [], parked: [], rebuilds: [], clocks: [], reads: [] },
    });
  });

  test('an event that cannot be applied is shown where it is parked, without saying of whom it tells', async () => {
    const broken = {
      ...{ type: EnrollmentRegistered.type, subject: randomUUID(), told: '110101199003070011' },
    } as unknown as Envelope;
    const stop = await playLog('enrollment', { seq: 1, epoch: randomUUID() }, [{ seq: 1, event: broken }]);
    const { parked } = await seen('archive', (found) => found.parked.length > 0);
    expect(parked[0]).toMatchObject({ source: 'enrollment', events: 1, firstSeq: 1 });
    const { data } = await as(operator);
    expect(JSON.stringify(data)).not.toContain(broken.subject);
    expect(JSON.stringify(data)).not.toContain('110101199003070011');
    await stop();
  });

  test('a consumer that is behind its source is shown with how far', async () => {
    const stop = await playLog('certificate', { seq: 7, epoch: randomUUID() }, []);
    const { consumers } = await seen('archive', (found) =>
      found.consumers.some(({ source, behind }) => source === 'certificate' && behind === 7),
    );
    expect(consumers.filter(({ refused }) => refused)).toEqual([]);
    await stop();
  });

  test('a rebuild is shown while it tells that it runs, in whatever process it does', async () => {
    const { bus } = network.service('archive').core;
    const sign = {
      ...{ job: 'one', consumer: 'directory', compareOnly: true, read: 40, ended: false },
      seconds: 3,
    };
    bus.signal(rebuildSignal('archive'), sign);
    const { rebuilds } = await seen('archive', (found) => found.rebuilds.length > 0);
    expect(rebuilds).toMatchObject([{ job: 'one', consumer: 'directory', read: 40 }]);
    bus.signal(rebuildSignal('archive'), { ...sign, ended: true });
    await seen('archive', (found) => found.rebuilds.length === 0);
  });

  test('a clock is over when its last day has passed, not on it; a provisional day is never over', async () => {
    const rows = `(date '2026-03-01', false), (date '2026-02-27', false), (date '2026-03-02', false), (date '2026-02-01', true)`;
    const open = `from (values ${rows}) as known (due_on, provisional) where true`;
    const clocks: ClockRows = { kind: 'TICKET', open, due: 'due_on', firm: 'not provisional' };
    expect(await countClocks(network.service('archive').core.worker, [clocks], '2026-03-02')).toEqual([
      { kind: 'TICKET', open: 4, overdue: 2, oldest: '2026-02-27' },
    ]);
  });

  test('readings are counted by day: how many, never of whom', async () => {
    const { app, clock } = network.service('archive').core;
    const persons = [randomUUID(), randomUUID()];
    const trail = createReadTrail({ orm: app, actor: null, purpose: undefined });
    for (const person of persons) trail.read(person);
    await trail.keep('read', clock.now());
    const { reads } = await seen('archive', (found) => (found.reads[0]?.operations ?? 0) > 0);
    expect(reads).toHaveLength(7);
    expect(reads[0]).toEqual({ day: clock.today(), operations: 1, persons: 2 });
    const { data } = await as(operator);
    for (const person of persons) expect(JSON.stringify(data)).not.toContain(person);
  });
});

describe('who may look', () => {
  const decides = { ...operator, roles: ['DECISION_MAKER'], department: 'ADMINISTRATIVE' };

  test('operators and decision-makers of the ministry and of provinces', async () => {
    for (const claims of [
      decides,
      { ...decides, level: 'PROVINCE', unit: '140000' },
      { ...operator, level: 'PROVINCE', unit: '140000' },
    ]) {
      expect((await as(claims)).errors).toEqual([]);
    }
  });

  test.each([
    ['a city', { ...decides, level: 'CITY', unit: '140100' }],
    ['a county', { ...decides, level: 'COUNTY', unit: '140105' }],
    ['a registrar of a province', { ...decides, level: 'PROVINCE', unit: '140000', roles: ['REGISTRAR'] }],
    ['the call centre', { ...operator, roles: ['CALL_CENTRE'] }],
    ['a guardian', { ...operator, level: 'NONE', unit: undefined, roles: ['GUARDIAN'] }],
    ['an operator whose token lacks the scope', { ...operator, scope: 'statistics:read' }],
  ])('%s is refused', async (_, claims) => {
    expect(refusal(await as(claims))).toBe('OUT_OF_JURISDICTION');
  });

  test('a school is refused, and who is not signed in', async () => {
    const school = { ...decides, level: 'SCHOOL', unit: undefined, school: '2114000001' };
    expect(refusal(await as(school))).toBe('OUT_OF_JURISDICTION');
    expect(refusal(await as(null))).toBe('UNAUTHENTICATED');
  });
});
