import { runService } from '#libs/platform/service/run.ts';
import { complaintTicketService } from './service.ts';

await runService(complaintTicketService);
