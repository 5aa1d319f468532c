const NUMBERS = 100_000_000;
/** Shares no factor with the range, so that every number comes up once before any comes up twice. */
const STEP = 61_803_399;

/**
 * The n-th mobile number of the demo nation. All begin with 154: eleven digits, right in form, and given to no
 * operator in the ministry of industry's table of mobile network numbers (公众移动通信网网号及H0分配情况, as of March
 * 2023), so that no call or message can reach anybody. Distinct for 100 million n.
 */
export const demoPhone = (n: number): string => `154${String((n * STEP + 7) % NUMBERS).padStart(8, '0')}`;
