import { runService } from '#libs/platform/service/run.ts';
import { statisticsService } from './service.ts';

await runService(statisticsService);
