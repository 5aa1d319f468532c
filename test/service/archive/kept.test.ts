import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { DropoutReturned, MigrantDropoutNotified } from '#libs/contracts/events/dropout.ts';
import {
  StudentCompleted,
  StudentLeftOther,
  StudentWithdrawn,
} from '#libs/contracts/events/enrollment-status.ts';
import { InfoUpdateMoved } from '#libs/contracts/events/information.ts';
import { SchoolMerged } from '#libs/contracts/events/organization.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Child, type LifeWorld, type Site, startLifeWorld } from './lives/life-world.ts';

type Seen = {
  id: string;
  state: string;
  retention: string;
  custodian: { kind: string; code: string };
  handOver: { to: { code: string }; reason: string; dueOn: string } | null;
  calledForAt: string | null;
  intact: boolean;
  sections: { category: string; entries: { kind: string; change: string | null }[] }[];
  findings: { ruleId: string; outcome: string; code: string }[];
  allowedActions: string[];
};

const beiguan = '410503';

/** Who keeps an archive and what lies in it, by what other services tell of the student. */
describe('an archive that is kept', () => {
  let world: LifeWorld;
  let here: Site;
  let there: Site;

  beforeAll(async () => {
    world = await startLifeWorld();
    here = await world.newSchool();
    there = await world.newSchool();
  });
  afterAll(() => world?.network.stop());

  const seen = async (unit: string, { person }: Child): Promise<Seen> =>
    (
      await world.ask<{ studentArchive: Seen }>(
        world.deskOf(unit),
        `query ($id: ID!) { studentArchive(student: $id) { id state retention custodian { kind code }
          handOver { to { code } reason dueOn } calledForAt intact sections { category entries { kind change } }
          findings { ruleId outcome code } allowedActions } }`,
        { id: person },
      )
    ).studentArchive;
  const said = ({ findings }: Seen): string[] =>
    findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
  const held = ({ sections }: Seen): (string | null)[] =>
    sections.flatMap(({ entries }) => entries.map(({ kind, change }) => change ?? kind));
  const later = (days: number): void => {
    const { clock } = world.network;
    clock.moveTo(new Date(Date.parse(clock.now()) + days * 86_400_000).toISOString());
  };
  const goneTo = async (child: Child, from: string, to: string): Promise<void> => {
    expect(await world.step(from, 'handOverArchive', child)).toEqual([]);
    expect(await world.step(to, 'acceptArchive', child)).toEqual([]);
  };
  const about = (child: Child, site: Site) => ({ ...child, ...world.seatOf(site) });
  const senior = { stage: 'SENIOR' as const, entryYearAdj: 2023, lastGrade: 3, frozenAt: null };

  test(holds('ARC-11', 'follows to the next stage and is accepted and continued there'), async () => {
    const child = await world.registers(here);
    const before = await seen(here.code, child);
    await world.handsOver(child, here, there, 'GOING_ON');
    expect(await seen(there.code, child)).toMatchObject({
      ...{ state: 'OWED', handOver: { to: { code: there.code }, reason: 'GOING_ON' } },
    });
    await goneTo(child, here.code, there.code);
    expect(await world.award(there.code, child)).toEqual([]);
    const after = await seen(there.code, child);
    expect(after).toMatchObject({ id: before.id, state: 'KEPT', intact: true });
    expect(held(after)).toEqual(['REGISTERED', 'WENT_ON', 'AWARD']);
  });

  test(breaks('ARC-11', 'is not begun anew where the student is registered once more'), async () => {
    const child = await world.registers(here);
    const { id } = await seen(here.code, child);
    await world.registers(there, child.person);
    expect(await seen(there.code, child)).toMatchObject({
      ...{ id, custodian: { code: here.code }, handOver: { to: { code: there.code } } },
    });
  });

  test(holds('ARC-12', 'is filed for ever by the school where studies end'), async () => {
    const child = await world.registers(here);
    await world.tell(
      world.envelope(StudentWithdrawn, child.person, {
        ...{ ...about(child, here), status: 'WITHDRAWN', position: senior, case: null },
      }),
    );
    later(3);
    expect(await seen(here.code, child)).toMatchObject({
      ...{ state: 'FILED', retention: 'PERMANENT', custodian: { code: here.code } },
    });
  });

  const deleted = async (child: Child): Promise<unknown> =>
    asWorker(world.network.service('archive').core.worker, (tx) =>
      query(tx, 'delete from archive where person_id = $1', [child.person]),
    ).catch((error: { code?: string; cause?: { code?: string } }) => error.code ?? error.cause?.code);

  test(breaks('ARC-12', 'is deleted by nobody, filed or not'), async () => {
    const child = await world.registers(here);
    expect(await deleted(child)).toBe('42501');
  });

  test(holds('ARC-21', 'is read as it was after the student has completed'), async () => {
    const child = await world.registers(here);
    await world.award(here.code, child);
    await world.tell(
      world.envelope(StudentCompleted, child.person, {
        ...{ ...about(child, here), status: 'COMPLETED', position: senior, case: null },
      }),
    );
    expect(held(await seen(here.code, child))).toEqual(['REGISTERED', 'COMPLETED', 'AWARD']);
  });

  test(breaks('ARC-21', 'of a student who has completed is deleted by nobody'), async () => {
    const child = await world.registers(here);
    await world.tell(
      world.envelope(StudentCompleted, child.person, {
        ...{ ...about(child, here), status: 'COMPLETED', position: senior, case: null },
      }),
    );
    expect(await deleted(child)).toBe('42501');
    expect((await seen(here.code, child)).state).toBe('FILED');
  });

  test(breaks('ARC-15', 'says of a change whose proof was never filed that it lacks'), async () => {
    const child = await world.registers(here);
    await world.tell(
      world.envelope(StudentLeftOther, child.person, {
        ...{ ...about(child, here), status: 'LEFT_OTHER', position: { ...senior, stage: 'PRIMARY' } },
        case: uuidv7(),
      }),
    );
    expect(said(await seen(here.code, child))).toEqual(['ARC-15 RECORD CHANGE_PROOF_NOT_FILED']);
  });

  const updated = async (papers: readonly string[]): Promise<Child> => {
    const child = await world.registers(here);
    await world.tell(
      world.envelope(InfoUpdateMoved, child.person, {
        ...{ person: child.person, province: here.province, place: here.place, update: uuidv7() },
        ...{ school: here.code, depth: 'LIVING', channel: 'MOBILE', state: 'APPLIED', papers: [...papers] },
      }),
    );
    return child;
  };

  test(holds('ARC-23', 'takes the material behind a confirmed mobile update'), async () => {
    const archive = await seen(here.code, await updated([uuidv7()]));
    expect(held(archive)).toEqual(['REGISTERED', 'MOBILE_UPDATE', 'MOBILE_UPDATE']);
    expect(archive.findings).toEqual([]);
  });

  test(breaks('ARC-23', 'says of a mobile update without material that it lacks'), async () => {
    expect(said(await seen(here.code, await updated([])))).toEqual(['ARC-23 RECORD CHANGE_PROOF_NOT_FILED']);
  });

  test(
    holds('ARC-20', 'lies with the authority while the student is abroad, and is continued after the return'),
    async () => {
      const child = await world.registers(here);
      await world.leavesTheCountry(child, here);
      await goneTo(child, here.code, here.authority);
      expect(await seen(here.authority, child)).toMatchObject({ state: 'WITH_AUTHORITY' });
      later(20);
      await world.comesBack(child, there);
      expect((await seen(here.authority, child)).handOver).toMatchObject({
        ...{ to: { code: there.code }, reason: 'RETURN' },
      });
      await goneTo(child, here.authority, there.code);
      const back = await seen(there.code, child);
      expect(back).toMatchObject({ state: 'KEPT', custodian: { code: there.code }, intact: true });
      expect(held(back)).toEqual(['REGISTERED', 'WENT_ABROAD', 'RETURNED']);
    },
  );

  test(
    breaks('ARC-20', 'that lies at the school a month after the student has left the country is on record'),
    async () => {
      const child = await world.registers(here);
      await world.leavesTheCountry(child, here);
      expect((await seen(here.code, child)).findings).toEqual([]);
      later(40);
      expect(said(await seen(here.code, child))).toContain('ARC-20 RECORD ARCHIVE_NOT_TRANSFERRED');
    },
  );

  test(
    breaks('ARC-13', 'goes nowhere with a merger into a school that nobody knows: all of them stay'),
    async () => {
      const child = await world.registers(here);
      const merger = uuidv7();
      const merged = world.envelope(SchoolMerged, `merger:${merger}`, {
        ...{ merger, kind: 'MERGER', school: here.code, into: '2114999999', on: '2026-10-01' },
        ...{ moved: 1, province: here.province },
      });
      await expect(world.tell(merged)).rejects.toThrow('nobody knows');
      expect((await seen(here.code, child)).custodian.code).toBe(here.code);
    },
  );

  const bytesOf = async ({ person }: Child): Promise<{ content: Buffer; told: string }> => {
    const [row] = await asWorker(world.network.service('archive').core.worker, (tx) =>
      query<{ content: Buffer; told: string }>(
        tx,
        `select e.content, (select string_agg(l.event::text, '') from event_log l) || coalesce((select
           string_agg(o.event::text, '') from outbox o), '') as told
         from archive_entry e where e.person_id = $1 and e.content is not null`,
        [person],
      ),
    );
    if (row === undefined) throw new Error('Nothing was filed by hand');
    return row;
  };
  const wordsOf = async ({ person }: Child): Promise<(string | null)[]> =>
    (
      await world.ask<{ studentArchive: { sections: { entries: { words: string | null }[] }[] } }>(
        world.deskOf(here.code),
        'query ($id: ID!) { studentArchive(student: $id) { sections { entries { words } } } }',
        { id: person },
      )
    ).studentArchive.sections.flatMap(({ entries }) => entries.flatMap(({ words }) => words ?? []));
  /** As somebody could who has the whole database in hand, and not the keys. */
  const swapped = async (child: Child, content: Buffer): Promise<void> => {
    const client = new pg.Client({
      connectionString: world.network.service('archive').core.config.OWNER_DATABASE_URL,
    });
    await client.connect();
    await client.query('alter table archive_entry no force row level security');
    await client.query('update archive_entry set content = $2 where person_id = $1 and content is not null', [
      child.person,
      content,
    ]);
    await client.query('alter table archive_entry force row level security');
    await client.end();
  };

  test(holds('PRV-01', 'has its words for who may read it, and in no table or event'), async () => {
    const child = await world.registers(here);
    await world.award(here.code, child);
    await world.network.settled();
    expect(await wordsOf(child)).toEqual(['三好学生']);
    const { content, told } = await bytesOf(child);
    expect(content.includes(Buffer.from('三好学生'))).toBe(false);
    expect(told).not.toContain('三好学生');
  });

  test(breaks('PRV-01', 'does not open words that were put into it from another child’s'), async () => {
    const [child, other] = [await world.registers(here), await world.registers(here)];
    await world.award(here.code, child);
    await world.award(here.code, other);
    await swapped(child, (await bytesOf(other)).content);
    await expect(wordsOf(child)).rejects.toThrow('INTERNAL');
  });

  test(holds('PRV-16', 'is whole as long as nobody touches what was collected'), async () => {
    const child = await world.registers(here);
    await world.award(here.code, child);
    expect((await seen(here.code, child)).intact).toBe(true);
  });

  test(breaks('PRV-16', 'shows that a single bit of what was collected was changed'), async () => {
    const child = await world.registers(here);
    await world.award(here.code, child);
    const { content } = await bytesOf(child);
    content[content.length - 1] = (content[content.length - 1] ?? 0) ^ 1;
    await swapped(child, content);
    expect((await seen(here.code, child)).intact).toBe(false);
  });

  /** A migrant worker's child of whose dropout the county of the household has been told. */
  const dropout = async (): Promise<Child> => {
    const child = await world.registers(here);
    await world.tell(
      world.envelope(MigrantDropoutNotified, `dropout:${child.person}`, {
        ...{
          entry: uuidv7(),
          person: child.person,
          ...world.seatOf(here),
          source: 'SCHOOL',
          state: 'REPORTED',
        },
        household: beiguan,
      }),
    );
    return child;
  };
  const call = (unit: string, { person }: Child) =>
    world.order(unit, 'callForArchive', 'CallForArchiveInput', { student: person });

  test(
    holds('ARC-22', 'of a migrant dropout goes to the county of the household once that calls for it'),
    async () => {
      const child = await dropout();
      expect(await seen(beiguan, child)).toMatchObject({
        ...{ state: 'KEPT', custodian: { code: here.code }, calledForAt: null, allowedActions: ['CALL'] },
      });
      expect(held(await seen(beiguan, child))).toEqual([]);
      expect(await call(beiguan, child)).toEqual([]);
      expect(await call(beiguan, child)).toEqual(['ARCHIVE_CALLED_ALREADY']);
      await world.atRest();
      expect(await seen(here.code, child)).toMatchObject({
        ...{ state: 'OWED', handOver: { to: { code: beiguan }, reason: 'CALLED_FOR' }, findings: [] },
      });
      later(20);
      await goneTo(child, here.code, beiguan);
      await world.network.settled();
      const kept = await seen(beiguan, child);
      expect(kept).toMatchObject({ state: 'WITH_AUTHORITY', custodian: { code: beiguan }, findings: [] });
      expect(held(kept)).toEqual(['REGISTERED']);
      expect(await world.copies(child)).toEqual([{ unit: here.code, entries: 1, held: 1 }]);
      await world.tell(
        world.envelope(DropoutReturned, `dropout:${child.person}`, {
          ...{ entry: uuidv7(), person: child.person, ...world.seatOf(here), source: 'SCHOOL' },
          state: 'MONITORING',
        }),
      );
      expect((await seen(here.code, child)).handOver).toMatchObject({ reason: 'DROPOUT_RETURN' });
      await goneTo(child, beiguan, here.code);
      expect(await seen(here.code, child)).toMatchObject({ state: 'KEPT', intact: true });
    },
  );

  test(
    breaks('PRV-12', 'is not read by a county that was only told of a dropout: nor its life'),
    async () => {
      const child = await dropout();
      const life = async (unit: string) => {
        const { _entities } = await world.ask<{ _entities: unknown[] }>(
          world.deskOf(unit),
          `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student {
          timeline(first: 1) { edges { node { kind } } } recordAsOf(day: "2026-12-31") { status } } } }`,
          { r: [{ __typename: 'Student', id: child.person }] },
        );
        return _entities[0];
      };
      expect(await life(beiguan)).toEqual({ timeline: null, recordAsOf: null });
      expect(await seen(beiguan, child)).toMatchObject({ intact: null, findings: [] });
      expect(await life(here.code)).toMatchObject({ recordAsOf: { status: 'IN_SCHOOL' } });
      await call(beiguan, child);
      await world.atRest();
      expect(await life(beiguan)).toEqual({ timeline: null, recordAsOf: null });
      await goneTo(child, here.code, beiguan);
      expect(await life(beiguan)).toMatchObject({ recordAsOf: { status: 'IN_SCHOOL' } });
      expect(await seen(beiguan, child)).toMatchObject({ intact: true });
    },
  );

  test(breaks('ARC-22', 'that was called for and not passed on within its month is on record'), async () => {
    const child = await dropout();
    await call(beiguan, child);
    await world.atRest();
    later(40);
    expect(said(await seen(here.code, child))).toContain('ARC-22 RECORD MIGRANT_DROPOUT_NOT_HANDED_OVER');
  });

  test('is called for by no other county, and by none that was not told of a dropout', async () => {
    const [child, pupil] = [await dropout(), await world.registers(here)];
    await expect(call('140106', child)).rejects.toThrow('OUT_OF_JURISDICTION');
    expect(await call(here.authority, child)).toEqual(['NOT_HOUSEHOLD_COUNTY']);
    await expect(call(beiguan, pupil)).rejects.toThrow('OUT_OF_JURISDICTION');
    await world.handsOver(child, here, there, 'TRANSFER');
    await expect(call(beiguan, child)).rejects.toThrow('OUT_OF_JURISDICTION');
  });
});
