const none = { ground: 'OTHER', proofChecked: false, meetsLocalRequirements: false };

const isStudy = (input: unknown): input is { kind: string; reason?: unknown } =>
  typeof input === 'object' && input !== null && 'kind' in input && input.kind === 'CROSS_PROVINCE_STUDY';

/**
 * An input as it is read: a graduate who goes on in another province needs no reason and is asked for none (TRF-22, TRF-35),
 * so that where it is left out there is none to show.
 */
export const withReasonWhereAsked = (input: unknown): unknown =>
  isStudy(input) && (input.reason === undefined || input.reason === null)
    ? { ...input, reason: none }
    : input;
