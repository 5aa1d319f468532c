import { letThroughBy } from '#libs/law/transfer/course.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from './case-record.ts';
import type { CaseFinding } from './own-finding.ts';
import { unitIn } from './own-step.ts';

/** A party and the school or unit that acts as it. */
type Acting = { party: Party; unit: string };

/** Who acts in a case, in the order of its plan. */
export const actingIn = (record: CaseRecord): Acting[] =>
  record.plan.turns.flatMap(({ parties }) =>
    parties.map((party) => ({ party, unit: unitIn(record, party) })),
  );

/** What waits for the reason of an authority; a calendar that is missing waits for its county (ORG-28). */
const isForAuthority = ({ outcome, ownerLevel, ruleId }: CaseFinding): boolean =>
  outcome === 'HOLD' && ownerLevel === 'COUNTY' && ruleId !== 'ORG-28';

/**
 * What stands against a case with who really removes it: where the law speaks of the registry authority, the level of the one
 * that has a turn, which for a school of the city or the province is not the county (ORG-11).
 */
export const withRemovers = (
  { directory }: Pick<ServiceCore, 'directory'>,
  acting: readonly Acting[],
  against: readonly CaseFinding[],
): Promise<CaseFinding[]> =>
  Promise.all(
    against.map(async (finding) => {
      if (!isForAuthority(finding)) return finding;
      const asked = letThroughBy(
        acting.map(({ party }) => party),
        finding.side,
      ).find((party) => !finding.letThrough?.includes(party));
      const unit = acting.find(({ party }) => party === asked)?.unit;
      const level = unit === undefined ? undefined : (await directory.unit(unit))?.level;
      return level === 'PROVINCE' || level === 'CITY' ? { ...finding, ownerLevel: level } : finding;
    }),
  );
