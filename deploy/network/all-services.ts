import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { archiveService } from '#services/archive/service.ts';
import { certificateService } from '#services/certificate/service.ts';
import { complaintTicketService } from '#services/complaint-ticket/service.ts';
import { enrollmentService } from '#services/enrollment/service.ts';
import { identityService } from '#services/identity/service.ts';
import { organizationService } from '#services/organization/service.ts';
import { statisticsService } from '#services/statistics/service.ts';
import { transferService } from '#services/transfer/service.ts';

/** Every service of the network, in the order in which their facts are needed. */
export const allServices = [
  organizationService,
  identityService,
  enrollmentService,
  transferService,
  archiveService,
  certificateService,
  complaintTicketService,
  statisticsService,
] as unknown as readonly ServiceDefinition<RequestContext>[];
