import { runService } from '#libs/platform/service/run.ts';
import { transferService } from './service.ts';

await runService(transferService);
