import { chineseDay } from '../chinese-day.ts';
import type { ApplicationRecord } from './application-record.ts';

const until = ({ dueOn, provisional }: Pick<ApplicationRecord, 'dueOn' | 'provisional'>): string =>
  `应在${chineseDay(dueOn)}前答复${provisional ? '（日期暂定）' : ''}`;

const kept = ({ placeKeptUntil }: ApplicationRecord, today: string): string =>
  placeKeptUntil !== null && placeKeptUntil >= today ? `学位为您保留到${chineseDay(placeKeptUntil)}。` : '';

/** Where an application stands, in words for a family: who has it, since when and until when. */
export const progressOf = (record: ApplicationRecord, today: string): string => {
  const late = record.dueOn < today && !record.provisional ? '，现已超过期限' : '';
  switch (record.state) {
    case 'APPLIED':
      return record.arranged
        ? `县级教育部门已安排这所学校，请等学校办理；学校${until(record)}${late}。${kept(record, today)}`
        : `${chineseDay(record.appliedOn)}已申请，正在等学校答复；学校${until(record)}${late}。`;
    case 'ARRANGING':
      return `已请县级教育部门安排学校；县级教育部门${until(record)}${late}。`;
    case 'TAKEN_UP':
      return '学校已受理，转学正在办理；各环节的进度见转学业务。';
    case 'DECLINED':
      return '学校没有接受，理由见下；您可以另选学校申请。';
    case 'WITHDRAWN':
      return '您已撤回这份申请。';
    case 'SUPERSEDED':
      return '孩子转到另一所学校的转学已经发起，这份申请不再办理。';
    case 'COMPLETED':
      return '转学已办结，学籍已转到新学校。';
    case 'CASE_ENDED':
      return '转学没有办成，原因见转学业务；需要时可以重新申请。';
  }
};
