import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { idNumber } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  county,
  errorsOf,
  type IdentityDesk,
  identityDeskOf,
  school,
  standing,
} from './identity-desk.ts';
import { type Change, changeFields, type KeyDesk, keyDeskOf } from './key-desk.ts';

type Update = { id: string; version: number; state: string; fields: string[] };
type Submitted = { update: Update | null; keyChange: Change | null; findings: Told[] };

/** A proposal of the mobile client or the school that names key information opens a change of its own (W-08 to W-07). */
describe('a proposal that touches key information', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let keys: KeyDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
    keys = keyDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const somebody = (changes: Record<string, unknown> = {}) => desk.child(++next, changes);
  const trySubmit = (who: Desk, student: string, changes: object, more: object = {}) =>
    desk.ask<{ submitInformationUpdate: Submitted }>(
      who,
      `mutation ($input: SubmitInformationUpdateInput!) { submitInformationUpdate(input: $input) {
        update { id version state fields } keyChange { ${changeFields} }
        findings { ruleId outcome code path basis { document article layer } } } }`,
      { input: { idempotencyKey: randomUUID(), student, changes, ...more } },
    );
  const submit = async (...order: Parameters<typeof trySubmit>): Promise<Submitted> =>
    desk.answered(await trySubmit(...order)).submitInformationUpdate;
  const opened = ({ keyChange, findings }: Submitted): Change => {
    if (keyChange === null) throw new Error(`Not opened: ${JSON.stringify(findings)}`);
    return keyChange;
  };
  const running = async (student: string) =>
    (await keys.list(school.registrar, { student })).data?.keyInformationChanges.edges ?? [];
  const copy = async (kind = 'HOUSEHOLD_REGISTER') => {
    const { upload } = await desk.paper(school.registrar, kind, null);
    return { evidence: [{ kind, upload }] };
  };

  describe('from a guardian', () => {
    test(
      holds('ID-13', 'goes in two parts that one answer tells: key fields to W-07, ordinary ones to W-08'),
      async () => {
        const student = await somebody({ contactPhone: '13900000001' });
        const guardian = await desk.guardianOf(student);
        const answer = await submit(guardian, student, {
          name: '样例改名',
          contactPhone: '13900000002',
        });
        expect(answer.update).toMatchObject({ state: 'SCHOOL_REVIEW', fields: ['contactPhone'] });
        expect(answer.keyChange).toMatchObject({
          ...{ kind: 'CHANGE', state: 'DRAFTED' },
          items: [{ item: 'NAME', after: '样例改名' }],
          steps: [{ party: 'SCHOOL', unit: school.registrar.school, handledAt: null }],
        });
        expect(standing(answer.findings)).toEqual([]);
        expect(answer.findings).toMatchObject([
          { ruleId: 'ID-13', outcome: 'RECORD', code: 'KEY_INFO_CHANGE_NEEDED', path: ['changes', 'name'] },
          { ruleId: 'ID-13', outcome: 'WARN', code: 'KEY_INFO_PROOF_MISSING' },
        ]);
        const before = await keys.identity(school.registrar, student);
        expect(before.name).not.toBe('样例改名');
      },
    );

    test(
      holds('ID-16', 'is a draft of the school, handed in with its proofs and approved like any other'),
      async () => {
        const student = await somebody();
        const { id } = opened(await submit(await desk.guardianOf(student), student, { name: '家长改名' }));
        const draft = await keys.change(school.registrar, id);
        expect(draft.allowedActions).toEqual(['HANDLE', 'WITHDRAW']);
        const bare = await keys.handle(school.registrar, draft);
        expect(bare.findings.map(({ code }) => code)).toEqual(['KEY_INFO_PROOF_MISSING']);
        const handedIn = await keys.after(
          keys.handle(school.registrar, draft, { evidence: [await keys.proof(school.registrar)] }),
        );
        expect(handedIn.state).toBe('SCHOOL_HANDLED');
        await keys.checked((await keys.approve(handedIn)).id);
        expect((await keys.identity(school.registrar, student)).name).toBe('家长改名');
        const moves = await desk.counter.rows<{ state: string }>(
          'identity',
          `select event -> 'data' ->> 'state' as state from event_log
           where type = 'KeyInfoChangeMoved' and event -> 'data' ->> 'person' = $1 order by seq`,
          [student],
        );
        expect(moves.map(({ state }) => state)).toEqual([
          ...['DRAFTED', 'SCHOOL_HANDLED', 'AUTHORITY_DECIDING', 'AUTHORITY_DECIDING'],
          ...['RECHECKING', 'APPLIED'],
        ]);
      },
    );

    test(breaks('ID-16', 'changes nothing by itself, nor when the school withdraws the draft'), async () => {
      const student = await somebody();
      const guardian = await desk.guardianOf(student);
      const before = await keys.identity(school.registrar, student);
      const draft = opened(await submit(guardian, student, { name: '家长改名' }));
      expect(await keys.identity(school.registrar, student)).toEqual(before);
      await keys.after(keys.withdraw(school.registrar, draft));
      expect(await keys.identity(school.registrar, student)).toEqual(before);
    });

    test(
      holds('ID-16', 'is taken back by the guardian who made it, and the child is free again'),
      async () => {
        const student = await somebody();
        const guardian = await desk.guardianOf(student);
        const { id } = opened(await submit(guardian, student, { name: '家长改名' }));
        const draft = await keys.change(guardian, id);
        expect(draft.allowedActions).toEqual(['WITHDRAW']);
        expect(await keys.after(keys.withdraw(guardian, draft))).toMatchObject({ state: 'WITHDRAWN' });
        expect((await submit(guardian, student, { name: '另一名字' })).keyChange).toMatchObject({
          state: 'DRAFTED',
        });
      },
    );

    test(
      breaks('ID-16', 'is no longer the guardian’s to take back once the school has handed it in'),
      async () => {
        const student = await somebody();
        const guardian = await desk.guardianOf(student);
        const draft = opened(await submit(guardian, student, { name: '家长改名' }));
        const handedIn = await keys.after(
          keys.handle(school.registrar, draft, { evidence: [await keys.proof(school.registrar)] }),
        );
        expect((await keys.change(guardian, draft.id)).allowedActions).toEqual([]);
        const refused = await keys.withdraw(guardian, handedIn);
        expect(refused.findings.map(({ outcome }) => outcome)).toEqual(['REJECT']);
        expect((await keys.change(school.registrar, draft.id)).state).toBe('SCHOOL_HANDLED');
      },
    );

    test(
      breaks('ID-13', 'opens neither part while another change of the key information runs, and says all'),
      async () => {
        const student = await somebody();
        const guardian = await desk.guardianOf(student);
        opened(await submit(guardian, student, { name: '家长改名' }));
        const again = await submit(guardian, student, {
          ...{ name: '再次改名', placementMode: 'INCLUSIVE', contactPhone: '13900000004' },
        });
        expect(again).toMatchObject({ update: null, keyChange: null });
        expect(standing(again.findings)).toEqual([
          'ID-13 KEY_CHANGE_ALREADY_RUNNING',
          'ID-24 NOT_AUTHORISED',
        ]);
        expect(await running(student)).toHaveLength(1);
        expect(await desk.updates(school.registrar, { student })).toEqual([]);
      },
    );

    test(breaks('ID-22', 'of a document that does not fit the child opens nothing'), async () => {
      const student = await somebody();
      const guardian = await desk.guardianOf(student);
      const wrong = { idDocumentType: 'RESIDENT_ID', idDocumentNumber: '11010519491231002X' };
      const answer = await submit(guardian, student, wrong);
      expect(answer).toMatchObject({ update: null, keyChange: null });
      expect(answer.findings.filter(({ outcome }) => outcome === 'REJECT')).not.toEqual([]);
      for (const { path } of answer.findings.filter(({ outcome }) => outcome === 'REJECT'))
        expect(path?.[0]).toBe('changes');
      const { idDocumentNumber } = wrong;
      expect(errorsOf(await trySubmit(guardian, student, { idDocumentNumber }))).toEqual(['BAD_USER_INPUT']);
      expect(await running(student)).toEqual([]);
    });
  });

  describe('from the school', () => {
    test(
      holds('ID-13', 'with an image of its proof is handed in by the registrar, for the head to decide'),
      async () => {
        const student = await somebody();
        const number = idNumber('2020-05-06', 300);
        const answer = await submit(
          school.registrar,
          student,
          { idDocumentType: 'RESIDENT_ID', idDocumentNumber: number, ethnicity: '02' },
          await copy(),
        );
        expect(standing(answer.findings)).toEqual([]);
        expect(answer.update).toMatchObject({ fields: ['ethnicGroup'] });
        const change = opened(answer);
        expect(change).toMatchObject({
          ...{ state: 'SCHOOL_HANDLED', papers: [{ kind: 'HOUSEHOLD_REGISTER' }] },
          items: [{ item: 'DOCUMENT_NUMBER', after: number }],
        });
        await keys.checked((await keys.approve(change)).id);
        const { identityDocument } = await keys.identity(school.registrar, student);
        expect(identityDocument.number).toBe(number);
        expect((await desk.kept<{ ethnicity: string }>(student, 'ethnicity')).ethnicity).toBe('01');
      },
    );

    test(
      breaks('ID-13', 'without one, or from a class teacher, opens nothing; the same name is no change'),
      async () => {
        const student = await somebody({ contactPhone: '13900000005' });
        const silent = await submit(school.registrar, student, { name: '无证改名' });
        expect(silent).toMatchObject({ update: null, keyChange: null });
        expect(standing(silent.findings)).toEqual(['ID-13 KEY_INFO_PROOF_MISSING']);
        const teacher = await desk.teacherOf(student);
        const reported = await submit(teacher, student, { name: '老师改名', isLeftBehind: true });
        expect(reported).toMatchObject({ update: null, keyChange: null });
        expect(standing(reported.findings)).toContain('ID-24 NOT_AUTHORISED');
        const { name } = await keys.identity(school.registrar, student);
        expect(errorsOf(await trySubmit(school.registrar, student, { name }))).toEqual(['BAD_USER_INPUT']);
        const phone = await submit(school.registrar, student, { name, contactPhone: '13900000006' });
        expect(codes(phone.findings)).not.toContain('ID-13 KEY_INFO_CHANGE_NEEDED');
        expect(phone).toMatchObject({ keyChange: null, update: { fields: ['contactPhone'] } });
        expect(await running(student)).toEqual([]);
      },
    );

    test('sent again under its key it answers the same two changes', async () => {
      const student = await somebody();
      const key = { idempotencyKey: randomUUID(), ...(await copy()) };
      const changes = { name: '样例重发', isBoarder: true };
      const one = await submit(school.registrar, student, changes, key);
      const again = await submit(school.registrar, student, changes, key);
      expect([again.update?.id, again.keyChange?.id]).toEqual([one.update?.id, one.keyChange?.id]);
      expect(await running(student)).toHaveLength(1);
    });
  });

  describe('a nationality that changes', () => {
    const passport = {
      idDocumentType: 'PASSPORT',
      idDocumentNumber: 'E00000777',
      overseasCategory: 'FOREIGN',
    };

    test(
      holds('ID-17', 'brings the keys of the passport along: the child is found by the new country alone'),
      async () => {
        const student = await somebody({ ...passport, nationalityOrRegion: '840', name: 'ALPHA ONE' });
        const claims = async () =>
          (
            await desk.counter.rows<{ hash: string }>(
              'identity',
              `select encode(hash, 'hex') as hash from document_claim where person_id = $1 order by 1`,
              [student],
            )
          ).map(({ hash }) => hash);
        const before = await claims();
        const entered = await submit(school.registrar, student, { nationality: '826' }, await copy());
        const update = entered.update;
        if (update === null) throw new Error(`Refused: ${JSON.stringify(entered.findings)}`);
        const confirmed = await desk.decide(school.head, update, 'CONFIRM');
        expect(confirmed.state).toBe('AUTHORITY_REVIEW');
        expect(await claims()).toEqual(before);
        const looked = await desk.handle(county.registrar, confirmed);
        expect((await desk.decide(county.head, looked, 'CONFIRM')).state).toBe('APPLIED');
        const after = await claims();
        expect(after).toHaveLength(before.length);
        expect(after).not.toEqual(before);
      },
    );

    test(breaks('ID-17', 'to that of a child with the same passport number is not written'), async () => {
      const other = { ...passport, nationalityOrRegion: '840', name: 'BETA TWO', birthDate: '2020-06-07' };
      const student = await somebody(other);
      const entered = await submit(school.registrar, student, { nationality: '826' }, await copy());
      if (entered.update === null) throw new Error(`Refused: ${JSON.stringify(entered.findings)}`);
      const confirmed = await desk.decide(school.head, entered.update, 'CONFIRM');
      const looked = await desk.handle(county.registrar, confirmed);
      const refused = desk.only(await desk.tryDecide(county.head, looked, 'CONFIRM'));
      expect(standing(refused.findings)).toEqual(['ID-17 DUPLICATE_RECORD_FOUND']);
    });
  });
});
