import type { QueueScenario } from '../scenario.cts';
import { batches } from './batches.cts';
import { credentials } from './credentials.cts';
import { killed } from './killed.cts';
import { once } from './once.cts';
import { services } from './services.cts';

/** All scenarios in the order in which they run. */
export const scenarios: QueueScenario[] = [
	...once,
	...credentials,
	...killed,
	...batches,
	...services,
];
