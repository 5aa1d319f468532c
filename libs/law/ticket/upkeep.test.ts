import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { escalationOf, TICKET_DAYS, ticketDue } from './clocks.ts';
import { judgeClosing } from './closing.ts';
import { judgeContacts } from './contact-points.ts';
import { actsIn, isTicketEnd, stateBySlips, type TicketState, ticketAfter } from './course.ts';
import { type EnquiryFacts, judgeEnquirer } from './enquiry.ts';
import { judgeReporterAccess, type PartyToTicket, seesPart } from './reporter.ts';

const ON = '2026-09-02';

describe('a slip that nobody answers', () => {
  const dueAt = new Date('2026-09-16T16:00:00Z');
  const late = { dueAt, provisional: false, answeredAt: null };

  it(
    holds('TKT-15', 'is left alone to the last second, when it is answered, and on a provisional day'),
    () => {
      const last = new Date(dueAt.getTime() - 1);
      expect(escalationOf({ kind: 'VERIFICATION', ...late }, last)).toBeUndefined();
      expect(escalationOf({ kind: 'VERIFICATION', ...late, answeredAt: last }, dueAt)).toBeUndefined();
      expect(escalationOf({ kind: 'SUPERVISION', ...late, provisional: true }, dueAt)).toBeUndefined();
    },
  );

  it(
    breaks('TKT-15', 'goes up: verification to supervision at the same level, supervision a level higher'),
    () => {
      expect(escalationOf({ kind: 'VERIFICATION', ...late }, dueAt)).toEqual({
        task: 'SUPERVISION_SLIP',
        at: 'SAME_LEVEL',
      });
      expect(escalationOf({ kind: 'SUPERVISION', ...late }, dueAt)?.at).toBe('NEXT_LEVEL');
    },
  );

  it('is due so many working days after the day of its start', () => {
    const calendar = workingDayCalendar();
    expect(ticketDue('ACKNOWLEDGE', '2026-09-02', calendar).dueDate).toBe('2026-09-07');
    // National Day takes seven working days out, less the days that are worked instead.
    expect(ticketDue('HANDLE', '2026-09-25', calendar).counted?.workingDays).toBe(TICKET_DAYS.HANDLE);
    expect(ticketDue('HANDLE', '2026-09-25', calendar).dueDate > '2026-10-12').toBe(true);
  });
});

describe('who reported', () => {
  const judge = (...parties: PartyToTicket[]) => said(judgeReporterAccess(parties, ON, SHANXI));

  it(holds('TKT-16', 'is known to the units that receive, issue and handle, and to the reporter'), () => {
    for (const party of ['RECEIVER', 'ISSUER', 'HANDLER', 'REPORTER'] as const)
      expect(judge(party)).toEqual([]);
  });

  it(
    breaks(
      'TKT-16',
      'is not known to the school concerned, not even where it is given the slip, nor to others',
    ),
    () => {
      const refused = ['TKT-16 REJECT NOT_AUTHORISED'];
      expect(judge('SCHOOL')).toEqual(refused);
      expect(judge('SCHOOL', 'HANDLER')).toEqual(refused);
      expect(judge('OTHER')).toEqual(refused);
      for (const party of ['OVERSEER', 'CALL_CENTRE'] as const) expect(judge(party)).toEqual(refused);
      expect(judge()).toEqual(refused);
      expect(seesPart(['SCHOOL'], 'MATTER')).toBe(true);
      expect(seesPart(['REPORTER'], 'INSIDE_NOTES')).toBe(false);
    },
  );
});

describe('the contacts of an authority', () => {
  it(
    holds('TKT-02', 'are a telephone number and a mailbox at least; the ministry’s are its own matter'),
    () => {
      expect(judgeContacts({ level: 'COUNTY', phones: 1, mailboxes: 2 }, ON, SHANXI)).toEqual([]);
      expect(judgeContacts({ level: 'MINISTRY', phones: 0, mailboxes: 0 }, ON, SHANXI)).toEqual([]);
    },
  );

  it(breaks('TKT-02', 'are on record where one is missing, from the province downward'), () => {
    for (const level of ['PROVINCE', 'CITY', 'COUNTY'] as const)
      expect(
        judgeContacts({ level, phones: 0, mailboxes: 0 }, ON, SHANXI).map(({ outcome, path }) => [
          outcome,
          path,
        ]),
      ).toEqual([
        ['RECORD', ['phone']],
        ['RECORD', ['mailbox']],
      ]);
  });
});

