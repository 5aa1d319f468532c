import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { type CaseRef, nameOfCase } from './case-ref.ts';
import { type StepRow, stepsAfter } from './course.ts';
import { CASE_SOURCES, CASE_TYPES, readCaseEvents } from './read-event.ts';
import { replaceSteps, stepsOfCases } from './step-rows.ts';

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  const events = envelopes.flatMap(readCaseEvents);
  const cases = new Map<string, CaseRef>(events.map((event) => [nameOfCase(event.case), event.case]));
  if (cases.size === 0) return;
  const refs = [...cases.values()];
  const known = Map.groupBy(await stepsOfCases(tx, refs), (step) => nameOfCase(step.case));
  const after = new Map<string, StepRow[]>(known);
  for (const event of events) {
    const name = nameOfCase(event.case);
    after.set(name, stepsAfter(after.get(name) ?? [], event));
  }
  await replaceSteps(tx, refs, [...after.values()].flat());
};

/** The steps of cases of other services, whose turn each was and until when: what slips about a case fill themselves from. */
export const followsCases: Projection = {
  name: 'ticket-cases',
  sources: CASE_SOURCES,
  tables: ['case_step'],
  types: CASE_TYPES,
  apply,
};
