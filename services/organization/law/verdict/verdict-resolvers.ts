import type { GradePermissionSetting } from '#libs/contracts/events/organization.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeEra } from '#libs/law/organization/policy-version.ts';
import { isRejected, isStopped } from '#libs/law/own-finding.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { findCalendar } from '../../calendar/find-calendar.ts';
import type { Resolvers, VerdictOutcome } from '../../generated/types.ts';
import type { Registry } from '../../queries.ts';
import { lawPlaceOfLine } from '../place-of-line.ts';
import { boundedCase } from './bounds.ts';
import {
  judgeChangeCase,
  judgeEntryCase,
  judgeGradeChangeCase,
  judgeSuspensionCase,
  judgeWithdrawalCase,
  type Situation,
} from './school-cases.ts';
import { judgeTransferCase, type Side } from './transfer-case.ts';

type Reads = { core: ServiceCore; registry: Registry };

const unknownRegion = (...path: string[]) =>
  badInput([{ path, code: 'UNKNOWN_UNIT', message: '没有这一区划。 There is no such region.' }]);

const outcomeOf = (findings: readonly Finding[]): VerdictOutcome => {
  if (isRejected(findings)) return 'REFUSED';
  return isStopped(findings) ? 'HELD' : 'PASSES';
};

/** A side of a transfer with the terms that units have entered for the school year of the day. */
const sideOf = async (
  { core, registry }: Reads,
  code: string,
  on: IsoDate,
  path: string[],
): Promise<Side> => {
  const line = await registry.line(code);
  if (line.length === 0) throw unknownRegion(...path);
  const calendar = await findCalendar(core.app, registry, { region: code, schoolYear: schoolYearOn(on), on });
  return { code, place: lawPlaceOfLine(line), calendar };
};

/** What the province has set for skipping or repeating as of now; null where nothing. */
const settingOf = async (
  { core }: Reads,
  province: string,
  kind: string,
): Promise<GradePermissionSetting | null> => {
  const [known] = await inScope(core.app, emptyScope, (tx) =>
    query<{ setting: GradePermissionSetting }>(
      tx,
      'select setting from grade_permission where province = $1 and kind = $2',
      [province, kind],
    ),
  );
  return known?.setting ?? null;
};

const judge = async (
  reads: Reads,
  { entry, change, suspension, withdrawal, gradeChange, transfer }: ReturnType<typeof boundedCase>,
  situation: Situation,
  region: string,
): Promise<Finding[]> => {
  const { on, place } = situation;
  if (entry) return judgeEntryCase(entry, situation);
  if (change) return judgeChangeCase(change, situation);
  if (suspension) return judgeSuspensionCase(suspension, situation);
  if (withdrawal) return judgeWithdrawalCase(withdrawal, situation);
  if (gradeChange) {
    const setting = await settingOf(reads, place.province, gradeChange.kind);
    return judgeGradeChangeCase(gradeChange, situation, setting);
  }
  if (!transfer) return [];
  const source = await sideOf(reads, transfer.from, on, ['case', 'transfer', 'from']);
  const target = await sideOf(reads, region, on, ['region']);
  return judgeTransferCase(transfer, situation, { source, target });
};

/** What the law says about a case that is only thought of; nobody's record is read. */
export const createVerdictResolvers = (core: ServiceCore) =>
  ({
    Query: {
      verdict: async (_, { region, on, case: asked }, { registry }) => {
        const day = on ?? core.clock.today();
        const acts = boundedCase(day, asked);
        const line = await registry.line(region);
        if (line.length === 0) throw unknownRegion('region');
        const situation = { place: lawPlaceOfLine(line), on: day, stage: asked.stage };
        const tooEarly = judgeEra(day, situation.place);
        const findings =
          tooEarly.length > 0 ? tooEarly : await judge({ core, registry }, acts, situation, region);
        return { outcome: outcomeOf(findings), findings };
      },
    },
  }) satisfies Resolvers;
