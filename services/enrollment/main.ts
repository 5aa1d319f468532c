import { runService } from '#libs/platform/service/run.ts';
import { enrollmentService } from './service.ts';

await runService(enrollmentService);
