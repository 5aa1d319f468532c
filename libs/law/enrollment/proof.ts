/** The body that issued a paper, by the level of the state it belongs to. */
export type IssuerLevel = 'BELOW_COUNTY' | 'COUNTY' | 'CITY' | 'PROVINCE' | 'NATION';

/** A paper on file: what it is and who issued it. The paper itself never comes here. */
export type Proof<Kind extends string> = { kind: Kind; issuerLevel?: IssuerLevel };

/** True when one of the papers is of such a kind and comes from a county-level body or a higher one. */
export const hasCountyProof = <Kind extends string>(
  proofs: readonly Proof<Kind>[],
  kinds: readonly Kind[],
): boolean => proofs.some(({ kind, issuerLevel }) => kinds.includes(kind) && isCountyOrAbove(issuerLevel));

const isCountyOrAbove = (level: IssuerLevel | undefined): boolean =>
  level !== undefined && level !== 'BELOW_COUNTY';
