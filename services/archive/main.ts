import { runService } from '#libs/platform/service/run.ts';
import { archiveService } from './service.ts';

await runService(archiveService);
