import { randomUUID } from 'node:crypto';
import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { schoolWith } from '#test/service/enrollment/old-pupils.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import type { Pupil, TransferDesk } from './transfer-desk.ts';

/** A school of the tests with the two who work there, and its county. */
export type SchoolOfTests = ReturnType<typeof schoolDesks> & { school: string; county: string };

export const schoolIn = (county: string, school: string): SchoolOfTests => ({
  school,
  county,
  ...schoolDesks(school),
});

/** Opens a school of a county that has none of that kind. */
export const openSchool = async (
  { registry, desk }: TransferDesk,
  county: string,
  input: Record<string, unknown> = {},
): Promise<SchoolOfTests> => {
  const made = desk.answered(
    await desk.ask<{ createSchool: { school: { id: string } } }>(
      authorityDesks(county).head,
      `mutation ($input: CreateSchoolInput!) { createSchool(input: $input) { school { id } findings { code } } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), name: `${county}试验小学`, county },
          ...{ kind: 'PRIMARY', ownership: 'PUBLIC', managedBy: 'COUNTY' },
          ...input,
        },
      },
    ),
  );
  await registry.settled();
  return schoolIn(county, made.createSchool.school.id);
};

/** The first school of a stage that the nation of the tests has in a county. */
export const someSchool = async (
  { registry }: TransferDesk,
  county: string,
  stage: 'PRIMARY' | 'JUNIOR' | 'SENIOR' = 'PRIMARY',
): Promise<SchoolOfTests> => schoolIn(county, (await schoolWith(registry, stage, county)).code);

let next = 200;

/** A pupil in school at any school of the nation; `more` changes the collection form, `entryYear` the grade. */
export const pupilOf = async (
  { counter, desk }: TransferDesk,
  { school, county }: Pick<SchoolOfTests, 'school' | 'county'>,
  { entryYear = 2025, ...more }: Record<string, unknown> & { entryYear?: number } = {},
): Promise<Pupil> => {
  const form = girl(++next, more);
  const { id, version } = await counter.registered(school, form);
  const decided = desk.answered(
    await desk.ask<{
      decideRegistrations: { results: { enrollment: { student: { id: string } } | null }[] };
    }>(
      authorityDesks(county).head,
      `mutation ($input: DecideRegistrationsInput!) {
        decideRegistrations(input: $input) { results { enrollment { student { id } } } } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), decision: 'APPROVE' },
          registrations: [{ enrollment: id, expectedVersion: version }],
        },
      },
    ),
  );
  const person = decided.decideRegistrations.results[0]?.enrollment?.student.id;
  if (person === undefined) throw new Error('Not approved');
  await counter.change('enrollment', 'update enrollment set entry_year_adj = $2 where person_id = $1', [
    person,
    entryYear,
  ]);
  return { person, name: form.name, number: String(form.idDocumentNumber), enrollment: id };
};
