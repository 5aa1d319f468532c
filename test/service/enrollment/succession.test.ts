import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type Case, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { type Counter, counterOf, type Registration, taiyuanPrimary } from './counter.ts';
import { type Merging, mergingOf } from './merging.ts';
import { oldPupil } from './old-pupils.ts';
import { girl } from './pupils.ts';

const day = '2026-09-07';

/** What becomes of everything about a school whose registrations go on in another one; tests follow one another in time. */
describe('a school of six years that is merged into one of five', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let merging: Merging;
  let fiveYears: string;
  let sixYears: SchoolFact;
  let late: { id: string; person: string };
  let fifth: { id: string; person: string };
  const cases: { atCounty?: Case; atSchool?: Case } = {};

  const county = authorityDesks('140105');
  const here = schoolDesks(taiyuanPrimary);
  const there = () => schoolDesks(fiveYears);

  const inSchool = async (sequence: number): Promise<Registration> => {
    const waiting = await counter.registered(taiyuanPrimary, girl(sequence));
    const { results } = await counter.decide('xiaodian', 'APPROVE', [waiting], { reason: '已核实' });
    const approved = results[0]?.enrollment;
    if (!approved) throw new Error('Not approved');
    return approved;
  };

  /** A case that ends a registration: it needs the head of the school and the county. */
  const reportDeath = async ({ id, version }: Registration): Promise<Case> => {
    const evidence = [await desk.paper(here.registrar, 'DEATH_CERTIFICATE')];
    return desk.after(
      desk.request(here.registrar, 'reportDeath', 'DeathInput', {
        ...{ enrollment: id, expectedVersion: version, evidence },
        ...{ diedOn: '2026-08-20', knownOn: '2026-08-25' },
      }),
    );
  };

  const grant = (school: string, names: readonly string[]) =>
    desk.ask<{ grantPlaces: { granted: number } }>(
      schoolDesks(school).registrar,
      `mutation ($input: GrantPlacesInput!) { grantPlaces(input: $input) { granted findings { code } } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), school, stage: 'PRIMARY', schoolYear: 2026 },
          children: names.map((name) => ({ name, birthDate: '2020-05-06' })),
        },
      },
    );

  const placesOf = async (who: Desk, school: string) => {
    const { entryPlaces } = desk.answered(
      await desk.ask<{ entryPlaces: { edges: { node: { state: string; child: { name: string } } }[] } }>(
        who,
        `query ($school: ID!) { entryPlaces(school: $school, first: 50) { edges { node { state child { name } } } } }`,
        { school },
      ),
    );
    return entryPlaces.edges.map(({ node }) => [node.child.name, node.state]).sort();
  };

  type Listed = { id: string; school: { id: string }; grade: number; stage: string; status: string };
  const registration = async (who: Desk, id: string): Promise<Listed | undefined> => {
    const { enrollments } = desk.answered(
      await desk.ask<{ enrollments: { edges: { node: Listed }[] } }>(
        who,
        `{ enrollments(filter: { status: [IN_SCHOOL, GRADUATED] }, first: 50) {
           edges { node { id school { id } grade stage status } } } }`,
      ),
    );
    return enrollments.edges.find(({ node }) => node.id === id)?.node;
  };

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    merging = mergingOf(registry);
    const fact = await registry.network.service('enrollment').core.directory.school(taiyuanPrimary);
    if (fact === undefined) throw new Error('No school');
    sixYears = fact;
    fiveYears = await merging.create({ name: '小店区五年制小学', system: 'S54' });
  });
  afterAll(() => registry?.stop());

  test(breaks('ENR-69', 'is refused while pupils are in its sixth year, who are counted'), async () => {
    const sixth = await oldPupil(registry, sixYears, 2020);
    await registry.settled();
    const { merger, findings } = await merging.merge({
      ...{ standing: fiveYears, ending: [taiyuanPrimary], from: day },
    });
    expect(merger).toBeNull();
    expect(findings).toMatchObject([{ ruleId: 'ENR-69', outcome: 'REJECT', code: 'GRADE_MISMATCH' }]);
    expect(findings[0]?.message).toContain('1名学生在义务教育第6年');
    const graduated = await desk.ask<{ graduate: { done: number } }>(
      here.registrar,
      `mutation ($input: GraduateInput!) { graduate(input: $input) { done } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), school: taiyuanPrimary, outcome: 'GRADUATE' },
          registrations: [{ enrollment: sixth.id, expectedVersion: sixth.version }],
        },
      },
    );
    expect(desk.answered(graduated).graduate.done).toBe(1);
    await registry.settled();
  });

  test(holds('ENR-69', 'is agreed to when nobody is in the sixth year any more'), async () => {
    fifth = await oldPupil(registry, sixYears, 2022);
    const confirmed = await desk.after(
      desk.decide(here.head, await reportDeath(await inSchool(1)), 'APPROVE'),
    );
    cases.atCounty = confirmed;
    cases.atSchool = await reportDeath(await inSchool(2));
    await grant(taiyuanPrimary, ['样例新', '样例两']);
    await grant(fiveYears, ['样例两']);
    await registry.settled();
    const { merger, findings } = await merging.merge({
      ...{ standing: fiveYears, ending: [taiyuanPrimary], from: day },
    });
    expect(findings).toEqual([]);
    expect(merger).toMatchObject({ kind: 'MERGER', state: 'DECIDED', leftRegistrations: 4 });
    await registry.settled();
    late = await oldPupil(registry, sixYears, 2020);
    await registry.settled();
  });

  test(breaks('ENR-69', 'keeps whom it has no grade for: they stay, and the merger tells why'), async () => {
    registry.clock.moveTo(`${day}T09:00:00+08:00`);
    await counter.until(
      'the others have moved',
      async () => (await merging.school(taiyuanPrimary)).merger?.leftRegistrations === 1,
    );
    await registry.settled();
    const { state, merger } = await merging.school(taiyuanPrimary);
    expect(state).toBe('ACTIVE');
    expect(merger).toMatchObject({ state: 'MOVING', movedRegistrations: 4, leftRegistrations: 1 });
    expect(merger?.findings).toMatchObject([{ code: 'GRADE_MISMATCH' }]);
    expect(await registration(here.registrar, late.id)).toMatchObject({
      ...{ school: { id: taiyuanPrimary }, grade: 6, status: 'IN_SCHOOL' },
    });
  });

  test(holds('ENR-69', 'has the fifth year as its last grade for those who came'), async () => {
    expect(await registration(there().registrar, fifth.id)).toMatchObject({
      ...{ school: { id: fiveYears }, stage: 'PRIMARY', grade: 5, status: 'IN_SCHOOL' },
    });
  });

  test('no new pupil comes to the school that ends while its pupils move', async () => {
    const codes = async (answer: Promise<{ errors: { extensions: Record<string, unknown> }[] }>) =>
      (await answer).errors.map(({ extensions }) => extensions.problems);
    const refused = [[expect.objectContaining({ code: 'SCHOOL_MERGING', path: ['school'] })]];
    expect(await codes(counter.tryRegister(taiyuanPrimary, girl(9)))).toEqual(refused);
    expect(await codes(grant(taiyuanPrimary, ['样例晚']))).toEqual(refused);
    expect((await counter.register(fiveYears, girl(9))).enrollment).not.toBeNull();
  });

  test(
    holds('ACC-18', 'its cases go on with the head of the other school, and with the county'),
    async () => {
      const { atCounty, atSchool } = cases;
      if (atCounty === undefined || atSchool === undefined) throw new Error('No cases');
      const moved = { version: atSchool.version + 1, id: atSchool.id };
      const confirmed = await desk.after(desk.decide(there().head, moved, 'APPROVE'));
      expect(confirmed.steps.map(({ unit }) => unit)).toEqual([fiveYears, '140105']);
      const handled = await desk.after(
        desk.handle(county.registrar, { id: atCounty.id, version: atCounty.version + 1 }),
      );
      const done = await desk.after(desk.decide(county.head, handled, 'APPROVE'));
      expect(done.enrollment).toMatchObject({ status: 'CANCELLED', school: { id: fiveYears } });
    },
  );

  test(breaks('ACC-18', 'the head of the school that ends has no turn in them any more'), async () => {
    const { atSchool } = cases;
    if (atSchool === undefined) throw new Error('No case');
    const { errors } = await desk.tryRequest(here.head, 'decideEnrollmentCase', 'DecideEnrollmentCaseInput', {
      ...{ case: atSchool.id, expectedVersion: atSchool.version + 2, decision: 'APPROVE' },
    });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
  });

  test('places that both had granted to one child are one place, the others came along', async () => {
    expect(await placesOf(there().registrar, fiveYears)).toEqual([
      ['样例两', 'GRANTED'],
      ['样例新', 'GRANTED'],
    ]);
    expect(await placesOf(county.registrar, taiyuanPrimary)).toEqual([['样例两', 'JOINED']]);
  });

  test('who stayed behind graduates there, goes along as a graduate, and then the school has ended', async () => {
    const [row] = await counter.rows<{ version: number }>(
      'enrollment',
      'select version from pupil where person_id = $1',
      [late.person],
    );
    await desk.ask(here.registrar, `mutation ($input: GraduateInput!) { graduate(input: $input) { done } }`, {
      input: {
        ...{ idempotencyKey: randomUUID(), school: taiyuanPrimary, outcome: 'GRADUATE' },
        registrations: [{ enrollment: late.id, expectedVersion: row?.version }],
      },
    });
    await counter.until(
      'the school has ended',
      async () => (await merging.school(taiyuanPrimary)).state === 'MERGED',
    );
    await registry.settled();
    expect(await registration(there().registrar, late.id)).toMatchObject({
      ...{ school: { id: fiveYears }, status: 'GRADUATED', grade: 6 },
    });
    expect(await merging.school(taiyuanPrimary)).toMatchObject({
      successor: { id: fiveYears },
      merger: { state: 'DONE', movedRegistrations: 5, leftRegistrations: 0 },
    });
  });

  test('what comes in at its place after its end is sent on as well', async () => {
    const straggler = await oldPupil(registry, sixYears, 2024);
    await counter.until('it has moved', async () => {
      const rows = await counter.rows<{ school: string }>(
        'enrollment',
        'select school from enrollment where person_id = $1',
        [straggler.person],
      );
      return rows[0]?.school === fiveYears;
    });
    await registry.settled();
    expect((await merging.school(taiyuanPrimary)).merger?.movedRegistrations).toBe(5);
  });
});
