import { randomUUID } from 'node:crypto';
import { guardianContext } from '#services/identity/person/claim-key.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { idNumber, mother, withoutDocument } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { county, errorsOf, type IdentityDesk, identityDeskOf, school } from './identity-desk.ts';

type Candidate = {
  student: { id: string; name: string; studentNumber: string | null };
  school: { id: string };
  certain: boolean;
  registered: boolean;
  reasons: string[];
};

const city = authorityDesks('140100', 'CITY');
const motherOf = (sequence: number) => mother({ idDocumentNumber: idNumber('1990-01-01', sequence) });

/** The explained list of records that are perhaps one child's (ID-17), within one's own scope (PRV-12, PRV-15). */
describe('candidates for being the same child', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let elsewhere: string;
  let child: string;
  let alike: string;
  let certain: string;
  let alone: string;
  let outside: string;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
    const name = '样例双';
    child = await desk.child(1, { name });
    alike = await desk.child(2, { ...withoutDocument(2), name, guardians: [motherOf(8)] });
    certain = await desk.child(3, { ...withoutDocument(3), name, guardians: [motherOf(9)] });
    alone = await desk.child(4, { name: '样例单' });
    outside = await desk.child(5, { name: '样例外' });
    elsewhere = await desk.child(
      6,
      { ...withoutDocument(6), name: '样例外', guardians: [motherOf(10)] },
      { school: otherTaiyuanPrimary, authority: 'yingze' },
    );
    const { sealing } = registry.network.service('identity').core;
    await desk.counter.change('identity', 'update guardian set sealed_document = $2 where person_id = $1', [
      certain,
      sealing.seal(idNumber('1990-01-01', 7), guardianContext(certain, 1)),
    ]);
  });
  afterAll(() => registry?.stop());

  const ask = (who: Desk, student: string) =>
    desk.ask<{ duplicateCandidates: Candidate[] }>(
      who,
      `query ($student: ID!) { duplicateCandidates(student: $student) {
        student { id name studentNumber } school { id } certain registered reasons } }`,
      { student },
    );
  const of = async (who: Desk, student: string): Promise<Candidate[]> =>
    desk.answered(await ask(who, student)).duplicateCandidates;

  test(holds('ID-17', 'are told with the reasons, the certain ones first, numbers masked'), async () => {
    for (const who of [school.registrar, school.head, county.registrar, county.head]) {
      const found = await of(who, child);
      expect(found.map(({ student: { id } }) => id)).toEqual([certain, alike]);
      expect(found).toMatchObject([
        { certain: true, registered: true, reasons: ['SAME_NAME_BIRTH_AND_GUARDIAN', 'SAME_NAME_AND_BIRTH'] },
        {
          certain: false,
          registered: true,
          reasons: ['SAME_NAME_AND_BIRTH'],
          school: { id: school.registrar.school },
        },
      ]);
      expect(found[0]?.student.studentNumber).toMatch(/^L14\*+\d\d$/);
    }
    expect(await of(school.registrar, alone)).toEqual([]);
  });

  test(
    breaks('PRV-15', 'outside of the own scope are not told of, whether there are any or not'),
    async () => {
      for (const who of [school.registrar, county.head]) {
        const [some, none] = [await ask(who, outside), await ask(who, alone)];
        expect(some).toEqual(none);
        expect(some.data?.duplicateCandidates).toEqual([]);
      }
      expect((await of(city.head, outside)).map(({ student: { id } }) => id)).toEqual([elsewhere]);
      expect((await of(authorityDesks('140106').head, elsewhere)).map(({ student }) => student.id)).toEqual(
        [],
      );
    },
  );

  test(
    breaks('PRV-12', 'of a child of another school or county nothing is answered, as of nobody'),
    async () => {
      const refused = await ask(school.registrar, elsewhere);
      expect(errorsOf(refused)).toEqual(['OUT_OF_JURISDICTION']);
      expect(await ask(school.registrar, randomUUID())).toEqual(refused);
      expect(await ask(school.registrar, 'nobody')).toEqual(refused);
      expect(errorsOf(await ask(authorityDesks('140106').head, child))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test('are for registrars and decision-makers with the right to identities alone', async () => {
    const guardian = await desk.guardianOf(alone);
    const teacher = await desk.teacherOf(alone);
    for (const who of [guardian, teacher])
      expect(errorsOf(await ask(who, alone))).toEqual(['OUT_OF_JURISDICTION']);
    const bare = { ...school.registrar, scope: 'student:read' } as Desk;
    expect(errorsOf(await ask(bare, alone))).toEqual(['OUT_OF_JURISDICTION']);
  });

  test(holds('PRV-13', 'whoever looks is on the trail with everybody who was told of'), async () => {
    const reader = { ...school.registrar, sub: 'candidate-reader' };
    await of(reader, child);
    const [line] = await desk.counter.rows<{ persons: string[] }>(
      'identity',
      `select persons from read_audit where caller = 'candidate-reader'`,
    );
    expect(line?.persons.toSorted()).toEqual([child, alike, certain].toSorted());
  });
});
