import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { openSchool, pupilOf, type SchoolOfTests, schoolIn } from './elsewhere.ts';
import { codes, type Pupil, type Transfer, type TransferDesk, transferDeskOf } from './transfer-desk.ts';

const beiguan = schoolIn('410503', beiguanPrimary);
const neighbour = schoolIn('410503', '2141000002');
const bureau = authorityDesks('410503');
const sheet = { dataChecked: true, nature: 'RETURNING_TO_CITY', proofsChecked: true };

/** Transfers within Henan into the district of Beiguan; tests follow one another in time. */
describe('a transfer into a school of Beiguan', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let outside: SchoolOfTests;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    outside = await openSchool(desk, '410502');
  });
  afterAll(() => registry?.stop());

  const file = ({ id, version }: Transfer, more: Record<string, unknown> = {}, by = beiguan.registrar) =>
    desk.order(by, 'prefileTransfer', 'PrefileTransferInput', {
      ...{ transfer: id, expectedVersion: version, ...sheet, ...more },
    });
  const draft = (child: Pupil, more: Record<string, unknown> = {}, by = beiguan) =>
    desk.after(desk.initiate(by, child, more));
  const handled = async ({ id }: Transfer) =>
    desk.after(desk.handle(bureau.registrar, await desk.seen(bureau.registrar, id)));
  const findingsOf = ({ findings }: Pick<Transfer, 'findings'>) =>
    findings.filter(({ outcome }) => outcome !== 'WARN').map(({ code, outcome }) => `${outcome} ${code}`);

  let wednesday: Transfer;
  let onWednesday: Pupil;

  type Filing = { studentName: string | null } & Record<string, unknown>;
  const filingSeenBy = async (who: Desk, { id }: Pick<Transfer, 'id'>): Promise<Filing> =>
    desk.desk.answered(
      await desk.desk.ask<{ transferCase: { filing: Filing } }>(
        who,
        `query ($id: ID!) { transferCase(id: $id) { filing { nature dataChecked proofsChecked filedOn registrar proofs
          studentName studentNumber } } }`,
        { id },
      ),
    ).transferCase.filing;

  test(
    breaks('TRF-46', 'is not started by the school before the bureau has approved its filing'),
    async () => {
      onWednesday = await pupilOf(desk, outside);
      const made = await draft(onWednesday);
      expect(findingsOf(made)).toEqual(['HOLD PREFILING_REQUIRED']);
      expect(made.allowedActions).toEqual(['HANDLE', 'PREFILE', 'DISCARD', 'HAND_IN']);
      expect((await desk.seen(beiguan.head, made.id)).allowedActions).toEqual(['REFUSE', 'DISCARD']);
      const started = await desk.decide(beiguan.head, made, 'APPROVE');
      expect(started.findings).toMatchObject([{ ruleId: 'TRF-46', code: 'PREFILING_REQUIRED' }]);
      expect(codes(await file(made, { proofsChecked: false }))).toContain('PREFILING_INCOMPLETE');
      expect(codes(await file(made, {}, outside.registrar))).toEqual(['ONLY_TARGET_SCHOOL_MAY_INITIATE']);
      expect((await desk.seen(beiguan.head, made.id)).state).toBe('DRAFT');
      wednesday = made;
    },
  );

  test(
    breaks('TRF-46', 'is filed on a Tuesday; on another day the bureau lets it through with a reason'),
    async () => {
      const filed = await desk.after(file(wednesday));
      expect(filed.state).toBe('PREFILING');
      expect(await desk.list(bureau.registrar, { states: ['PREFILING'], mine: true })).toEqual([filed.id]);
      expect(await filingSeenBy(bureau.head, filed)).toMatchObject({
        ...{ nature: 'RETURNING_TO_CITY', dataChecked: true, proofsChecked: true, filedOn: '2026-09-02' },
        ...{ registrar: beiguan.registrar.sub, proofs: ['APPLICATION_FORM', 'REASON_PROOF'] },
        studentName: onWednesday.name,
      });
      const seen = await handled(filed);
      const bare = await desk.decide(bureau.head, seen, 'APPROVE');
      expect(codes(bare)).toEqual(['NOT_PREFILING_DAY']);
      const approved = await desk.after(desk.decide(bureau.head, seen, 'APPROVE', { note: '家长即将离境' }));
      expect(approved).toMatchObject({ state: 'PREFILING', startedAt: null });
      expect(await desk.placeOf(filed.id)).toBeUndefined();
      expect(await desk.list(bureau.registrar, { mine: true })).toEqual([]);
      expect(await desk.list(beiguan.head, { mine: true })).toEqual([filed.id]);
    },
  );

  test(
    holds('TRF-46', 'is started by the school’s head once the filing was approved, and goes on'),
    async () => {
      const begun = await desk.after(
        desk.decide(beiguan.head, await desk.seen(beiguan.head, wednesday.id), 'APPROVE'),
      );
      expect(begun).toMatchObject({ state: 'SOURCE_SCHOOL_REVIEW', blockers: [] });
      expect(findingsOf(begun)).toEqual([]);
      expect(await desk.placeOf(begun.id)).toBe('HELD');
      expect(await filingSeenBy(outside.registrar, begun)).toMatchObject({
        studentName: null,
        registrar: null,
      });
      await desk.approve(outside, begun);
      await desk.approve(authorityDesks('410502'), begun);
      await desk.approve(bureau, begun);
      await desk.atRest();
      expect((await desk.seen(beiguan.head, begun.id)).state).toBe('HANDED_OVER');
      expect(await desk.eventsOf(begun.id)).toEqual([
        ...['TransferDrafted', 'TransferStepOpened', 'TransferPrefiled', 'TransferStepOpened'],
        ...['AuthorityDecided', 'TransferStepOpened', 'TransferInitiated', 'TransferStepOpened'],
        ...['SourceSchoolDecided', 'TransferStepOpened', 'TransferStepOpened'],
        ...['AuthorityDecided', 'AuthorityDecided', 'TransferCompleted'],
      ]);
    },
  );

  test('is not filed where nobody asks for it', async () => {
    const made = await draft(await pupilOf(desk, beiguan), {}, outside);
    expect(codes(await file(made, {}, outside.registrar))).toEqual(['TRANSFER_FILING_NOT_ASKED']);
  });

  test(breaks('TRF-12', 'on a proven ground of the list is not refused for lack of ground'), async () => {
    registry.clock.moveTo('2026-09-08T09:00:00+08:00');
    const made = await draft(await pupilOf(desk, outside));
    const filed = await handled(await desk.after(file(made)));
    const refused = await desk.decide(bureau.head, filed, 'REFUSE', { reasons: ['GROUND_NOT_MET'] });
    expect(refused.findings).toMatchObject([{ ruleId: 'TRF-12', code: 'ILLEGAL_REJECTION_REASON' }]);
    expect(await desk.counter.rows('transfer', illegalOf, [made.id])).toMatchObject([
      { unit: '410503', party: 'PREFILING_BUREAU' },
    ]);
    const onTuesday = await desk.after(desk.decide(bureau.head, filed, 'APPROVE'));
    expect(onTuesday.state).toBe('PREFILING');
  });

  test(holds('TRF-12', 'on any other ground waits for the bureau, which may refuse its filing'), async () => {
    const other = { ground: 'OTHER', proofChecked: true, meetsLocalRequirements: true };
    const made = await draft(await pupilOf(desk, outside), { reason: other });
    expect(findingsOf(made)).toContain('HOLD GROUND_NOT_MET');
    const filed = await handled(await desk.after(file(made, { nature: 'OTHER' })));
    const refused = await desk.after(
      desk.decide(bureau.head, filed, 'REFUSE', { reasons: ['GROUND_NOT_MET'] }),
    );
    expect(refused.state).toBe('REJECTED');
  });

  test(
    breaks('TRF-13', 'from another school of the district is let through by the bureau alone, with a reason'),
    async () => {
      const migrant = { ground: 'MIGRANT_CHILD', proofChecked: true, meetsLocalRequirements: true };
      const made = await draft(await pupilOf(desk, neighbour), { reason: migrant });
      expect(findingsOf(made)).toContain('HOLD INTRA_DISTRICT_TRANSFER');
      const begun = await started(made, { nature: 'MIGRANT_CHILD' });
      await desk.approve(neighbour, begun);
      const seen = await handled(begun);
      expect(codes(await desk.decide(bureau.head, seen, 'APPROVE'))).toContain('INTRA_DISTRICT_TRANSFER');
      await desk.after(desk.decide(bureau.head, seen, 'APPROVE', { note: '原校撤并在即' }));
    },
  );

  test(
    holds('TRF-13', 'goes from school to school where the household moved and the bureau agreed (CF-17)'),
    async () => {
      const household = { across: 'SCHOOL_DISTRICT_OR_TOWNSHIP', withGuardians: true };
      const reason = {
        ground: 'HOUSEHOLD_MOVE',
        household,
        proofChecked: true,
        meetsLocalRequirements: true,
      };
      const made = await draft(await pupilOf(desk, neighbour), { reason });
      expect(findingsOf(made)).toContain('HOLD INTRA_DISTRICT_TRANSFER');
      expect(findingsOf(await started(made))).toEqual([]);
    },
  );

  test(holds('TRF-07', 'is taken until two months after the term’s opening'), async () => {
    const child = await pupilOf(desk, outside);
    registry.clock.moveTo('2026-11-03T09:00:00+08:00');
    const made = await draft(child, { appliedOn: '2026-10-31' });
    expect(findingsOf(made)).not.toContain('HOLD OUTSIDE_ACCEPTANCE_WINDOW');
    await desk.after(desk.order(beiguan.registrar, ...discard(made)));
  });

  test(breaks('TRF-07', 'waits for the bureau when it is asked for later'), async () => {
    const made = await draft(await pupilOf(desk, outside), { appliedOn: '2026-11-01' });
    expect(findingsOf(made)).toContain('HOLD OUTSIDE_ACCEPTANCE_WINDOW');
    const begun = await started(made);
    await desk.approve(outside, begun);
    const seen = await handled(begun);
    expect(codes(await desk.decide(bureau.head, seen, 'APPROVE'))).toEqual(['OUTSIDE_ACCEPTANCE_WINDOW']);
    await desk.after(desk.decide(bureau.head, seen, 'APPROVE', { note: '监护人工作调动' }));
  });

  /** Filed, let through by the bureau and started. */
  const started = async (made: Transfer, more: Record<string, unknown> = {}): Promise<Transfer> => {
    const filed = await handled(await desk.after(file(made, more)));
    const approved = await desk.after(desk.decide(bureau.head, filed, 'APPROVE', { note: '同意备案' }));
    return desk.after(desk.decide(beiguan.head, approved, 'APPROVE'));
  };
});

const discard = ({ id, version }: Transfer) =>
  ['discardTransferDraft', 'DiscardTransferDraftInput', { transfer: id, expectedVersion: version }] as const;

const illegalOf = `select event -> 'data' ->> 'unit' as unit, event -> 'data' ->> 'party' as party
  from (select event, type from event_log union all select event, type from outbox) e
  where type = 'IllegalRejectionBlocked' and event -> 'data' ->> 'transfer' = $1`;
