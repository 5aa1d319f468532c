import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { OverseasCategory } from '#libs/contracts/vocabulary.ts';
import { channelOf } from '#libs/law/enrollment/channel.ts';
import { judgeOverseasEntry } from '#libs/law/enrollment/overseas.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Promotion } from '#libs/platform/directory/directory.ts';
import type { RegionLookup } from '../import/form-f1/parse-context.ts';
import { rowOf } from '../import/form-f1/parse-row.ts';
import { judgeRow } from '../import/judge-row.ts';
import { type RowProblem, rowProblem } from '../import/problems/row-problem.ts';
import type { RawRow } from '../import/reading/table.ts';
import type { FileFacts } from '../import/survey.ts';
import { type FileStatement, fromAbroad } from '../overseas/statement.ts';
import { collectedFromRow, type FormFacts } from '../registration/collected-form.ts';
import { besideFaults, missingOf } from '../registration/form-findings.ts';
import {
  type HandedIn,
  type IntakeFacts,
  intakeFacts,
  judgeByLaw,
  type Occasion,
} from '../registration/intake.ts';
import { readableFacts } from '../registration/readable-facts.ts';
import { problemOf } from './row-verdict.ts';

/** What every row of one job is judged with. */
export type JobContext = {
  school: SchoolFact;
  entryYear: number;
  now: string;
  today: string;
  promotions: readonly Promotion[];
  regions: RegionLookup;
  file: FileFacts;
  /** What the school states of the pupils from abroad in the file; null where it states nothing (ENR-17, ENR-18). */
  statement: FileStatement | null;
};

/** A row after form and law: ready to be registered, or with every problem it has; what is doubtful either way. */
export type JudgedRow = { row: number; warnings: readonly RowProblem[] } & (
  | { ok: true; handed: HandedIn; facts: IntakeFacts }
  | { ok: false; problems: readonly RowProblem[] }
);

/**
 * Judges one row of the workbook by the form and by the law, all at once: the law is asked about what can be read, also
 * where something else cannot.
 */
export const judgeJobRow = (raw: RawRow, context: JobContext): JudgedRow => {
  const { school, entryYear, file, regions, today } = context;
  const place = lawPlaceOfSchool(school);
  const draft = judgeRow(raw, { on: today, place, regions, entryYear, file, school: school.code });
  const readable = readableFacts(draft);
  const occasion: Occasion = {
    school,
    channel: channelOf(readable.overseasCategory ?? 'NONE'),
    entryYear,
    now: context.now,
    today,
    promotions: context.promotions,
  };
  const law = judgeByLaw(readable, occasion);
  const told = besideFaults(draft, [...law.findings, ...ofAbroad(readable, law.findings, context)]);
  const refusals = told.filter(({ outcome }) => outcome === 'REJECT');
  const problems = inFormOrder([
    ...[...draft.problems, ...missingOf(draft, law.findings)].map(({ place: at, fault }) =>
      rowProblem(at, fault),
    ),
    ...refusals.map(problemOf),
  ]);
  const warnings = inFormOrder([
    ...draft.warnings.map(({ place: at, fault }) => rowProblem(at, fault, 'WARN')),
    ...told.filter((finding) => !refusals.includes(finding)).map(problemOf),
  ]);
  const row = raw.number;
  if (problems.length > 0) return { row, ok: false, problems, warnings };
  const form = collectedFromRow(rowOf(draft));
  const facts = intakeFacts(form, occasion, law);
  if (facts === null) throw new Error('A row without a grade was not refused');
  const abroad = fromAbroad(form.overseasCategory, facts.stage, context.statement);
  const kept = abroad === undefined ? facts : { ...facts, abroad };
  return { row, ok: true, handed: { ...occasion, form, regions }, facts: kept, warnings };
};

/** Pupils from abroad have a local place, which the school states of all of them, and a document (ENR-17). */
const ofAbroad = (
  { overseasCategory, idDocumentType }: FormFacts,
  known: readonly Finding[],
  { statement, today, school }: JobContext,
): Finding[] => {
  const category = OverseasCategory.safeParse(overseasCategory);
  const said = judgeOverseasEntry(
    {
      category: category.success ? category.data : 'NONE',
      locallyAdmitted: statement?.locallyAdmitted === true,
      idDocumentType: idDocumentType ?? null,
      validUntil: null,
    },
    today,
    lawPlaceOfSchool(school),
  );
  return said.filter(({ code }) => !known.some((each) => each.code === code));
};

const inFormOrder = (problems: readonly RowProblem[]): RowProblem[] => {
  const orderOf = ({ item }: RowProblem) => item ?? Number.MAX_SAFE_INTEGER;
  return problems.toSorted((a, b) => orderOf(a) - orderOf(b));
};
