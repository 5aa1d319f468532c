import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { isFilled } from './filled.ts';

/** A slip or a ticket below the one that is to be closed. */
export type OpenPart = { kind: 'SLIP' | 'TICKET'; closed: boolean };

/** A ticket that is to be closed. `result`: what the reporter is told. */
export type ClosingFacts = { parts: readonly OpenPart[]; result: string | null };

/** A ticket is closed with a result, and not while a slip under it, or a ticket of the same cause that hangs on it, is open (TKT-01). */
export const judgeClosing = ({ parts, result }: ClosingFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const open = parts.filter(({ closed }) => !closed);
  const common = { outcome: 'REJECT' as const, on, place };
  return [
    ...(open.length === 0
      ? []
      : [
          finding('TKT-01', {
            ...common,
            code: 'OPEN_SLIPS',
            message: `还有${open.length}张核查单、督办单或关联工单未办结，不能办结。`,
            messageEn: `${open.length} slip(s) or linked ticket(s) are still open.`,
            path: ['slips'],
            remedy: '请先办结下属各单；不再需要的，请说明理由后撤回。',
          }),
        ]),
    ...(isFilled(result)
      ? []
      : [
          finding('TKT-01', {
            ...common,
            code: 'RESULT_MISSING',
            message: '未填写办理结果，不能答复反映人。',
            messageEn: 'There is no result that the reporter could be told.',
            path: ['result'],
            remedy: '请填写办理结果。',
          }),
        ]),
  ];
};
