import type { Scenario } from '../scenario.cts';
import { accessKey } from './accessKey.cts';
import { actionExamples } from './actionExamples.cts';
import { agent } from './agent.cts';
import { agentExample } from './agentExample.cts';
import { credential } from './credential.cts';
import { failures } from './failures.cts';
import { httpRequests } from './httpRequest.cts';
import { iamUser } from './iamUser.cts';
import { iamUserHttp } from './iamUserHttp.cts';
import { life } from './life.cts';
import { lists } from './lists.cts';
import { notifications } from './notifications.cts';
import { outcomes } from './outcomes.cts';
import { retry } from './retry.cts';
import { sandbox } from './sandbox.cts';
import { secrets } from './secrets.cts';
import { story } from './story.cts';
import { trigger } from './trigger.cts';
import { types } from './types.cts';
import { verify } from './verify.cts';
import { webhook } from './webhook.cts';

/** All scenarios in the order in which they run. */
export const scenarios: Scenario[] = [
	...types,
	...credential,
	...verify,
	...story,
	...life,
	...lists,
	...webhook,
	...failures,
	...outcomes,
	...retry,
	...httpRequests,
	...iamUser,
	...iamUserHttp,
	...accessKey,
	...agent,
	...actionExamples,
	...agentExample,
	...sandbox,
	...trigger,
	...notifications,
	...secrets,
];
