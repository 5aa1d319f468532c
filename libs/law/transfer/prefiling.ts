import { addDays, type IsoDate, weekday } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';

/** The nature of a transfer as Beiguan's filing sheet states it. */
export const TRANSFER_NATURES = ['RETURNING_TO_CITY', 'MIGRANT_CHILD', 'OTHER'] as const;
export type TransferNature = (typeof TRANSFER_NATURES)[number];

/** True where transfers are filed with the bureau before they start (TRF-46). `place`: of the receiving school. */
export const isPrefilingAsked = (on: IsoDate, place: LawPlace, stage: Stage): boolean =>
  Boolean(resolve('transferPrefiling', place, on, { stage }).value);

/** The next collective filing day from a day on, that day included; undefined where nothing is filed. */
export const nextPrefilingDay = (on: IsoDate, place: LawPlace, stage: Stage): IsoDate | undefined => {
  const filing = resolve('transferPrefiling', place, on, { stage }).value;
  return filing ? addDays(on, (filing.weekday - weekday(on) + 7) % 7) : undefined;
};

/** A filing sheet that the receiving school hands in at the bureau (F9). */
export type PrefilingFacts = {
  stage: Stage;
  filedOn: IsoDate;
  /** The school has checked the registration data in the platform. */
  dataChecked: boolean;
  nature: TransferNature | null;
  /** The school has checked the proofs that belong to that nature. */
  proofsChecked: boolean;
};

/** The sheet is complete, and filings are taken together on Tuesdays (TRF-46, Beiguan; other days wait, ours). */
export const judgePrefiling = (facts: PrefilingFacts, place: LawPlace): Finding[] => {
  const { stage, filedOn: on, nature } = facts;
  const day = nextPrefilingDay(on, place, stage);
  if (day === undefined) return [];
  const where = { outcome: 'HOLD' as const, on, place, stage };
  return [
    ...(facts.dataChecked && nature !== null && facts.proofsChecked
      ? []
      : findingIfInForce('TRF-46', {
          code: 'PREFILING_INCOMPLETE',
          message: '转学备案前须核准学籍信息、确定转学性质并审核佐证材料。',
          messageEn:
            'Before the filing the school checks the data, the nature of the transfer and the proofs.',
          path: ['prefiling'],
          remedy: '请学籍管理员补全《转学备案汇总表》后报送。',
          ownerLevel: 'SCHOOL',
          ...where,
        })),
    ...(day === on
      ? []
      : findingIfInForce('TRF-46', {
          code: 'NOT_PREFILING_DAY',
          message: `转学备案集中在每周二办理，最近一次为${day}。`,
          messageEn: `Filings are taken on Tuesdays; the next is ${day}.`,
          path: ['prefiling', 'filedOn'],
          remedy: '请在该日报送；情况紧急的，由区教育局写明理由受理。',
          ownerLevel: 'COUNTY',
          ...where,
        })),
  ];
};

/** A case starts only after the bureau has approved its filing (TRF-46, Beiguan). */
export const judgePrefiled = (
  { stage, prefilingApproved }: { stage: Stage; prefilingApproved: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  prefilingApproved || !isPrefilingAsked(on, place, stage)
    ? []
    : findingIfInForce('TRF-46', {
        message: '须先将《转学备案汇总表》及佐证材料报区教育局审核，通过后发起转学。',
        messageEn: 'The case starts after the bureau has approved the filing.',
        path: ['prefiling'],
        remedy: `请先办理转学备案，最近的集中备案日为${nextPrefilingDay(on, place, stage)}；学生可以先入学就读。`,
        ownerLevel: 'COUNTY',
        on,
        place,
        stage,
      });
