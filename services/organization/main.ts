import { runService } from '#libs/platform/service/run.ts';
import { organizationService } from './service.ts';

await runService(organizationService);
