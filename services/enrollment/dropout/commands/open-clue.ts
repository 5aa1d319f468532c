import { z } from 'zod';
import { Day, UnitCode } from '#libs/contracts/ids.ts';
import { judgeUnenrolled } from '#libs/law/enrollment/entry.ts';
import { lawPromotions, schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { isCompulsory, lawPlaceOfSchool } from '#libs/law/layers.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockRegistration } from '../../cases/situation.ts';
import { readEnrollmentId } from '../../enrollment-id.ts';
import { Child, gradeOneYearFrom } from '../child.ts';
import { knownCounty, lawPlaceOfEntry, notAhead, placeOfCounty, placeOfSchool } from '../entry-situation.ts';
import { type Moved, Note, worksOnEntry } from '../on-entry.ts';
import { isFollowed, openEntry } from '../open-entry.ts';

const Input = z
  .object({
    idempotencyKey: z.string().min(1).max(100),
    enrollment: z.string().max(100).nullish(),
    child: Child.nullish(),
    source: z.enum(['SCHOOL', 'DEPARTMENT', 'NATIONAL_MARK']),
    since: Day,
    householdCounty: UnitCode.nullish(),
    note: Note.nullish(),
  })
  .refine(({ enrollment, child }) => (enrollment ? 1 : 0) + (child ? 1 : 0) === 1, {
    message:
      '请指明学籍，或填写未建学籍儿童的信息，二者取一。 Name a registration, or describe a child without one.',
    path: ['enrollment'],
  });
type Input = z.infer<typeof Input>;

const notCompulsory = (on: string, place: LawPlace): Finding =>
  finding('ENR-60', {
    code: 'LEDGER_COMPULSORY_ONLY',
    outcome: 'REJECT',
    message: '控辍保学台账只登记义务教育阶段在办学籍的学生。',
    messageEn: 'The dropout ledger follows pupils of compulsory education whose registration runs.',
    path: ['enrollment'],
    remedy: '普通高中学生请按休学、退学等业务办理。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const followed = (on: string, place: LawPlace): Finding =>
  finding('ENR-60', {
    code: 'LEDGER_ENTRY_OPEN',
    outcome: 'REJECT',
    message: '该生已有未结的台账记录。',
    messageEn: 'An entry about this pupil is open.',
    path: ['enrollment'],
    remedy: '请在已有记录中继续登记。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

type Opening = { core: ServiceCore; tx: Tx; caller: Actor; asked: Input; today: string };

const common = ({ caller, asked: { source, since, householdCounty, note } }: Opening) => ({
  source,
  since,
  householdCounty,
  note,
  unit: unitOf(caller),
  by: caller.subject,
});

const aboutPupil = async (opening: Opening, id: string): Promise<Moved> => {
  const { core, tx, caller, today } = opening;
  const key = readEnrollmentId(id);
  const registration = await lockRegistration(tx, key.person, key.enrollment);
  const school = registration && (await core.directory.school(registration.school));
  if (registration === undefined || school === undefined) throw outOfJurisdiction();
  const where = placeOfSchool(school);
  if (!worksOnEntry(caller, where)) throw outOfJurisdiction();
  const place = lawPlaceOfSchool(school);
  const inStage = registration.active && isCompulsory(registration.stage);
  const findings = [
    ...(inStage ? [] : [notCompulsory(today, place)]),
    ...((await isFollowed(tx, registration.person)) ? [followed(today, place)] : []),
  ];
  if (findings.length > 0) return { entry: null, findings };
  const [row] = await query<{ migrant: boolean | null }>(
    tx,
    `select (marks ->> 'migrant')::boolean as migrant from enrollment where person_id = $1 and enrollment_id = $2`,
    [registration.person, registration.enrollment],
  );
  const about = { registration, migrant: row?.migrant ?? false };
  const entry = await openEntry(core, tx, { ...common(opening), where, about });
  return { entry: entry.id, findings: [] };
};

/** A child that was never registered: kept by a county, or by the school that knows of it (ENR-01, ENR-60). */
const aboutChild = async (opening: Opening, child: Child): Promise<Moved> => {
  const { core, tx, caller, today } = opening;
  const school = caller.school === undefined ? undefined : await core.directory.school(caller.school);
  const where = school ? placeOfSchool(school) : await placeOfCounty(core, caller.unit ?? '');
  if (where === undefined) throw outOfJurisdiction();
  const place = await lawPlaceOfEntry(core, where);
  const promotions = lawPromotions(await core.directory.promotions());
  const findings = judgeUnenrolled(
    {
      birthDate: child.birthDate,
      registered: false,
      deferred: false,
      schoolYear: schoolYearOn(new Date(core.clock.now()), promotions),
    },
    today,
    place,
  );
  const about = {
    child: JSON.stringify(child),
    stage: 'PRIMARY' as const,
    gradeOneYear: gradeOneYearFrom(child.birthDate),
  };
  const entry = await openEntry(core, tx, { ...common(opening), where, about });
  return { entry: entry.id, findings };
};

/** School or county enters a clue: a pupil who is gone, or a child of age who was never registered (ENR-60). */
export const openDropoutClue = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'dropout.enter');
  const asked = parseInput(Input, input);
  notAhead(asked.since, core.clock.today());
  await knownCounty(core, asked.householdCounty);
  const at = core.clock.now();
  const request = core.sealing.hash('order', JSON.stringify(asked)).toString('hex');
  const opened = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Moved>(
      tx,
      { operation: 'openDropoutClue', caller: caller.subject, key: asked.idempotencyKey, request, at },
      async () => {
        const opening = { core, tx, caller, asked, today: core.clock.today() };
        if (asked.enrollment) return aboutPupil(opening, asked.enrollment);
        if (asked.child) return aboutChild(opening, asked.child);
        throw outOfJurisdiction();
      },
    ),
  );
  core.wakeRelay();
  return opened;
};
