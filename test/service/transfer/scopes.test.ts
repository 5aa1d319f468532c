import { randomUUID } from 'node:crypto';
import { execute } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  guardian,
  type Pupil,
  receiving,
  sending,
  type Transfer,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

/** Who sees a transfer, and what of it. */
describe('a transfer', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let child: Pupil;
  let begun: Transfer;
  const [mother, stranger] = [guardian('mother'), guardian('stranger')];

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    child = await desk.pupil();
    begun = await desk.started(child);
    const other = await desk.pupil();
    for (const [who, person] of [
      [mother, child.person],
      [stranger, other.person],
    ] as const) {
      await desk.desk.ask(
        sending.registrar,
        'mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { findings { code } } }',
        {
          input: {
            ...{ idempotencyKey: randomUUID(), student: person, subject: who.sub },
            ...{ position: 1, basis: 'HOUSEHOLD_REGISTER' },
          },
        },
      );
    }
    await registry.settled();
  });
  afterAll(() => registry?.stop());

  const outside = ['OUT_OF_JURISDICTION'];
  const codeOf = async (answer: Promise<{ errors: { extensions: { code?: string } }[] }>) =>
    (await answer).errors.map(({ extensions }) => extensions.code);
  const pupilSeenBy = (who: Desk) =>
    desk.desk.ask<{ transferCase: { student: { id: string; name: string | null } | null } }>(
      who,
      'query ($id: ID!) { transferCase(id: $id) { student { id name } } }',
      { id: begun.id },
    );

  test(
    holds('PRV-12', 'is seen by both schools, both authorities and those above, and by the guardian'),
    async () => {
      const city = authorityDesks('140100', 'CITY');
      const sides = [sending, receiving, xiaodian, yingze].flatMap(({ registrar, head }) => [
        registrar,
        head,
      ]);
      for (const who of [...sides, city.head, mother]) {
        expect(await desk.seen(who, begun.id)).toMatchObject({ id: begun.id, student: { id: child.person } });
        expect(await desk.list(who)).toContain(begun.id);
      }
    },
  );

  test(
    breaks('PRV-12', 'to others it is as if there were none: a third school, county, family'),
    async () => {
      const others = [
        third.registrar,
        schoolDesks(beiguanPrimary).head,
        authorityDesks('140107').head,
        authorityDesks('410503').registrar,
        stranger,
      ];
      for (const who of others) {
        const there = await desk.see(who, begun.id);
        expect(there.errors.map(({ extensions }) => extensions.code)).toEqual(outside);
        expect(await desk.see(who, randomUUID())).toEqual(there);
        expect(await desk.see(who, 'nothing at all')).toEqual(there);
        expect(await desk.list(who)).toEqual([]);
      }
      const decide = (id: string) =>
        desk.tryOn(third.head, 'decideTransferStep', 'DecideTransferStepInput', {
          ...{ transfer: id, expectedVersion: begun.version, decision: 'APPROVE' },
        });
      expect(await codeOf(decide(begun.id))).toEqual(outside);
      expect((await decide(begun.id)).errors).toEqual((await decide(randomUUID())).errors);
      const handle = desk.tryOn(third.registrar, 'handleTransferStep', 'HandleTransferStepInput', {
        ...{ transfer: begun.id, expectedVersion: begun.version },
      });
      expect(await codeOf(handle)).toEqual(outside);
      const withdraw = desk.tryOn(stranger, 'withdrawTransfer', 'WithdrawTransferInput', {
        ...{ transfer: begun.id, expectedVersion: begun.version },
      });
      expect(await codeOf(withdraw)).toEqual(outside);
    },
  );

  test(breaks('PRV-12', 'shows the receiving side the case and nothing else of the pupil'), async () => {
    const own = await pupilSeenBy(sending.registrar);
    expect(own.data?.transferCase.student?.name).toBe(child.name);
    const theirs = await pupilSeenBy(receiving.registrar);
    expect(theirs.data?.transferCase.student?.name ?? null).toBeNull();
    expect(JSON.stringify(theirs)).not.toContain(child.name);
    const { data, errors } = await desk.desk.ask<{ student: unknown }>(
      receiving.registrar,
      'query ($id: ID!) { student(id: $id) { id } }',
      { id: child.person },
    );
    expect([data?.student ?? null, errors.map(({ extensions }) => extensions.code)]).toEqual([null, outside]);
  });

  test(
    breaks('PRV-15', 'a number with another name finds nobody, like a number that is nobody’s'),
    async () => {
      const guessed = await desk.initiate(receiving, { ...child, name: '别的名字' });
      const nobody = await desk.initiate(receiving, { ...child, number: '140105201001010027' });
      expect(codes(guessed)).toEqual(['PUPIL_NOT_FOUND']);
      expect(nobody).toEqual(guessed);
    },
  );

  const preview = (who: Desk, pupil: Pupil, more: Record<string, unknown> = {}) =>
    desk.desk.ask<{ previewTransfer: { findings: { code: string }[]; parties: { unit: string }[] } }>(
      who,
      'query ($input: TransferInput!) { previewTransfer(input: $input) { findings { code } parties { unit } } }',
      { input: desk.wanted(pupil, more) },
    );

  test(holds('PRV-13', 'who previews one for a pupil is on record, and so is who is refused'), async () => {
    const other = await desk.pupil();
    const seen = desk.desk.answered(await preview(third.registrar, other)).previewTransfer;
    expect(JSON.stringify(seen)).not.toContain(sending.school);
    expect(codes(await desk.initiate(third, other, { grade: 3 }))).toContain('GRADE_CHANGE_FORBIDDEN');
    const read = await desk.counter.rows(
      'transfer',
      'select from read_audit where caller = $1 and persons = array[$2::uuid]',
      [third.registrar.sub, other.person],
    );
    expect(read).toHaveLength(2);
  });

  test(
    breaks('PRV-15', 'who guesses finds nobody for the rest of the hour, many at once or not'),
    async () => {
      const other = await desk.pupil();
      const guesser = { ...third.registrar, sub: 'guesser' };
      const guesses = Array.from({ length: 24 }, (_, at) => ({ ...other, name: `别的名字${at}` }));
      const answers = await Promise.all(guesses.map((guess) => preview(guesser, guess)));
      const told = answers.flatMap((answer) =>
        desk.desk.answered(answer).previewTransfer.findings.map(({ code }) => code),
      );
      expect(told.filter((code) => code === 'PUPIL_NOT_FOUND')).toHaveLength(20);
      const findings = async (who: Desk) =>
        desk.desk.answered(await preview(who, other)).previewTransfer.findings.map(({ code }) => code);
      expect(await findings(guesser)).toEqual(['TOO_MANY_MISSES']);
      expect(await findings(third.registrar)).not.toContain('TOO_MANY_MISSES');
      registry.clock.moveTo('2026-09-02T10:00:00+08:00');
      expect(await findings(guesser)).not.toContain('TOO_MANY_MISSES');
    },
  );

  test(holds('PRV-15', 'a pupil is found by its student number and name as well'), async () => {
    const other = await desk.pupil();
    const { student } = desk.desk.answered(
      await desk.desk.ask<{ student: { studentNumber: string } }>(
        sending.registrar,
        'query ($id: ID!) { student(id: $id) { studentNumber(full: true) } }',
        { id: other.person },
      ),
    );
    const byNumber = { name: other.name, studentNumber: student.studentNumber };
    const answer = await desk.initiate(receiving, other, { student: byNumber });
    expect(answer.transfer?.student?.id).toBe(other.person);
  });

  test('stands with the pupil for whom it concerns', async () => {
    const asked = await desk.desk.ask<{ student: { transfers: { id: string }[] } }>(
      mother,
      'query ($id: ID!) { student(id: $id) { transfers { id } } }',
      { id: child.person },
    );
    expect(desk.desk.answered(asked).student.transfers.map(({ id }) => id)).toEqual([begun.id]);
  });

  test('is on the worklist of the unit whose turn it is, and on no other', async () => {
    expect(await desk.list(sending.registrar, { mine: true })).toEqual([begun.id]);
    expect(await desk.list(xiaodian.head, { mine: true })).toEqual([]);
    expect(await desk.list(receiving.head, { states: ['HANDED_OVER'] })).toEqual([]);
    expect((await desk.seen(sending.registrar, begun.id)).allowedActions).toEqual(['HANDLE']);
    expect((await desk.seen(xiaodian.head, begun.id)).allowedActions).toEqual([]);
    expect((await desk.seen(mother, begun.id)).allowedActions).toEqual(['WITHDRAW']);
  });

  test(breaks('TRF-01', 'is one of its kind in the tables themselves: no second open row'), async () => {
    const copy = desk.counter.change(
      'transfer',
      `insert into transfer_case select (jsonb_populate_record(c, jsonb_build_object('case_id', gen_random_uuid()))).*
       from transfer_case c where case_id = $1`,
      [begun.id],
    );
    await expect(copy).rejects.toMatchObject({ code: '23505' });
  });

  test(breaks('PRV-12', 'no request changes whom a case is about, or between whom'), async () => {
    const { app, directory } = desk.service().core;
    const school = await directory.school(sending.school);
    const scope = { lo: school?.place ?? 0, hi: school?.place ?? 0, persons: [] };
    for (const column of ['target_place = 0', 'source_place = 0', `person_id = gen_random_uuid()`]) {
      const moving = inScope(app, scope, (tx) => execute(tx, `update transfer_case set ${column}`));
      await expect(moving).rejects.toMatchObject({ code: '42501' });
    }
    const own = inScope(app, scope, (tx) => execute(tx, 'update transfer_case set version = version'));
    expect(await own).toBeGreaterThan(0);
    const elsewhere = await directory.school(third.school);
    const place = elsewhere?.place ?? 0;
    const foreign = inScope(app, { lo: place, hi: place, persons: [] }, (tx) =>
      execute(tx, 'update transfer_case set version = version'),
    );
    expect(await foreign).toBe(0);
  });
});
