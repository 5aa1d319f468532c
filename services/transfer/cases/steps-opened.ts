import { TransferStepDueMoved, TransferStepOpened } from '#libs/contracts/events/transfer.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord, KeptStep } from './case-record.ts';
import { caseFacts, type Told } from './save-case.ts';

type Core = Pick<ServiceCore, 'directory'>;

const daysOf = ({ dueOn, provisional, reportDueOn, reportProvisional }: KeptStep) => ({
  dueOn,
  provisional,
  reportDueOn,
  reportProvisional,
});

/** Where a school or unit stands in the management tree: a unit at the first place of what it manages. */
export const placeOfUnit = async ({ directory }: Core, unit: string): Promise<number | undefined> =>
  (await directory.rangeOf(unit))?.lo;

/** That it is the turn of the parties of the steps of a case, from the one numbered `from` on (TRF-03, STA-01). */
export const stepsOpened = async (core: Core, record: CaseRecord, from = 0): Promise<Told[]> => {
  const told: Told[] = [];
  for (const step of record.steps.slice(from)) {
    const { turn, party, unit } = step;
    const unitPlace = await placeOfUnit(core, unit);
    told.push({
      kind: TransferStepOpened,
      data: { ...caseFacts(record), party, unit, turn, unitPlace, ...daysOf(step) },
    });
  }
  return told;
};

/** That the days of a step of a case have moved to those it has now (ORG-28, STA-01). */
export const stepDueMoved = (record: CaseRecord, moved: KeptStep): Told => {
  const { party, unit } = moved;
  return { kind: TransferStepDueMoved, data: { ...caseFacts(record), party, unit, ...daysOf(moved) } };
};
