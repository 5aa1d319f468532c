import { DropoutReported, ReturnOrderRequested } from '#libs/contracts/events/dropout.ts';
import { type DropoutRecipient, dropoutReportDue, judgeDropoutReport } from '#libs/law/enrollment/dropout.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../../calendar-of.ts';
import { type NoticeToSend, placeOfAddressee, sendNotice, TownshipCode } from '../../notices/notice.ts';
import type { Entry } from '../entry.ts';
import { moveEntry } from '../move-entry.ts';
import { type EntryAtWork, EntryOrder, type Moved, Note, onEntry } from '../on-entry.ts';

const Input = EntryOrder.extend({
  /** Township or sub-district (GB/T 10114). */
  township: TownshipCode,
  /** The written report itself. */
  content: Note,
});

/** The three bodies that are told (ENR-56); the county may be the registry authority itself. */
const everyone: readonly DropoutRecipient[] = [
  'TOWNSHIP_OR_SUBDISTRICT',
  'COUNTY_EDUCATION',
  'REGISTRY_AUTHORITY',
];

type Addressed = Pick<NoticeToSend, 'recipient' | 'addressee'>;

const addresseesOf = ({ county, authority }: Entry, township: string): Addressed[] => [
  { recipient: 'TOWNSHIP_OR_SUBDISTRICT', addressee: township },
  ...(county === null || county === authority
    ? []
    : [{ recipient: 'COUNTY_EDUCATION' as const, addressee: county }]),
  { recipient: 'REGISTRY_AUTHORITY', addressee: authority },
];

const knownTownship = async (core: ServiceCore, township: string): Promise<void> => {
  if ((await placeOfAddressee(core, township)) !== undefined) return;
  throw badInput([
    {
      path: ['township'],
      code: 'TOWNSHIP_UNKNOWN',
      message: '乡镇、街道代码不在现行区划之内。 The code names no township of a known county.',
    },
  ]);
};

const noticeOf = (
  { entry, now, unit }: EntryAtWork,
  kind: NoticeToSend['kind'],
  to: Addressed,
  content: string,
  by: string,
): NoticeToSend => ({
  kind,
  ...to,
  person: entry.person,
  entry: entry.id,
  school: entry.school,
  sender: unit,
  sentBy: by,
  sentAt: now,
  content,
});

/** One written report to township or sub-district, county and registry authority: none of them is left out (ENR-56). */
export const reportDropout = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'dropout.enter');
  const asked = parseInput(Input, input);
  await knownTownship(core, asked.township);
  return onEntry({ core, caller, act: 'REPORT', acrossPlaces: true }, asked, async (work) => {
    const { tx, entry, now, today, lawPlace, unit } = work;
    for (const to of addresseesOf(entry, asked.township))
      await sendNotice(core, tx, noticeOf(work, 'DROPOUT', to, asked.content, caller.subject));
    await moveEntry(core, tx, entry, {
      act: 'REPORT',
      change: { reportedTo: everyone, reportedAt: now },
      record: { kind: 'REPORTED', actedOn: today, note: asked.content, unit, by: caller.subject },
      event: DropoutReported,
    });
    const { dueDate, provisional } = dropoutReportDue(
      new Date(entry.confirmedAt ?? now),
      await calendarOf(core),
    );
    return judgeDropoutReport(
      { stage: entry.stage, reportedTo: everyone, dueDate, provisional, today },
      today,
      lawPlace,
    );
  });
};

/** After persuasion in vain, township or sub-district is asked to order the guardians to send the child (ENR-61). */
export const requestReturnOrder = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'dropout.enter');
  const asked = parseInput(Input, input);
  await knownTownship(core, asked.township);
  return onEntry({ core, caller, act: 'ORDER', acrossPlaces: true }, asked, async (work) => {
    const { tx, entry, today, unit } = work;
    const to = { recipient: 'TOWNSHIP_OR_SUBDISTRICT' as const, addressee: asked.township };
    await sendNotice(core, tx, noticeOf(work, 'RETURN_ORDER', to, asked.content, caller.subject));
    await moveEntry(core, tx, entry, {
      act: 'ORDER',
      record: { kind: 'ORDER_REQUESTED', actedOn: today, note: asked.content, unit, by: caller.subject },
      event: ReturnOrderRequested,
    });
    return [];
  });
};
