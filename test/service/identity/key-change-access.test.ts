import { randomUUID } from 'node:crypto';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Counter, codesOf, counterOf, otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Change, county, type KeyDesk, keyDeskOf, ministry, province, school } from './key-desk.ts';

const guardian = (name: string): Desk => ({ sub: `guardian-${name}`, level: 'NONE', roles: ['GUARDIAN'] });

/** Who sees a change of key information, and what of it. */
describe('a change of key information', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  let student: string;
  let other: string;
  let change: Change;

  const link = (name: string, child: string) =>
    desk.ask(
      school.registrar,
      'mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { findings { code } } }',
      {
        input: {
          idempotencyKey: randomUUID(),
          student: child,
          subject: guardian(name).sub,
          position: 1,
          basis: 'HOUSEHOLD_REGISTER',
        },
      },
    );

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
    student = (await desk.pupil(girl(1))).student.id;
    change = await desk.after(desk.request(student, { name: '改名后' }));
    other = (await desk.pupil(girl(2))).student.id;
    await link('mother', student);
    await link('stranger', other);
    await registry.settled();
  });
  afterAll(() => registry?.stop());

  const fields = `id state steps { party } papers { upload } items { item before(full: true) after(full: true) }`;
  const see = (who: Desk, id: string) =>
    desk.ask<{ keyInformationChange: Change }>(
      who,
      `query ($id: ID!) { keyInformationChange(id: $id) { ${fields} allowedActions } }`,
      { id },
    );
  const codeOf = async (answer: Promise<{ errors: { extensions: { code?: string } }[] }>) =>
    (await answer).errors.map(({ extensions }) => extensions.code);
  const outside = ['OUT_OF_JURISDICTION'];

  test(
    holds('PRV-11', 'is followed by the child’s guardian in full, who can do nothing with it'),
    async () => {
      const seen = desk.answered(await see(guardian('mother'), change.id)).keyInformationChange;
      expect(seen).toMatchObject({
        state: 'SCHOOL_HANDLED',
        items: [{ after: '改名后' }],
        steps: [{ party: 'SCHOOL' }],
        allowedActions: [],
      });
      const listed = desk.answered(await desk.list(guardian('mother'))).keyInformationChanges.edges;
      expect(listed.map(({ node }) => node.id)).toEqual([change.id]);
    },
  );

  test(breaks('PRV-11', 'is not seen by another guardian'), async () => {
    expect(await codeOf(see(guardian('stranger'), change.id))).toEqual(outside);
    expect(desk.answered(await desk.list(guardian('stranger'))).keyInformationChanges.edges).toEqual([]);
  });

  test(breaks('PRV-15', 'tells the guardian nothing of others whom the search has found'), async () => {
    const taken = (await desk.pupil(girl(3))).student.id;
    const { identityDocument } = await desk.identity(school.registrar, taken);
    const asked = await desk.after(
      desk.request(other, { idDocumentType: 'RESIDENT_ID', idDocumentNumber: identityDocument.number }),
    );
    const failed = await desk.checked((await desk.approve(asked)).id);
    expect(codesOf(failed.blockers)).toEqual(['DUPLICATE_RECORD_FOUND', 'KEY_INFO_RECHECK_FAILED']);
    const seen = await desk.change(guardian('stranger'), failed.id);
    expect([seen.blockers, seen.findings].map(codesOf)).toEqual([
      ['KEY_INFO_RECHECK_FAILED'],
      ['KEY_INFO_RECHECK_FAILED'],
    ]);
  });

  test(
    breaks('PRV-12', 'to others it is as if there were none: another school, county or province'),
    async () => {
      const [person] = change.id.split('.');
      const nothing = `${person}.${randomUUID()}`;
      const strangers = [
        schoolDesks(otherTaiyuanPrimary).registrar,
        authorityDesks('140106').head,
        authorityDesks('410503').registrar,
      ];
      for (const who of strangers) {
        const there = await see(who, change.id);
        expect(there.errors.map(({ extensions }) => extensions.code)).toEqual(outside);
        expect(await see(who, nothing)).toEqual(there);
        expect(await see(who, 'nothing at all')).toEqual(there);
        const listed = await desk.list(who, { student });
        expect(listed.data?.keyInformationChanges.edges).toEqual([]);
      }
      const head = authorityDesks('140106').head;
      const decide = (id: string) =>
        desk.tryOn(head, 'decideKeyInformationChange', 'DecideKeyInformationChangeInput', {
          ...desk.decideInput({ id, version: 7 }, 'APPROVE'),
        });
      expect(await codeOf(decide(change.id))).toEqual(outside);
      expect((await decide(change.id)).errors).toEqual((await decide(nothing)).errors);
      const ask = (child: string) =>
        desk.tryOn(
          schoolDesks(otherTaiyuanPrimary).registrar,
          'requestKeyInformationChange',
          'RequestKeyInformationChangeInput',
          { student: child, expectedVersion: 1, to: { name: '改名后' } },
        );
      expect((await ask(student)).errors).toEqual((await ask(randomUUID())).errors);
      expect(await codeOf(ask(student))).toEqual(outside);
    },
  );

  test.each([
    ['a class teacher', { ...school.registrar, sub: 'teacher', roles: ['CLASS_TEACHER'] }],
    ['the ministry', ministry],
  ])(breaks('PRV-12', 'is not shown to %s'), async (_, who) => {
    expect(await codeOf(see(who, change.id))).toEqual(outside);
    expect(await codeOf(desk.list(who))).toEqual(outside);
  });

  test(breaks('ID-13', 'is entered by the school’s registrar alone'), async () => {
    for (const who of [school.head, county.registrar, province, guardian('mother')]) {
      const answer = desk.tryOn(who, 'requestKeyInformationChange', 'RequestKeyInformationChangeInput', {
        student,
        expectedVersion: 1,
        to: { name: '改名后' },
      });
      expect(await codeOf(answer)).toEqual(outside);
    }
  });

  test(
    holds('PRV-14', 'shows its values masked to a level above and to who does not ask in full'),
    async () => {
      const above = desk.answered(await see(province, change.id)).keyInformationChange;
      expect(above.items).toEqual([{ item: 'NAME', before: '样*', after: '改*' }]);
      const short = await desk.ask<{ keyInformationChange: Change }>(
        county.registrar,
        'query ($id: ID!) { keyInformationChange(id: $id) { items { after } } }',
        { id: change.id },
      );
      expect(desk.answered(short).keyInformationChange.items).toEqual([{ after: '改*' }]);
    },
  );

  test(breaks('PRV-14', 'hides its values from a token without the right scope'), async () => {
    const claims = { ...county.registrar, department: 'ADMINISTRATIVE', scope: 'student:read', acr: 'x' };
    const answer = await registry.network.graphql<{ keyInformationChange: Change }>(
      'identity',
      await registry.network.tokenFor(claims),
      `query ($id: ID!) { keyInformationChange(id: $id) { state items { after } } }`,
      { id: change.id },
    );
    expect(answer.data?.keyInformationChange?.items ?? null).toBeNull();
  });

  test(holds('PRV-13', 'is read with a line on the access trail, values in full marked'), async () => {
    const lines = () =>
      counter.rows<{ full_values: boolean; persons: string[] }>(
        'identity',
        'select full_values, persons from read_audit where caller = $1 order by id',
        [county.head.sub],
      );
    const before = (await lines()).length;
    await see(county.head, change.id);
    expect((await lines()).slice(before)).toEqual([{ full_values: true, persons: [student] }]);
  });

  test(
    breaks('PRV-14', 'keeps what is proposed in no table as it is, and tells it in no event'),
    async () => {
      const texts = [
        ...(await counter.rows<{ row: string }>('identity', 'select t::text as row from key_change t')),
        ...(await counter.rows<{ row: string }>('identity', 'select t::text as row from key_change_step t')),
        ...(await counter.rows<{ row: string }>('identity', 'select t::text as row from idempotency t')),
        ...(await counter.rows<{ row: string }>('identity', 'select event::text as row from event_log')),
      ].map(({ row }) => row);
      expect(texts.some((text) => text.includes('KeyInfoChangeMoved'))).toBe(true);
      const hex = Buffer.from('改名后').toString('hex');
      expect(texts.filter((text) => text.includes('改名后') || text.includes(hex))).toEqual([]);
    },
  );
});
