import type { DraftReportSlipMutationVariables } from './generated/draft-report.ts';

type Input = DraftReportSlipMutationVariables['input'];
type Item = Input['items'][number];
type Contact = NonNullable<Input['businessContact']>;

/** A report slip as far as it is filled in (form F6); codes of units as they are typed. */
export type ReportDraft = {
  items?: readonly (Partial<Pick<Item, 'description' | 'scope' | 'complaints'>> & { concerned?: string })[];
  businessContact?: Contact;
  technicalContact?: Contact;
};

/** Codes of schools and units out of what was typed, however they are set apart. */
export const codesOf = (typed = ''): string[] => typed.split(/[^0-9A-Za-z]+/).filter(Boolean);

/** The report, once every item says what it is and what it is about; whatever else is missing the law asks for. */
export const reportOf = ({
  items = [],
  businessContact,
  technicalContact,
}: ReportDraft): Omit<Input, 'idempotencyKey'> | undefined => {
  const whole = items.flatMap(({ description, scope, complaints, concerned }): Item[] =>
    description?.trim() && scope
      ? [{ description, scope, complaints: complaints ?? [], concerned: codesOf(concerned) }]
      : [],
  );
  if (whole.length === 0 || whole.length < items.length) return undefined;
  return {
    items: whole,
    businessContact: businessContact ?? null,
    technicalContact: technicalContact ?? null,
  };
};
