import { runService } from '#libs/platform/service/run.ts';
import { identityService } from './service.ts';

await runService(identityService);
