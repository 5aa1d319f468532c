import { runService } from '#libs/platform/service/run.ts';
import { certificateService } from './service.ts';

await runService(certificateService);
