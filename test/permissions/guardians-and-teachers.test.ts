import { randomUUID } from 'node:crypto';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { Pupil } from './support/truth.ts';
import { codesOf, type Visit, visit } from './support/visit.ts';

const { taiyuanPrimary } = DEMO_SCHOOLS;
type Listed = { enrollments: { edges: { node: { student: { id: string } } }[] } };

describe('a short list of children', () => {
  let visited: Visit;
  beforeAll(async () => {
    visited = await visit(240);
  });
  afterAll(() => visited?.stop());

  const listed = async (who: string): Promise<string[]> => {
    const answer = await visited.as<Listed>(
      who,
      'enrollment',
      `{ enrollments(first: 200) { edges { node { student { id } } } } }`,
    );
    expect(answer.errors).toEqual([]);
    return answer.data?.enrollments.edges.map(({ node }) => node.student.id).sort() ?? [];
  };
  const named = async (who: string, id: string) =>
    visited.as<{ student: { name: string } | null }>(
      who,
      'identity',
      `query ($id: ID!) { student(id: $id) { name } }`,
      { id },
    );
  const link = (who: string, input: Record<string, unknown>) =>
    visited.as<{
      linkGuardian: { student: { id: string } | null; findings: { code: string; ruleId: string }[] } | null;
    }>(
      who,
      'identity',
      `mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { student { id } findings { code ruleId } } }`,
      { input: { idempotencyKey: randomUUID(), position: 1, basis: 'HOUSEHOLD_REGISTER', ...input } },
    );
  const unlink = (who: string, input: Record<string, unknown>) =>
    visited.as<{ unlinkGuardian: { student: { id: string } | null; findings: { code: string }[] } | null }>(
      who,
      'identity',
      `mutation ($input: UnlinkGuardianInput!) { unlinkGuardian(input: $input) { student { id } findings { code } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
  const guardians = (person: string) =>
    asWorker(visited.nation.network.service('identity').core.worker, (tx) =>
      query<{ position: number; is_legal: boolean }>(
        tx,
        'select position, is_legal from guardian where person_id = $1',
        [person],
      ),
    );

  describe('of a guardian', () => {
    const fresh = 'guardian without a child';
    const subject = 'odd-5';

    test(holds('PRV-11', 'is the own child alone, in every service'), async () => {
      const own = visited.truth.pupils.filter(({ person }) =>
        visited.truth.guardiansOf(person).includes('demo-guardian'),
      );
      expect(own).toHaveLength(1);
      expect(await listed('guardian')).toEqual(own.map(({ person }) => person));
      expect((await named('guardian', own[0]?.person ?? '')).data?.student?.name).toEqual(expect.any(String));
    });

    test(breaks('PRV-11', 'holds no other child, of the same class or elsewhere'), async () => {
      const own = visited.truth.pupils.find(({ person }) =>
        visited.truth.guardiansOf(person).includes('demo-guardian'),
      );
      const others = visited.truth.pupils.filter(({ person }) => person !== own?.person);
      const mate = others.find(({ schoolClass }) => schoolClass === own?.schoolClass) ?? others[0];
      for (const pupil of [mate, others.at(-1)]) {
        expect(codesOf(await named('guardian', pupil?.person ?? ''))).toEqual(['OUT_OF_JURISDICTION']);
      }
    });

    test(
      breaks('PRV-11', 'gains nobody through a person whom the form does not name as guardian'),
      async () => {
        const pupil = await pupilWith(
          (rows) => !rows.some(({ position, is_legal }) => position === 2 && is_legal),
        );
        const answer = await link('registrar', { student: pupil.person, subject, position: 2 });
        expect(answer.data?.linkGuardian).toMatchObject({
          student: null,
          findings: [{ code: 'NOT_GUARDIAN_OF_STUDENT', ruleId: 'PRV-11' }],
        });
        await visited.nation.network.settled();
        expect(await listed(fresh)).toEqual([]);
      },
    );

    test(breaks('PRV-12', 'is filled by nobody but the child’s own school'), async () => {
      const pupil = await pupilWith((rows) =>
        rows.some(({ position, is_legal }) => position === 1 && is_legal),
      );
      for (const who of ['other-registrar', 'head', 'xiaodian', 'guardian']) {
        expect(codesOf(await link(who, { student: pupil.person, subject }))).toEqual(['OUT_OF_JURISDICTION']);
      }
    });

    test(
      holds(
        'PRV-11',
        'gains a child by the school’s word, and loses it with the next request when the tie ends',
      ),
      async () => {
        const pupil = await pupilWith((rows) =>
          rows.some(({ position, is_legal }) => position === 1 && is_legal),
        );
        const answer = await link('registrar', { student: pupil.person, subject });
        expect(answer.data?.linkGuardian).toEqual({ student: { id: pupil.person }, findings: [] });
        await visited.nation.network.settled();
        expect(await listed(fresh)).toEqual([pupil.person]);
        expect((await named(fresh, pupil.person)).errors).toEqual([]);
        const ended = await unlink('registrar', { student: pupil.person, subject });
        expect(ended.data?.unlinkGuardian).toEqual({ student: { id: pupil.person }, findings: [] });
        await visited.nation.network.settled();
        expect(await listed(fresh)).toEqual([]);
        expect(codesOf(await named(fresh, pupil.person))).toEqual(['OUT_OF_JURISDICTION']);
      },
    );

    test(
      holds('PRV-11', 'is told, login by login, to the registrar who ties them and to nobody else'),
      async () => {
        const linksFor = async (who: string, id: string) =>
          (
            await visited.as<{ student: { guardianLinks: unknown } | null }>(
              who,
              'identity',
              'query ($id: ID!) { student(id: $id) { guardianLinks { subject position basis } } }',
              { id },
            )
          ).data?.student?.guardianLinks;
        const [own] = visited.truth.pupils.filter(({ person }) =>
          visited.truth.guardiansOf(person).includes('demo-guardian'),
        );
        const person = own?.person ?? '';
        expect(await linksFor('registrar', person)).toEqual([
          expect.objectContaining({ subject: 'demo-guardian' }),
        ]);
        for (const who of ['head', 'class-teacher', 'xiaodian', 'guardian', 'other-registrar'])
          expect([who, (await linksFor(who, person)) ?? null]).toEqual([who, null]);
      },
    );

    test('a login that is tied already is not tied once more', async () => {
      const twice = 'tied twice';
      const pupil = await pupilWith((rows) =>
        rows.some(({ position, is_legal }) => position === 1 && is_legal),
      );
      for (const _ of ['once', 'again']) {
        const { data } = await link('registrar', { student: pupil.person, subject: twice });
        expect(data?.linkGuardian).toEqual({ student: { id: pupil.person }, findings: [] });
      }
      const ties = await asWorker(visited.nation.network.service('identity').core.worker, (tx) =>
        query(tx, 'select from guardian_link where subject = $1', [twice]),
      );
      expect(ties).toHaveLength(1);
      await unlink('registrar', { student: pupil.person, subject: twice });
    });

    test(
      breaks('PRV-11', 'a tie is ended by the child’s school alone, and only where there is one'),
      async () => {
        const pupil = await pupilWith((rows) => rows.length > 0);
        for (const who of ['other-registrar', 'head', 'xiaodian', 'guardian']) {
          const answer = await unlink(who, { student: pupil.person, subject: 'demo-guardian' });
          expect(codesOf(answer)).toEqual(['OUT_OF_JURISDICTION']);
        }
        const { data } = await unlink('registrar', { student: pupil.person, subject: 'nobody' });
        expect(data?.unlinkGuardian).toMatchObject({
          student: null,
          findings: [{ code: 'NOT_GUARDIAN_OF_STUDENT' }],
        });
      },
    );

    const pupilWith = async (
      is: (rows: { position: number; is_legal: boolean }[]) => boolean,
    ): Promise<Pupil> => {
      for (const pupil of visited.truth.pupils.filter(({ school }) => school === taiyuanPrimary)) {
        if (is(await guardians(pupil.person))) return pupil;
      }
      throw new Error('there is no such pupil');
    };
  });

  describe('of a class teacher', () => {
    const assign = (who: string, schoolClass: string, subject: string | null) =>
      visited.as<{ assignClassTeacher: { schoolClass: { id: string } | null } | null }>(
        who,
        'enrollment',
        `mutation ($input: AssignClassTeacherInput!) { assignClassTeacher(input: $input) { schoolClass { id } findings { code } } }`,
        { input: { idempotencyKey: randomUUID(), schoolClass, subject } },
      );
    const membersOf = (schoolClass: string): string[] =>
      visited.truth.pupils
        .filter((pupil) => pupil.schoolClass === schoolClass)
        .map(({ person }) => person)
        .sort();
    const teacher = 'teacher without a class';
    const subject = `SCHOOL-${taiyuanPrimary}-CLASS_TEACHER`;

    test(holds('PRV-12', 'is the own class, in enrollment and in identity'), async () => {
      const [own] = visited.truth.classes.filter(({ id }) =>
        visited.truth.teachersOf(id).includes('demo-class-teacher'),
      );
      const members = membersOf(own?.id ?? '');
      expect(members.length).toBeGreaterThan(0);
      expect(await listed('class-teacher')).toEqual(members);
      expect((await named('class-teacher', members[0] ?? '')).data?.student?.name).toEqual(
        expect.any(String),
      );
    });

    test(breaks('PRV-12', 'is nobody without a class, and nobody of another class'), async () => {
      expect(await listed(teacher)).toEqual([]);
      const [own] = visited.truth.classes.filter(({ id }) =>
        visited.truth.teachersOf(id).includes('demo-class-teacher'),
      );
      const mate = visited.truth.pupils.find(
        ({ school, schoolClass }) => school === taiyuanPrimary && schoolClass !== own?.id,
      );
      expect(codesOf(await named('class-teacher', mate?.person ?? ''))).toEqual(['OUT_OF_JURISDICTION']);
    });

    test(holds('PRV-12', 'follows the registrar’s word at once: given, handed on, taken away'), async () => {
      const own = visited.truth.classes.find(
        ({ id, school }) =>
          school === taiyuanPrimary && membersOf(id).length > 0 && visited.truth.teachersOf(id).length === 0,
      );
      const id = own?.id ?? '';
      expect((await assign('registrar', id, subject)).data?.assignClassTeacher?.schoolClass).toEqual({ id });
      expect(await listed(teacher)).toEqual(membersOf(id));
      await assign('registrar', id, 'somebody else');
      expect(await listed(teacher)).toEqual([]);
      await assign('registrar', id, subject);
      expect(await listed(teacher)).toEqual(membersOf(id));
      await assign('registrar', id, null);
      expect(await listed(teacher)).toEqual([]);
      expect(codesOf(await named(teacher, membersOf(id)[0] ?? ''))).toEqual(['OUT_OF_JURISDICTION']);
    });

    test(breaks('PRV-12', 'is not filled by anybody but the school’s registrar'), async () => {
      const own = visited.truth.classes.find(({ school }) => school === taiyuanPrimary);
      for (const who of [
        'other-registrar',
        'head',
        'class-teacher',
        'xiaodian',
        'shanxi',
        'ministry',
        'guardian',
      ]) {
        expect(codesOf(await assign(who, own?.id ?? '', subject))).toEqual(['OUT_OF_JURISDICTION']);
      }
      expect(await listed(teacher)).toEqual([]);
    });

    test('keeps values masked: full ones are for those who keep the record', async () => {
      const [first] = await listed('class-teacher');
      const { data } = await visited.as<{ student: { studentNumber: string; gender: string } }>(
        'class-teacher',
        'identity',
        `query ($id: ID!) { student(id: $id) { gender studentNumber(full: true) } }`,
        { id: first },
      );
      expect(data?.student.studentNumber).toMatch(/^[GJL].{2}\*+.{2}$/);
    });
  });
});
