/** Fills a node's list as the server does for the editor (its DynamicNodeParametersService). */
import { LoadOptionsContext } from 'n8n-core';
import { NodeApiError, Workflow } from 'n8n-workflow';
import type {
	ILoadOptionsFunctions,
	INode,
	INodeListSearchResult,
	INodeParameters,
} from 'n8n-workflow';
import { createAdditionalData } from './context.cts';
import type { StoredCredential } from './credentialsHelper.cts';
import type { Packages } from './packages.cts';

export interface ListCall {
	nodeType: string;
	/** A name in the node's `methods.listSearch`. */
	method: string;
	/** The node's parameters, as far as they aren't the defaults. */
	parameters?: INodeParameters;
	/** What the user typed. */
	filter?: string;
	/** Where the page before ended. */
	paginationToken?: string;
}

/** What the editor gets: a page of the list, or what the server makes of the error. */
export type Listed =
	| (INodeListSearchResult & { error?: undefined })
	| {
			error: { message: string; description: string | null; httpCode: string | null; all: unknown };
	  };

/** @param credential the one chosen in the node; null for none */
export async function searchList(
	packages: Packages,
	{ nodeType, method, parameters = {}, filter, paginationToken }: ListCall,
	credential: StoredCredential | null,
): Promise<Listed> {
	const node: INode = {
		id: 'uuid-1234',
		name: 'Temp-Node',
		type: nodeType,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...(credential && {
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		}),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: packages,
	});
	const store = credential ? { [credential.id]: credential } : {};
	const additionalData = createAdditionalData(packages, store, 'internal');
	additionalData.currentNodeParameters = parameters;
	const search = packages.getByNameAndVersion(nodeType, 1).methods?.listSearch?.[method];
	if (!search) throw new Error(`${nodeType} has no list search named ${method}`);
	const context = new LoadOptionsContext(
		workflow,
		workflow.nodes['Temp-Node']!,
		additionalData,
		'',
	);
	try {
		return await workflow.expression.withIsolate(
			async () =>
				await search.call(context as unknown as ILoadOptionsFunctions, filter, paginationToken),
		);
	} catch (error) {
		const { message } = error as Error;
		// Of other errors the server tells no more than the message.
		if (!(error instanceof NodeApiError)) {
			return { error: { message, description: null, httpCode: null, all: error } };
		}
		const { description, httpCode } = error;
		return { error: { message, description: description ?? null, httpCode, all: error } };
	}
}
