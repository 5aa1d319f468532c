import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { openSchool, pupilOf, type SchoolOfTests, schoolIn } from './elsewhere.ts';
import {
  codes,
  type Pupil,
  receiving,
  sending,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

type Attendance = {
  id: string;
  version: number;
  basis: string;
  student: { id: string };
  source: { id: string } | null;
  sourceAuthority: string;
  endedOn: string | null;
  endedHow: string | null;
  endedNote: string | null;
  since: string;
  deadline: { on: string; provisional: boolean } | null;
  overdue: boolean;
  startedOn: string | null;
  transfer: { id: string } | null;
  findings: { ruleId: string; code: string; outcome: string }[];
  allowedActions: string[];
};
type Answer = {
  attendance: Attendance | null;
  findings: { ruleId: string; outcome: string; code: string }[];
};

const fields = `id version basis since overdue startedOn student { id } source { id } sourceAuthority endedOn endedHow endedNote deadline { on provisional } transfer { id }
  findings { ruleId code outcome } allowedActions`;

/** Pupils at a school while their registration is at another; tests follow one another in time. */
describe('a pupil who attends where the registration is not', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let special: SchoolOfTests;
  let beiguanSpecial: SchoolOfTests;
  const province: Desk = { sub: 'head-140000', level: 'PROVINCE', unit: '140000', roles: ['DECISION_MAKER'] };
  const beiguan = schoolIn('410503', '2141000001');

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    const kind = { kind: 'SPECIAL_EDUCATION' };
    special = await openSchool(desk, '140106', { ...kind, name: '迎泽区特殊教育学校' });
    beiguanSpecial = await openSchool(desk, '410503', { ...kind, name: '北关区特殊教育学校' });
  });
  afterAll(() => registry?.stop());

  const studentOf = ({ name, number }: Pupil) => ({
    ...{ name, idDocumentType: 'RESIDENT_ID', idDocumentNumber: number },
  });
  const send = async (who: Desk, name: string, type: string, input: Record<string, unknown>) => {
    const answer = await desk.desk.ask<Record<string, Answer>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { attendance { ${fields} }
        findings { ruleId outcome code } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    return desk.desk.answered(answer)[name] ?? { attendance: null, findings: [] };
  };
  const report = (child: Pupil, more: Record<string, unknown> = {}, by: { registrar: Desk } = receiving) =>
    send(by.registrar, 'reportAttending', 'ReportAttendingInput', {
      ...{ student: studentOf(child), since: '2026-09-01', acceptedInCompliance: true, ...more },
    });
  const list = async (who: Desk, filter: Record<string, unknown> = {}): Promise<Attendance[]> =>
    desk.desk
      .answered(
        await desk.desk.ask<{ transferAttendances: { edges: { node: Attendance }[] } }>(
          who,
          `query ($f: TransferAttendanceFilter) { transferAttendances(filter: $f) { edges { node { ${fields} } } } }`,
          { f: filter },
        ),
      )
      .transferAttendances.edges.map(({ node }) => node);
  const of = async (who: Desk, child: Pupil) =>
    (await list(who)).find(({ student }) => student.id === child.person);
  const told = ({ findings }: Pick<Answer, 'findings'>) =>
    findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
  const eventsOf = async ({ id }: Attendance) =>
    (
      await desk.counter.rows<{ type: string }>(
        'transfer',
        `select type from (select type, aggregate_id, version from event_log
           union select type, aggregate_id, version from outbox) e where aggregate_id = $1 order by version`,
        [`attendance:${id}`],
      )
    ).map(({ type }) => type);
  const moveTo = async (instant: string) => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
  };

  let early: Pupil;
  let late: Pupil;
  let offline: Pupil;

  test(breaks('TRF-49', 'is never refused, and on record until the transfer has started'), async () => {
    early = await desk.pupil();
    const answer = await report(early);
    expect(told(answer)).toEqual(['TRF-49 RECORD ATTENDING_WITHOUT_TRANSFER']);
    expect(answer.attendance).toMatchObject({
      basis: 'WITHOUT_TRANSFER',
      student: { id: early.person },
      deadline: { on: '2026-09-15', provisional: false },
      overdue: false,
    });
    for (const who of [receiving.head, sending.registrar, yingze.head])
      expect((await of(who, early))?.id).toBe(answer.attendance?.id);
    expect(await of(third.registrar, early)).toBeUndefined();
    const able = await report(await desk.pupil(), { inclusiveClass: true }, beiguan);
    expect(told(able)).toEqual(['TRF-49 RECORD ATTENDING_WITHOUT_TRANSFER']);
    expect(able.attendance?.deadline?.on).toBe('2026-09-15');
    expect(told(await report(early))).toEqual(['null REJECT ATTENDANCE_ALREADY_REPORTED']);
    late = await desk.pupil();
    await report(late);
  });

  test(
    holds(
      'TRF-49',
      'is on no record in an inclusive class or at a special school, nor once the case has started',
    ),
    async () => {
      const [taught, started] = [await desk.pupil(), await desk.pupil()];
      const inclusive = await pupilOf(desk, { school: sending.school, county: '140105' }, disabled);
      expect(told(await report(inclusive, { inclusiveClass: true }))).toEqual([]);
      expect(told(await report(taught, {}, special))).toEqual([]);
      const begun = await desk.started(started);
      const answer = await report(started);
      expect(told(answer)).toEqual([]);
      expect(answer.attendance).toMatchObject({ startedOn: '2026-09-02', transfer: { id: begun.id } });
    },
  );

  test('is not reported where nobody of that number and name is registered, or is registered here', async () => {
    expect(told(await report({ ...early, name: '别的名字' }))).toEqual(['null REJECT PUPIL_NOT_FOUND']);
    expect(told(await report(early, {}, sending))).toEqual(['TRF-01 REJECT ACTIVE_ENROLLMENT_EXISTS']);
    expect(told(await report(early, { since: '2026-09-03' }, third))).toEqual([
      'null REJECT ATTENDANCE_DATED_LATER',
    ]);
    for (const since of ['0001-01-01', '2008-09-01', '2023-09-01'])
      expect(told(await report(early, { since }, third))).toEqual(['null REJECT ATTENDANCE_DATED_TOO_EARLY']);
    for (const appliedOn of ['1900-01-01', '2025-09-01'])
      expect(codes(await desk.initiate(third, early, { appliedOn }))).toEqual(['APPLICATION_DATED_LONG_AGO']);
  });

  test(breaks('TRF-29', 'takes the registration along to a special school of Shanxi'), async () => {
    const child = await pupilOf(desk, { school: sending.school, county: '140105' }, disabled);
    const answer = await report(child, { registrationStays: true }, special);
    expect(told(answer)).toEqual(['TRF-29 REJECT REGISTRATION_MUST_MOVE']);
    expect(await of(special.registrar, child)).toBeUndefined();
    // The answer is the same of a pupil who is not disabled, and tells of nobody whether they are.
    const able = await desk.pupil();
    expect(await report(able, { registrationStays: true }, special)).toEqual(answer);
    const read = await desk.counter.rows(
      'transfer',
      'select from read_audit where caller = $1 and $2 = any(persons)',
      [special.registrar.sub, able.person],
    );
    expect(read).toHaveLength(1);
  });

  test(holds('TRF-29', 'may leave it at the old school in Beiguan, and owes no transfer then'), async () => {
    const child = await pupilOf(desk, beiguan, disabled);
    const { attendance, findings } = await report(child, { registrationStays: true }, beiguanSpecial);
    expect(findings).toEqual([]);
    expect(attendance).toMatchObject({ basis: 'REGISTRATION_STAYS', deadline: null, findings: [] });
    expect((await desk.registrationOf(child.person))?.school).toBe(beiguan.school);
    const able = await pupilOf(desk, beiguan);
    expect(told(await report(able, { registrationStays: true }, beiguanSpecial))).toEqual([
      'null REJECT NOT_BETWEEN_SPECIAL_AND_ORDINARY',
    ]);
  });

  test('is over when the registration goes to a third school, and follows it nowhere', async () => {
    const child = await desk.pupil();
    await report(child);
    const begun = await desk.started(child, third);
    await desk.approve(sending, begun);
    await desk.approve(xiaodian, begun);
    await desk.atRest();
    await registry.settled();
    expect((await desk.registrationOf(child.person))?.school).toBe(third.school);
    const over = { endedOn: '2026-09-02', endedHow: 'REGISTRATION_MOVED', startedOn: null };
    const seen = await of(receiving.registrar, child);
    expect(seen).toMatchObject({ ...over, source: null, sourceAuthority: '140105' });
    expect(seen && (await eventsOf(seen))).toEqual(['AttendanceReported', 'AttendanceEnded']);
    expect(await of(sending.registrar, child)).toMatchObject({ ...over, source: { id: sending.school } });
    expect(await of(third.registrar, child)).toBeUndefined();
  });

  test('is ended with its reason by the school that has the registration, where it is not so', async () => {
    const child = await desk.pupil();
    const { attendance } = await report(child);
    const contest = (who: Desk, more: Record<string, unknown> = {}) =>
      send(who, 'endAttending', 'EndAttendingInput', {
        ...{
          attendance: attendance?.id,
          expectedVersion: attendance?.version,
          leftOn: '2026-09-02',
          ...more,
        },
      });
    expect((await of(sending.registrar, child))?.allowedActions).toEqual(['CONTEST']);
    await expect(contest(third.registrar)).rejects.toThrow('OUT_OF_JURISDICTION');
    expect(told(await contest(sending.registrar))).toEqual(['null REJECT CONTEST_REASON_MISSING']);
    const note = '该生一直在本校上课';
    expect((await contest(sending.registrar, { note })).attendance).toMatchObject({ endedHow: 'CONTESTED' });
    expect(await of(receiving.registrar, child)).toMatchObject({ endedNote: note, allowedActions: [] });
    expect(told(await report(child))).toEqual(['TRF-49 RECORD ATTENDING_WITHOUT_TRANSFER']);
  });

  const decidedOutside = (child: Pupil, more: Record<string, unknown> = {}) =>
    send(receiving.registrar, 'recordOfflineTransfer', 'RecordOfflineTransferInput', {
      ...{ student: studentOf(child), faultReference: 'SX-2026-09', familyWishes: true },
      ...{ paperDecidedOn: '2026-09-02', ...more },
    });
  const fault = async (who: Desk, name: 'declareFault' | 'endFault', input: Record<string, unknown>) => {
    const type = name === 'declareFault' ? 'DeclareFaultInput' : 'EndFaultInput';
    const answer = await desk.desk.ask<Record<string, Pick<Answer, 'findings'>>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { fault { reference until } findings { ruleId outcome code } } }`,
      { input: { idempotencyKey: randomUUID(), reference: 'SX-2026-09', ...input } },
    );
    return desk.desk.answered(answer)[name]?.findings.map(({ code }) => code);
  };
  const declared = {
    place: '140000',
    from: '2026-09-02T08:00:00+08:00',
    description: '省级平台数据传输中断',
  };

  test(
    breaks('TRF-24', 'is not decided outside where no fault was declared, nor against the family'),
    async () => {
      offline = await desk.pupil();
      expect(told(await decidedOutside(offline))).toEqual(['TRF-24 REJECT NO_FAULT_DECLARED']);
      expect(await fault(province, 'declareFault', { ...declared, place: '410000' })).toEqual([
        'FAULT_OUTSIDE_JURISDICTION',
      ]);
      const slipped = { ...declared, from: '1926-09-02T08:00:00+08:00' };
      expect(await fault(province, 'declareFault', slipped)).toEqual(['FAULT_BEGAN_LONG_AGO']);
      expect(await fault(province, 'declareFault', declared)).toEqual([]);
      expect(told(await decidedOutside(offline, { paperDecidedOn: '2026-09-01' }))).toEqual([
        'TRF-24 REJECT NO_FAULT_DECLARED',
      ]);
      expect(told(await decidedOutside(offline, { familyWishes: false }))).toEqual([
        'TRF-24 REJECT OFFLINE_WITHOUT_FAMILY_WISH',
      ]);
      const handling = { mode: 'OFFLINE_FIRST', faultReference: 'HA-1', familyWishes: true };
      const paper = { ...handling, paperDecidedOn: '2026-09-02' };
      expect(codes(await desk.initiate(receiving, offline, { handling: paper }))).toEqual([
        'NO_FAULT_DECLARED',
      ]);
    },
  );

  test(holds('TRF-24', 'is decided outside in a fault and is the new school’s from that day'), async () => {
    const broken = { reference: 'SX-BROKEN' };
    await fault(province, 'declareFault', { ...declared, ...broken });
    await decidedOutside(await desk.pupil(), { faultReference: broken.reference });
    // No law of that time says how long: work fails at it, stands back from it, and goes on with the others.
    await desk.counter.change(
      'transfer',
      `update transfer_fault set began_at = '1926-09-01', ended_at = '1926-09-02' where reference = $1`,
      [broken.reference],
    );
    const answer = await decidedOutside(offline);
    expect(answer.findings).toEqual([]);
    const handling = { mode: 'OFFLINE_FIRST', faultReference: 'SX-2026-09', familyWishes: true };
    const later = await desk.initiate(receiving, offline, {
      handling: { ...handling, paperDecidedOn: '2030-01-01' },
    });
    expect(codes(later)).toEqual(['OFFLINE_DECISION_DATED_LATER']);
    expect(answer.attendance).toMatchObject({
      basis: 'OFFLINE_DECISION',
      since: '2026-09-02',
      deadline: null,
    });
    const faults = desk.desk.answered(
      await desk.desk.ask<{ systemFaults: { reference: string }[] }>(
        receiving.registrar,
        '{ systemFaults(lasting: true) { reference } }',
      ),
    );
    expect(faults.systemFaults).toEqual([{ reference: 'SX-2026-09' }]);
    await moveTo('2026-09-04T10:00:00');
    const another = await desk.pupil();
    await decidedOutside(another, { paperDecidedOn: '2026-09-04' });
    const tooEarly = { at: '2026-09-03T09:00:00+08:00' };
    expect(await fault(province, 'endFault', tooEarly)).toEqual(['FAULT_ENDS_BEFORE_DECISION']);
    expect(await fault(province, 'endFault', { at: '2026-09-04T09:00:00+08:00' })).toEqual([]);
    await desk.atRest();
    expect((await of(receiving.head, offline))?.deadline?.on).toBe('2026-09-18');
  });

  test(holds('TRF-50', 'is done with when the school starts the transfer on the last day'), async () => {
    await moveTo('2026-09-15T23:00:00');
    const begun = await desk.started(early);
    const seen = await of(receiving.head, early);
    expect(seen).toMatchObject({ startedOn: '2026-09-15', overdue: false, findings: [] });
    expect(seen?.transfer?.id).toBe(begun.id);
    expect(await of(receiving.head, late)).toMatchObject({ overdue: false });
  });

  test(
    breaks('TRF-50', 'is a breach of the school from the day after, and attends all the same'),
    async () => {
      await moveTo('2026-09-16T00:00:00');
      const seen = await of(receiving.head, late);
      expect(seen && told(seen)).toEqual([
        'TRF-49 RECORD ATTENDING_WITHOUT_TRANSFER',
        'TRF-50 RECORD ATTENDING_WITHOUT_TRANSFER',
      ]);
      expect(seen && (await eventsOf(seen))).toEqual(['AttendanceReported', 'AcceptedPupilNotTransferred']);
      const overdue = (await list(yingze.head, { late: true })).map(({ student }) => student.id);
      await registry.settled();
      const month = desk.desk.answered(
        await desk.desk.ask<{ timelinessReport: { total: { omittedByRule: unknown[] } } }>(
          yingze.head,
          '{ timelinessReport(month: "2026-09") { total { omittedByRule { ruleId count } } } }',
        ),
      );
      // Owed besides: who is in an inclusive class, who is at a special school of Shanxi, who went to a third school.
      expect(month.timelinessReport.total.omittedByRule).toEqual([{ ruleId: 'TRF-50', count: 4 }]);
      expect((await of(yingze.head, late))?.allowedActions).toEqual(['ORDER_CORRECTION']);
      expect((await of(receiving.registrar, late))?.allowedActions).toEqual(['START_TRANSFER', 'END']);
      expect(overdue).toContain(late.person);
      expect(overdue).not.toContain(early.person);
      await moveTo('2026-09-17T09:00:00');
      expect(seen && (await eventsOf(seen))).toHaveLength(2);
      await desk.started(late);
      expect(told((await of(receiving.head, late)) ?? { findings: [] })).toEqual([
        'TRF-50 RECORD ATTENDING_WITHOUT_TRANSFER',
      ]);
    },
  );

  test(breaks('TRF-24', 'is on record when the case is not entered in time after the fault'), async () => {
    await moveTo('2026-09-18T23:59:00');
    expect((await of(receiving.head, offline))?.findings).toEqual([]);
    await moveTo('2026-09-21T09:00:00');
    const seen = await of(receiving.head, offline);
    expect(seen && told(seen)).toEqual(['TRF-24 RECORD OFFLINE_TRANSFER_NOT_CLOSED']);
    expect(seen && (await eventsOf(seen))).toEqual(['AttendanceReported', 'OfflineTransferNotClosed']);
  });

  test(
    holds('TRF-23', 'has its paper form in the case that follows on a fault, without a warning'),
    async () => {
      const warned = async (handling: Record<string, unknown> | null) => {
        const papers = await desk.papers(receiving.registrar);
        const { upload } = await desk.desk.paper(receiving.registrar, 'PAPER_APPROVAL_FORM');
        const evidence = [...papers, { upload, kind: 'PAPER_APPROVAL_FORM' }];
        const answer = await desk.initiate(receiving, offline, { handling, evidence });
        return answer;
      };
      const paper = { mode: 'OFFLINE_FIRST', faultReference: 'SX-2026-09', familyWishes: true };
      const answer = await warned({ ...paper, paperDecidedOn: '2026-09-02' });
      expect(answer.findings.map(({ code }) => code)).not.toContain('PAPER_FORM_IN_NORMAL_MODE');
      expect(answer.transfer?.state).toBe('DRAFT');
      const again = await desk.pupil();
      offline = again;
      const normal = await warned(null);
      expect(normal.findings.map(({ code }) => code)).toContain('PAPER_FORM_IN_NORMAL_MODE');
      expect(normal.transfer?.state).toBe('DRAFT');
    },
  );

  test('is taken off the list when the pupil has left', async () => {
    const child = await desk.pupil();
    const { attendance } = await report(child, { since: '2026-09-21' });
    const end = (leftOn: string) =>
      send(receiving.registrar, 'endAttending', 'EndAttendingInput', {
        ...{ attendance: attendance?.id, expectedVersion: attendance?.version, leftOn },
      });
    expect(told(await end('2026-09-20'))).toEqual(['null REJECT ATTENDANCE_DATES_WRONG']);
    expect((await end('2026-09-21')).attendance?.findings).toEqual([]);
    expect((await list(receiving.head, { open: true })).map(({ id }) => id)).not.toContain(attendance?.id);
  });
});

const disabled = {
  ...{ isDisabled: true, disabilityType: 'HEARING', placementMode: 'INCLUSIVE' },
  ...{ assessedByExpertCommittee: true, disabilityProofs: ['DISABILITY_CERTIFICATE'] },
};
