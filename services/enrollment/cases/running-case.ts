import type { EnrollmentCaseKind } from '#libs/contracts/vocabulary.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Situation } from './situation.ts';

type Where = Pick<Situation, 'today' | 'lawPlace'>;

/** One thing at a time: what runs about a registration is brought to its end before anything else changes it. */
export const anotherRuns = ({ today, lawPlace }: Where): Finding =>
  finding('ENR-67', {
    code: 'CASE_ALREADY_RUNNING',
    outcome: 'REJECT',
    message: '该学生已有正在办理的学籍事项，须先办结或撤回。',
    messageEn: 'Another case about this registration is running.',
    remedy: '请先办结或撤回正在办理的事项。',
    on: today,
    place: lawPlace,
  });

/** The refusal where a case about the person runs, as its situation tells. */
export const whileCaseRuns = (situation: Where & Pick<Situation, 'cases'>): Finding[] =>
  situation.cases.some(({ state }) => state === 'RUNNING') ? [anotherRuns(situation)] : [];

/** A school that has agreed to a transfer opens nothing else that would hold it up; a death is never refused. */
export const whileLeaving = (
  kind: EnrollmentCaseKind,
  { registration, today, lawPlace }: Pick<Situation, 'registration' | 'today' | 'lawPlace'>,
): Finding[] =>
  registration.leavesBy === null || kind === 'DEATH'
    ? []
    : [
        finding('TRF-01', {
          code: 'TRANSFER_AGREED',
          outcome: 'REJECT',
          message: '本校已同意该生转出，转学办结或终止前不再办理其他学籍事项。',
          messageEn:
            'The school has agreed to the transfer of this pupil: nothing else is opened until it has ended.',
          path: ['enrollment'],
          remedy: '请由转入学校在学籍转入后办理；该生不再转学的，由监护人先撤回转学申请。',
          ownerLevel: 'GUARDIAN',
          on: today,
          place: lawPlace,
        }),
      ];

/** True where a case about the person runs, at whatever school. */
export const runsAbout = async (tx: Tx, person: string): Promise<boolean> =>
  (await query(tx, `select 1 from enrollment_case where person_id = $1 and state = 'RUNNING'`, [person]))
    .length > 0;
