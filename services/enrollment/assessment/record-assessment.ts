import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { ProgressAssessed } from '#libs/contracts/events/enrollment-status.ts';
import { Day, UnitCode, Uuid } from '#libs/contracts/ids.ts';
import { judgeRecording } from '#libs/law/enrollment/progress-assessment.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Situation } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { takeUploads } from '../evidence/take-uploads.ts';
import { type Done, onRegistration, RegistrationOrder } from '../marks/on-registration.ts';
import { insertAssessment } from './assessment-rows.ts';
import { effectOn } from './progress.ts';

const Input = RegistrationOrder.extend({
  step: z.enum(['PROMOTION', 'GRADUATION', 'GOING_ON']),
  supports: z.boolean(),
  schoolYear: z.int().min(2000).max(2200).nullish(),
  assessedOn: Day,
  committee: UnitCode,
  papers: z.array(Uuid).min(1).max(10),
})
  .refine(({ step, schoolYear }) => step === 'PROMOTION' || (schoolYear ?? null) === null, {
    message: '只有升级填写学年。 A school year belongs to a promotion alone.',
    path: ['schoolYear'],
  })
  .refine(({ papers }) => new Set(papers).size === papers.length, {
    message: '同一份材料列出了两次。 A paper is listed twice.',
    path: ['papers'],
  });
type Input = z.infer<typeof Input>;

const noCommittee = () =>
  badInput([
    {
      path: ['committee'],
      code: 'UNKNOWN_COMMITTEE',
      message:
        '请填写本省县级以上教育主管部门代码，其残疾人教育专家委员会作出评估。 Name the education authority of this province whose committee has assessed.',
    },
  ]);

const isOfProvince = async (
  core: ServiceCore,
  { committee }: Input,
  { school }: Situation,
): Promise<boolean> => {
  const unit = await core.directory.unit(committee);
  return (
    unit !== undefined && unit.level !== 'MINISTRY' && unit.code.slice(0, 2) === school.province.slice(0, 2)
  );
};

const judge = ({ step, assessedOn }: Input, schoolYear: number | null, situation: Situation): Finding[] => {
  const { registration, grade, schoolYear: running, today, lawPlace } = situation;
  const { disabled, status, lastGrade, frozenAt } = registration;
  const pupil = { status, grade, lastGrade, schoolYear: running, standsStill: frozenAt !== null };
  return judgeRecording({ isDisabled: disabled, step, schoolYear, assessedOn, pupil }, today, lawPlace);
};

/**
 * The school enters what the expert committee that it commissioned has found of a disabled pupil's promotion, graduation or
 * going on, with the committee's paper (ENR-24). An assessment that keeps the pupil in the grade makes the grade stand still:
 * the nationwide promotion then leaves the pupil out, and writes no row (ENR-28).
 */
export const recordProgressAssessment = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(Input, input);
  return onRegistration(
    { core, caller, operation: 'recordProgressAssessment', by: 'SCHOOL' },
    asked,
    async ({ tx, situation }) => {
      const { registration, now } = situation;
      const { step, supports, assessedOn, committee } = asked;
      if (!(await isOfProvince(core, asked, situation))) throw noCommittee();
      const schoolYear = step === 'PROMOTION' ? (asked.schoolYear ?? situation.schoolYear + 1) : null;
      const findings = judge(asked, schoolYear, situation);
      if (findings.length > 0) return { done: false, findings };
      const { person, enrollment, school, place, status } = registration;
      const taken = { uploads: asked.papers, place, at: now };
      const papers = await takeUploads(tx, taken, (index) => ['papers', String(index)]);
      await insertAssessment(tx, {
        ...{ person, id: uuidv7(), enrollment, school, place, step, supports, schoolYear, assessedOn },
        ...{ committee, papers, recordedBy: caller.subject, recordedAt: now },
      });
      const effect = effectOn(situation, { step, supports, schoolYear });
      await changeStatus(tx, now, registration, { event: ProgressAssessed, status, ...effect }, null);
      return { done: true, findings: [] };
    },
  );
};
