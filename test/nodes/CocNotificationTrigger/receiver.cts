/** One COC Notification Trigger on n8n-core's webhook path, with stand-ins for COC and SMN. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { loadPackage, startWebhookServer } from '../../engine/index.cts';
import type { Packages, StoredCredential, WebhookServer } from '../../engine/index.cts';
import { startStandIn, type StandIn, type Ticket } from '../../standin/index.cts';
import { startSmn, type Smn } from '../../standin/smn.cts';
import { useElsewhere, type Elsewhere } from '../../support/trust.cts';
import { move } from '../CocIncidentTrigger/poller.cts';

export const TYPE = 'n8n-nodes-huaweicloud-coc.cocNotificationTrigger';
export const NODE = 'COC Notification Trigger';
export const SECRET = 'a-secret-of-some-length';
export const ALL = ['incidentCreated', 'statusChanged', 'waitingForVerification', 'incidentClosed'];

export interface Publishing {
	parameters?: INodeParameters;
	store?: { staticData: IDataObject };
	mode?: WorkflowExecuteMode;
	/** The same node as before, as after a new start of n8n. */
	again?: boolean;
}

export interface Push {
	packages: Packages;
	standIn: StandIn;
	smn: Smn;
	elsewhere: Elsewhere;
	credential: StoredCredential;
	/** Publishes the workflow. */
	publish(options?: Publishing): Promise<WebhookServer>;
	/** A ticket that changes as a handler changes it. */
	to(ticket: string, status: Ticket['status']): void;
}

let nodes = 0;

/** Starts COC for each test of a file; SMN, whose keys take long to make, once. */
export function usePush(): Push {
	const elsewhere = useElsewhere();
	const push = { elsewhere } as Push;
	const servers: WebhookServer[] = [];
	beforeAll(async () => {
		push.packages = await loadPackage(join(__dirname, '..', '..', '..'));
		push.smn = await startSmn();
	});
	afterAll(() => push.smn.close());
	beforeEach(async () => {
		nodes++;
		push.standIn = await startStandIn();
		push.smn.requests.length = 0;
		push.smn.confirmed.clear();
		trust(elsewhere, push.smn);
		const data = { endpoint: push.standIn.url, token: push.standIn.issueToken() };
		push.credential = { id: 'a', name: 'COC', type: 'huaweiCloudCocApi', data };
	});
	afterEach(async () => {
		for (const server of servers.splice(0)) await server.close();
		await push.standIn.close();
	});
	push.publish = async ({ parameters = {}, store, mode, again = false } = {}) => {
		if (!again) nodes++;
		const server = await startWebhookServer({
			packages: push.packages,
			credentials: { a: push.credential },
			workflowId: `workflow-${nodes}`,
			node: {
				id: '1',
				name: NODE,
				type: TYPE,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials: { huaweiCloudCocApi: { id: 'a', name: 'COC' } },
				webhookId: 'c0c00000-0000-4000-8000-000000000001',
			},
			...(store && { store }),
			...(mode && { mode }),
		});
		servers.push(server);
		return server;
	};
	push.to = (ticket, status) => move(push.standIn, ticket, status, Date.now());
	return push;
}

/** Leads SMN's hosts to this SMN, and trusts it. */
export function trust(elsewhere: Elsewhere, { region, address, ca }: Smn): void {
	for (const host of [`smn.${region}.myhuaweicloud.com`, 'console.huaweicloud.com']) {
		elsewhere.routes.set(`${host}:443`, address);
	}
	elsewhere.trusted.push(ca);
}

/** Short for tests: which event of which ticket, in each execution. */
export function started({ executions, errors }: WebhookServer): string[][] {
	const [error] = errors;
	if (error) throw error;
	return executions.map((items) =>
		items.map(({ json }) => `${json.event as string} ${json.ticket as string}`),
	);
}
