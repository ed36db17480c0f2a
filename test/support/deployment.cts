/** COC and IAM side by side, with a credential for each way to authenticate. */
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { ICredentialDataDecryptedObject as Data, IDataObject, INode } from 'n8n-workflow';
import { callHelper, httpRequestNode, loadPackage } from '../engine/index.cts';
import { runWorkflow, testCredential } from '../engine/index.cts';
import type { HelperCall, HttpRequestNodeParameters, Packages } from '../engine/index.cts';
import type { RunOptions, StoredCredential, WorkflowRun } from '../engine/index.cts';
import { type FailedJson, type Fields, NODE, OPERATOR, verifyWorkflow } from './coc.cts';
import { type Iam, type IamOptions, type IamUser, startIam } from '../standin/iam.cts';
import { type AccessKey, startStandIn } from '../standin/index.cts';
import type { RecordedRequest, StandIn, StandInOptions } from '../standin/index.cts';

export const LIST = '/v1/incident-tickets';
export const HANDLE = '/v1/external/incident/handle';
export const modes = ['token', 'iamUser', 'accessKey'] as const;
export type Mode = (typeof modes)[number];

export interface Verified extends WorkflowRun {
	/** The json of the items that left by the success output, and by the error output. */
	success: IDataObject[];
	failed: FailedJson[];
}

export interface Deployment {
	packages: Packages;
	coc: StandIn;
	iam: Iam;
	user: IamUser;
	key: AccessKey;
	token: string;
	/** A saved credential; `more` changes its fields. Each call makes another one. */
	credential(mode: Mode, more?: Data): StoredCredential;
	/** One of an IAM user who has signed in already. */
	signedIn(more?: Data): Promise<StoredCredential>;
	/** Runs the node with these items, or so many valid ones. */
	verify(
		credential: StoredCredential,
		items?: Fields[] | number,
		node?: Partial<INode>,
		more?: Partial<RunOptions>,
	): Promise<Verified>;
	/** Presses *Test*. */
	test(credential: StoredCredential): ReturnType<typeof testCredential>;
	/** Sends what an HTTP Request node, or some other node, sends with this credential. */
	request(
		credential: StoredCredential,
		parameters: HttpRequestNodeParameters,
	): ReturnType<typeof httpRequestNode>;
	call(credential: StoredCredential, call: HelperCall): Promise<unknown>;
	/** The verifications that reached COC. */
	writes(): RecordedRequest[];
}

let users = 0;

/** Starts both before each test of a file and stops them again. */
export function useDeployment(
	options: { coc?: StandInOptions; iam?: Partial<IamOptions> } = {},
): Deployment {
	const deployment = {} as Deployment;
	let credentials = 0;
	beforeAll(async () => {
		deployment.packages = await loadPackage(join(__dirname, '..', '..'));
	});
	beforeEach(async () => {
		const coc = await startStandIn(options.coc);
		const iam = await startIam({ coc, ...options.iam });
		Object.assign(deployment, {
			coc,
			iam,
			// Sign-ins are remembered by n8n's process: no test must meet those of another one.
			user: iam.addUser({
				accountName: 'account',
				userName: `user-${++users}`,
				password: 'A pässword: "with\\all/sorts+of%things"',
				projects: ['cn-north-4'],
			}),
			key: coc.issueAccessKey(),
			token: coc.issueToken(),
		});
	});
	afterEach(async () => {
		await deployment.iam.close();
		await deployment.coc.close();
	});

	deployment.credential = (mode, more = {}) => {
		const { coc, iam, user, key, token } = deployment;
		const { accountName, userName, password } = user;
		const { accessKeyId, secretAccessKey } = key;
		const own = {
			token: { token },
			iamUser: { accountName, userName, password, iamEndpoint: iam.url },
			accessKey: { accessKeyId, secretAccessKey },
		}[mode];
		const id = `credential-${++credentials}`;
		const data = { endpoint: coc.url, authentication: mode, ...own, ...more };
		return { id, name: id, type: 'huaweiCloudCocApi', data };
	};
	deployment.signedIn = async (more) => {
		const credential = deployment.credential('iamUser', more);
		const run = await deployment.verify(credential, 1);
		if (run.success.length !== 1) throw new Error(`Not signed in: ${run.failed[0]?.error}`);
		deployment.iam.requests.length = 0;
		deployment.coc.requests.length = 0;
		return credential;
	};
	deployment.verify = async (credential, items = 1, node = {}, more = {}) => {
		const { packages, coc } = deployment;
		const fields = typeof items === 'number' ? Array.from({ length: items }, () => ({})) : items;
		const { id, name, type } = credential;
		const run = await runWorkflow({
			packages,
			credentials: { [id]: credential },
			input: fields.map((own) => ({
				operator: OPERATOR,
				result: true,
				comment: 'Works again',
				...('ticket' in own ? {} : { ticket: coc.addTicket().number }),
				...own,
			})) as IDataObject[],
			workflow: verifyWorkflow({ credentials: { [type]: { id, name } }, ...node }),
			...more,
		});
		return Object.assign(run, {
			success: run.outputs(NODE).map(({ json }) => json),
			failed: run.outputs(NODE, 1).map(({ json }) => json as unknown as FailedJson),
		});
	};
	deployment.test = (credential) => testCredential(deployment.packages, credential);
	deployment.request = (credential, parameters) =>
		httpRequestNode(deployment.packages, parameters, credential);
	deployment.call = (credential, call) => callHelper(deployment.packages, call, credential);
	deployment.writes = () => deployment.coc.requests.filter(({ path }) => path === HANDLE);
	return deployment;
}
