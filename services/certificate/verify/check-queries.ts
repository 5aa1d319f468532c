import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { QueryResolvers } from '../generated/types.ts';
import { checkLimitsOf } from './check-limits.ts';
import { verifyCertificate } from './verify-certificate.ts';

/** The check that is open to everybody. */
export const createCheckQueries = (core: ServiceCore): Pick<QueryResolvers, 'verifyCertificate'> => {
  const limits = checkLimitsOf(core.config);
  return {
    verifyCertificate: (_, args, { callerAddress }) => verifyCertificate(core, limits, callerAddress, args),
  };
};
