import { randomUUID } from 'node:crypto';
import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary, otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { codes, errorsOf, type IdentityDesk, identityDeskOf, school, standing } from './identity-desk.ts';

/** Who may not change what is kept of a child, and what is not changed in this way (W-08). */
describe('a change of information', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const somebody = (changes: Record<string, unknown> = {}) => desk.child(++next, changes);

  describe('by others', () => {
    test(breaks('PRV-11', 'is proposed by no guardian of another child'), async () => {
      const [own, other] = [await somebody(), await somebody()];
      const guardian = await desk.guardianOf(own);
      const refused = await desk.trySubmit(guardian, other, { contactPhone: '13900000011' });
      const nobody = await desk.trySubmit(guardian, randomUUID(), { contactPhone: '13900000011' });
      expect(errorsOf(refused)).toEqual(['OUT_OF_JURISDICTION']);
      expect(refused).toEqual(nobody);
    });

    test(
      breaks('PRV-12', 'is neither proposed, seen, handled nor decided from another school or county'),
      async () => {
        const student = await somebody();
        const entered = await desk.submit(school.registrar, student, { contactPhone: '13900000012' });
        const stranger = schoolDesks(otherTaiyuanPrimary);
        const elsewhere = authorityDesks('140106');
        const answers = await Promise.all([
          desk.trySubmit(stranger.registrar, student, { contactPhone: '13900000013' }),
          desk.tryHandle(stranger.registrar, entered),
          desk.tryDecide(stranger.head, entered, 'CONFIRM'),
          desk.tryHandle(elsewhere.registrar, entered),
          desk.tryDecide(elsewhere.head, entered, 'CONFIRM'),
          desk.ask(elsewhere.head, `query ($id: ID!) { informationUpdate(id: $id) { id } }`, {
            id: entered.id,
          }),
        ]);
        expect(answers.map(errorsOf)).toEqual(answers.map(() => ['OUT_OF_JURISDICTION']));
        expect(await desk.updates(elsewhere.head)).toEqual([]);
        expect(errorsOf(await desk.tryWithdraw({ ...school.registrar, sub: 'another' }, entered))).toEqual(
          [],
        );
        expect(
          codes(desk.only(await desk.tryWithdraw({ ...school.registrar, sub: 'another' }, entered)).findings),
        ).toEqual(['ACC-18 ROLE_MISSING']);
      },
    );

    test(
      breaks('ID-33', 'of more than a class teacher may report is refused, in Beiguan as an offence'),
      async () => {
        const student = await somebody();
        const teacher = await desk.teacherOf(student);
        expect(standing(await desk.preview(teacher, student, { ethnicity: '02' }))).toContain(
          'ID-24 NOT_AUTHORISED',
        );
        const guardian = await desk.guardianOf(student);
        expect(standing(await desk.preview(guardian, student, { placementMode: 'INCLUSIVE' }))).toContain(
          'ID-24 NOT_AUTHORISED',
        );
        const there = schoolDesks(beiguanPrimary);
        const pupil = await desk.child(
          402,
          { name: '样例北关三' },
          { school: beiguanPrimary, authority: 'beiguan' },
        );
        const parent = await desk.guardianOf(pupil, there.registrar);
        expect(standing(await desk.preview(parent, pupil, { placementMode: 'INCLUSIVE' }))).toContain(
          'ID-33 NOT_AUTHORISED',
        );
      },
    );

    test(
      holds('ID-33', 'no request writes what is kept of a child: only a confirmed course does'),
      async () => {
        const able = await desk.counter.rows<{ columns: string[] }>(
          'identity',
          `select array_agg(c.column_name::text order by 1) as columns from information_schema.columns c
         where c.table_schema = current_schema() and c.table_name = 'person'
           and has_column_privilege($1, 'person', c.column_name, 'update')`,
          ['xueji_identity_app'],
        );
        expect(able[0]?.columns).toEqual(['version']);
      },
    );
  });
});