describe('somebody who asks for a number', () => {
  const known: EnquiryFacts = {
    asks: 'GUARDIAN',
    nameMatches: true,
    documentMatches: true,
    furtherMatches: 1,
  };

  it(holds('ID-29', 'is told when name, document and one further fact agree'), () => {
    expect(judgeEnquirer(known, ON, SHANXI)).toEqual([]);
    expect(judgeEnquirer({ ...known, asks: 'STUDENT', furtherMatches: 2 }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ID-29', 'is refused in the same words, whatever was wrong'), () => {
    const answers = [
      { ...known, asks: 'OTHER' as const },
      { ...known, nameMatches: false },
      { ...known, documentMatches: false },
      { ...known, furtherMatches: 0 },
      { asks: 'OTHER' as const, nameMatches: false, documentMatches: false, furtherMatches: 0 },
    ].map((facts) => judgeEnquirer(facts, ON, SHANXI));
    expect(answers[0]).toMatchObject([{ code: 'ENQUIRER_NOT_VERIFIED' }]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});

describe('the end of a ticket', () => {
  it(holds('TKT-01', 'has a result, and everything under it is done'), () => {
    const parts = [{ kind: 'SLIP' as const, closed: true }];
    expect(judgeClosing({ parts, result: '已办结' }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('TKT-01', 'has words that somebody can see'), () => {
    for (const result of [null, '', ' \u3000', '\u200b\u2060\ufeff', '\u202e\u0007', '\ud800'])
      expect(said(judgeClosing({ parts: [], result }, ON, SHANXI))).toEqual(['TKT-01 REJECT RESULT_MISSING']);
    for (const result of ['办', '𠮷', '\u200b已办结', '—'])
      expect(judgeClosing({ parts: [], result }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('TKT-01', 'waits for slips that are open, and for words to the reporter'), () => {
    const parts = [
      { kind: 'SLIP' as const, closed: false },
      { kind: 'TICKET' as const, closed: true },
    ];
    expect(said(judgeClosing({ parts, result: ' ' }, ON, SHANXI))).toEqual([
      'TKT-01 REJECT OPEN_SLIPS',
      'TKT-01 REJECT RESULT_MISSING',
    ]);
  });

  it('is reached from every state, and left only by being opened again', () => {
    const reached = new Set<TicketState>(['RECEIVED']);
    for (const state of reached) {
      for (const kind of ['VERIFICATION', 'SUPERVISION'] as const)
        for (const at of ['ISSUED', 'ANSWERED'])
          reached.add(stateBySlips(state, [{ kind, state: at }], 'RECEIVED'));
      for (const act of actsIn(state)) {
        const next = ticketAfter(state, act);
        if (next !== undefined) reached.add(next);
        if (isTicketEnd(state)) expect(act).toBe('REOPEN');
      }
    }
    expect(reached.size).toBe(10);
    expect(ticketAfter('RECEIVED', 'SEAL_REPORT')).toBeUndefined();
  });

  it('is at hand whenever no slip is out, whatever slips there were, and in no order of them', () => {
    const slip = fc.record({
      kind: fc.constantFrom('VERIFICATION' as const, 'SUPERVISION' as const),
      state: fc.constantFrom('ISSUED', 'ANSWERED', 'WITHDRAWN', 'CLOSED'),
    });
    const without = fc.constantFrom('RECEIVED' as const, 'REPORT_ACCEPTED' as const);
    fc.assert(
      fc.property(fc.array(slip, { maxLength: 6 }), without, (slips, before) => {
        const state = stateBySlips('HANDLED', slips, before);
        expect(stateBySlips('VERIFIED', slips.toReversed(), before)).toBe(state);
        expect(actsIn(state).includes('CLOSE')).toBe(slips.every((each) => each.state !== 'ISSUED'));
        expect(stateBySlips('REPORT_SEALED', slips, before)).toBe('REPORT_SEALED');
      }),
    );
  });
});
