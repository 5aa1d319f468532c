import { TransferStepOpened } from '#libs/contracts/events/transfer.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from './case-record.ts';
import { caseFacts, type Told } from './save-case.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** Where a school or unit stands in the management tree: a unit at the first place of what it manages. */
export const placeOfUnit = async ({ directory }: Core, unit: string): Promise<number | undefined> =>
  (await directory.rangeOf(unit))?.lo;

/** That it is the turn of the parties of the steps of a case, from the one numbered `from` on (TRF-03, STA-01). */
export const stepsOpened = async (core: Core, record: CaseRecord, from = 0): Promise<Told[]> => {
  const told: Told[] = [];
  for (const { turn, party, unit, ...step } of record.steps.slice(from)) {
    const { dueOn, provisional, reportDueOn, reportProvisional } = step;
    const days = { dueOn, provisional, reportDueOn, reportProvisional };
    const unitPlace = await placeOfUnit(core, unit);
    told.push({
      kind: TransferStepOpened,
      data: { ...caseFacts(record), party, unit, turn, unitPlace, ...days },
    });
  }
  return told;
};
