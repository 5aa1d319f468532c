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

/** True where a case about the person runs, at whatever school. */
export const runsAbout = async (tx: Tx, person: string): Promise<boolean> =>
  (await query(tx, `select 1 from enrollment_case where person_id = $1 and state = 'RUNNING'`, [person]))
    .length > 0;
