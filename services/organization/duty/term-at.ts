import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { type Term, termOf } from '#libs/law/organization/term-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { readTerms } from '../calendar/terms-of-line.ts';
import { treeAround } from '../store/units.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { lawTermOf, type TermOfYear } from './duty.ts';

/** A unit, the law there, and the term by its nearest calendar; where nobody has entered it, CALENDAR_MISSING (ORG-28). */
export type TermAt = { unit: OrgUnit; law: LawPlace; term: Term | null; findings: Finding[] };

/** The term at each of these units; throws Error for a code that no unit has. */
export const termsAt = async (
  tx: Tx,
  units: readonly string[],
  which: TermOfYear,
  on: IsoDate,
): Promise<(unit: string) => TermAt> => {
  const tree = await treeAround(tx, [...new Set(units)]);
  const termsOf = await readTerms(tx, tree);
  return (code) => {
    const unit = tree.find(code);
    if (unit === undefined) throw new Error('A duty lies at a unit that is not there');
    const law = lawPlaceOf(tree, unit);
    const terms = termsOf([unit, ...tree.ancestors(unit)].map((each) => each.code));
    const { term = null, findings } = termOf(terms, lawTermOf(which), on, law);
    return { unit, law, term, findings };
  };
};
