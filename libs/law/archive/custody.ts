import { enforces } from '../enforces.ts';

/** Who keeps an archive: a school, an education authority, or the unit that an authority named. */
export type Custodian = { kind: 'SCHOOL' | 'AUTHORITY' | 'DESIGNATED_UNIT'; code: string };

/**
 * Who keeps an archive and to whom it is to go. There is one custodian at every moment: who passes an archive on keeps it
 * until the other side has accepted it (ARC-08, ARC-11).
 */
export type Custody = {
  custodian: Custodian;
  /** Whom it is to go to; null while nobody waits for it. */
  owedTo: Custodian | null;
  /** It is on its way: passed on, not yet accepted. */
  passedOn: boolean;
  /** Studies have ended for good and the archive is filed for ever (ARC-12). */
  filed: boolean;
  /** Units beside the custodian that keep a read-only copy of what they passed on (ARC-09), each once. */
  copies: readonly string[];
};

/** How custody stands, in a word. */
export type CustodyState =
  | 'KEPT'
  | 'OWED'
  | 'ON_ITS_WAY'
  | 'WITH_AUTHORITY'
  | 'WITH_DESIGNATED_UNIT'
  | 'FILED';

/**
 * What happens to custody. OWE: the registration moved, or the student went abroad or came back. PASS_ON: by the custodian.
 * ACCEPT, SEND_BACK: by whom it was passed to. SUCCEED: a school merged into another or closed, and its archives go to
 * whoever takes its place (ARC-13, ARC-14). FILE: studies ended; TAKE_UP: they go on after all.
 */
export type CustodyEvent =
  | { type: 'OWE'; to: Custodian }
  | { type: 'PASS_ON'; by: string; backedUp: boolean }
  | { type: 'ACCEPT'; by: string }
  | { type: 'SEND_BACK'; by: string }
  | { type: 'SUCCEED'; from: string; into: Custodian }
  | { type: 'FILE' }
  | { type: 'TAKE_UP' };

/** The custody of an archive that has just been opened at a school. */
export const openedAt = (school: string): Custody => ({
  custodian: { kind: 'SCHOOL', code: school },
  owedTo: null,
  passedOn: false,
  filed: false,
  copies: [],
});

/** The state of a custody. */
export const custodyState = (custody: Custody): CustodyState => {
  if (custody.owedTo) return custody.passedOn ? 'ON_ITS_WAY' : 'OWED';
  if (custody.filed) return 'FILED';
  if (custody.custodian.kind === 'AUTHORITY') return 'WITH_AUTHORITY';
  return custody.custodian.kind === 'SCHOOL' ? 'KEPT' : 'WITH_DESIGNATED_UNIT';
};

/** The custody after an event; undefined where it cannot happen. Nothing ever leaves an archive without a custodian. */
export const custodyAfter = (custody: Custody, event: CustodyEvent): Custody | undefined => {
  enforces('ARC-08', 'ARC-11', 'ARC-12', 'ARC-13', 'ARC-14', 'ARC-20');
  switch (event.type) {
    case 'OWE':
      return owe(custody, event.to);
    case 'PASS_ON':
      return canPassOn(custody, event) ? { ...custody, passedOn: true } : undefined;
    case 'ACCEPT':
      return isWaiting(custody, event.by) ? accepted(custody) : undefined;
    case 'SEND_BACK':
      return isWaiting(custody, event.by) ? { ...custody, passedOn: false } : undefined;
    case 'SUCCEED':
      return succeeded(custody, event);
    case 'FILE':
      return { ...custody, filed: true };
    case 'TAKE_UP':
      return { ...custody, filed: false };
  }
};

/** A later move overtakes an earlier one that was not carried out: the archive goes straight to where it belongs now. */
const owe = (custody: Custody, to: Custodian): Custody => {
  if (to.code === custody.custodian.code) return { ...custody, owedTo: null, passedOn: false };
  const overtakes = to.code !== custody.owedTo?.code;
  return { ...custody, owedTo: to, passedOn: overtakes ? false : custody.passedOn };
};

const canPassOn = (custody: Custody, event: { by: string; backedUp: boolean }): boolean =>
  custody.owedTo !== null && !custody.passedOn && custody.custodian.code === event.by && event.backedUp;

const isWaiting = ({ owedTo, passedOn }: Custody, by: string): boolean => passedOn && owedTo?.code === by;

const accepted = (custody: Custody): Custody => {
  const custodian = custody.owedTo ?? custody.custodian;
  const copies = copiesBeside(custodian, [...custody.copies, custody.custodian.code]);
  return { ...custody, custodian, owedTo: null, passedOn: false, copies };
};

/** Who keeps the archive itself needs no copy beside it. */
const copiesBeside = ({ code }: Custodian, units: readonly string[]): string[] =>
  [...new Set(units)].filter((unit) => unit !== code);

/** Whoever takes the place of a unit takes its archives, its copies, and what was on its way to it. */
const succeeded = (custody: Custody, { from, into }: { from: string; into: Custodian }): Custody => {
  const renamed = (unit: Custodian): Custodian => (unit.code === from ? into : unit);
  const custodian = renamed(custody.custodian);
  const copies = copiesBeside(
    custodian,
    custody.copies.map((code) => (code === from ? into.code : code)),
  );
  const owedTo = custody.owedTo && renamed(custody.owedTo);
  const arrived = owedTo?.code === custodian.code;
  return {
    ...custody,
    custodian,
    copies,
    owedTo: arrived ? null : owedTo,
    passedOn: owedTo !== null && !arrived && custody.passedOn,
  };
};
