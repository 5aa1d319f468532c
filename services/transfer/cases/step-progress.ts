import { shanghaiDate } from '#libs/law/dates.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import { chineseDay } from '../chinese-day.ts';
import type { KeptStep } from './case-record.ts';

/** Parties as families call them. */
const NAMES: Readonly<Record<Party, string>> = {
  TARGET_SCHOOL: '转入学校',
  PREFILING_BUREAU: '转入地教育局（备案）',
  SOURCE_SCHOOL: '转出学校',
  SOURCE_AUTHORITY: '转出地教育主管部门',
  TARGET_AUTHORITY: '转入地教育主管部门',
  TARGET_COMPETENT_AUTHORITY: '转入学校的主管部门',
};

type Shown = Pick<KeptStep, 'party' | 'openedAt' | 'dueOn' | 'provisional' | 'decidedAt' | 'decision'> & {
  isDraft: boolean;
  isEnded: boolean;
};

const dayOf = (instant: string): string => chineseDay(shanghaiDate(new Date(instant)));

/** A step in words for a family: who holds it, since when and until when, or what came of it (TRF-42). */
export const stepProgress = (step: Shown, today: string): string => {
  const name = NAMES[step.party];
  if (step.decidedAt !== null) {
    return `${name}已在${dayOf(step.decidedAt)}${step.decision === 'REFUSE' ? '答复不同意' : '同意'}。`;
  }
  if (step.isEnded) return `${name}没有再办理，这件业务已经结束。`;
  const until = `应在${chineseDay(step.dueOn)}前办完${step.provisional ? '（日期暂定）' : ''}`;
  const late = !step.isDraft && !step.provisional && step.dueOn < today ? '，现已超过期限' : '';
  return `${name}正在办理：${dayOf(step.openedAt)}开始，${until}${late}。`;
};
