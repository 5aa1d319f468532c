type Guardian = { position: number; name: string | null; isLegalGuardian: boolean };

/** Guardians of the form to whom a login may be tied: the legal ones (PRV-11), by their lines of the form. */
export const legalGuardians = <One extends Guardian>(guardians: readonly One[] | null): One[] =>
  (guardians ?? []).filter(({ isLegalGuardian }) => isLegalGuardian).sort((a, b) => a.position - b.position);

/** Who stands on a line of the form; nothing where nobody does, or the name is kept back. */
export const nameAt = (guardians: readonly Guardian[] | null, position: number): string | undefined =>
  guardians?.find((one) => one.position === position)?.name ?? undefined;
