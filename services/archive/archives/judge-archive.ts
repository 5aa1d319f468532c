import { judgeAcceptance, promptlyAfter } from '#libs/law/archive/handing-over.ts';
import { judgeOpening } from '#libs/law/archive/opening.ts';
import { judgePaperCounterpart } from '#libs/law/archive/paper.ts';
import { judgeRefresh, type RefreshOccasion, refreshDue } from '#libs/law/archive/refresh.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Finding } from '#libs/law/finding.ts';
import { type LawPlace, lineOf } from '#libs/law/layers.ts';
import { termsAlong } from '#libs/law/organization/term-calendar.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { judgeHandOver } from '../custody/judge-hand-over.ts';
import type { Entry } from '../entries/entry.ts';
import { judgeMatters } from '../entries/judge-matters.ts';
import { ACCEPTANCE, type Judged, judgedAbout } from '../lapses/lapse.ts';
import type { Print } from '../paper/print-rows.ts';
import type { Archive } from './archive.ts';
import { calendarOf, lawPlaceOf, lawPlaceOfCustodian } from './surroundings.ts';

type Core = Pick<ServiceCore, 'clock' | 'directory'>;
type Known = { place: LawPlace; today: string; calendar: WorkingDayCalendar };

/** Passed on in time, or not at all (ARC-08, ARC-10, ARC-20, ARC-22). */
const judgeCustody = async (core: Core, archive: Archive, { today, calendar }: Known): Promise<Judged[]> => {
  const { handOver } = archive;
  if (handOver === null) return [];
  const place = await lawPlaceOfCustodian(core, archive);
  const findings = judgeHandOver(handOver, archive, { today, place, calendar });
  const passing = judgedAbout(`HAND_OVER ${handOver.owedAt}`, handOver.dueOn, findings);
  if (handOver.passedOnOn === null) return passing;
  const accepting = judgeAcceptance({ ...handOver, stage: archive.stage }, today, place, calendar);
  const acceptBy = promptlyAfter(handOver.passedOnOn, place, calendar).dueDate;
  return [...passing, ...judgedAbout(`${ACCEPTANCE} ${handOver.passedOnOn}`, acceptBy, accepting)];
};

/** Until when the receiving side has accepted an archive; null while it was not passed on. */
export const acceptDueOf = async (core: Core, archive: Archive): Promise<string | null> => {
  const passedOnOn = archive.handOver?.passedOnOn ?? null;
  if (passedOnOn === null) return null;
  return promptlyAfter(passedOnOn, await lawPlaceOfCustodian(core, archive), await calendarOf(core)).dueDate;
};

/** Brought up to date since the last term opened, and since it came from another school (ARC-07). */
const judgeRefreshing = async (
  core: Core,
  { refreshedOn, receivedOn, stage, status, school, custody }: Archive,
  { place, today, calendar }: Known,
): Promise<Judged[]> => {
  if (custody.filed || custody.custodian.kind !== 'SCHOOL') return [];
  // Where the registration has moved on, the student reports at another school.
  const reports = status === 'IN_SCHOOL' && custody.custodian.code === school;
  const line = lineOf(place);
  const opened = termsAlong(line, await core.directory.termsOf(line))
    .map(({ opensOn }) => opensOn)
    .filter((opensOn) => opensOn <= today)
    .toSorted()
    .at(-1);
  const occasions: (readonly [RefreshOccasion, string | null])[] = [
    ['TERM_OPENED', opened ?? null],
    ['TRANSFER_COMPLETED', receivedOn],
  ];
  return occasions.flatMap(([occasion, occasionOn]) =>
    occasionOn === null
      ? []
      : judgedAbout(
          `${occasion} ${occasionOn}`,
          refreshDue(occasionOn, place, stage, calendar)?.dueDate ?? null,
          judgeRefresh({ occasion, occasionOn, refreshedOn, reports, stage }, today, place, calendar),
        ),
  );
};

/** What an archive holds and what lies beside it on paper. */
export type Held = { entries: readonly Entry[]; prints: readonly Print[] };

/** Each thing that the law says of an archive today, by what it holds; null where that is hidden from who asks. */
export const judgeEach = async (core: Core, archive: Archive, held: Held | null): Promise<Judged[]> => {
  const place = await lawPlaceOf(core, archive);
  const known = { place, today: core.clock.today(), calendar: await calendarOf(core) };
  const { enteredOn, openedOn, stage } = archive;
  const waitsForApproval = archive.status === 'PENDING_APPROVAL';
  const opening = judgedAbout(
    `OPENING ${enteredOn}`,
    archive.dueOn,
    judgeOpening({ enteredOn, openedOn, stage, waitsForApproval }, known.today, place, known.calendar),
  );
  if (openedOn === null) return opening;
  const custody = await judgeCustody(core, archive, known);
  if (held === null) return [...opening, ...custody];
  const onPaper = held.prints.flatMap(({ categories }) => categories);
  return [
    ...opening,
    ...custody,
    ...(await judgeRefreshing(core, archive, known)),
    ...judgeMatters(held.entries, stage, known),
    ...judgedAbout('PAPER', null, judgePaperCounterpart({ stage, openedOn, onPaper }, known.today, place)),
  ];
};

/** What the law says of an archive today, by what it holds; null where that is hidden from who asks. */
export const judgeArchive = async (core: Core, archive: Archive, held: Held | null): Promise<Finding[]> =>
  (await judgeEach(core, archive, held)).map(({ finding }) => finding);
