/** Lists of the node COC Incident, filled as the editor fills them. */
import { expect } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { searchList, type Listed, type StoredCredential } from '../../../engine/index.cts';
import { useDeployment, type Deployment } from '../../../support/deployment.cts';
import { TYPE } from '../../../support/coc.cts';

export type SearchName =
	| 'searchApplications'
	| 'searchEnterpriseProjects'
	| 'searchTickets'
	| 'searchUsers';

export interface Lists extends Deployment {
	/** Opens a list of the node with this credential. */
	list(
		method: SearchName,
		credential: StoredCredential | null,
		more?: {
			resource?: string;
			operation?: string;
			filter?: string;
			paginationToken?: string;
		},
	): Promise<Listed>;
	/** Every page of a list, one after the other, as scrolling brings them. */
	pages(
		method: SearchName,
		credential: StoredCredential,
		more?: { resource?: string; operation?: string; filter?: string },
	): Promise<Array<Shown[]>>;
}

export interface Shown {
	name: string;
	value: unknown;
}

/** Starts COC and IAM before each test of a file and stops them again. */
export function useLists(options?: Parameters<typeof useDeployment>[0]): Lists {
	const lists = useDeployment(options) as Lists;
	lists.list = async (method, credential, wanted = {}) => {
		const { resource = 'incident', operation = 'verify', ...more } = wanted;
		const parameters: INodeParameters = { resource, operation };
		return await searchList(
			lists.packages,
			{ nodeType: TYPE, method, parameters, ...more },
			credential,
		);
	};
	lists.pages = async (method, credential, more) => {
		const pages: Shown[][] = [];
		let paginationToken: string | undefined;
		do {
			const listed = await lists.list(method, credential, {
				...more,
				...(paginationToken !== undefined && { paginationToken }),
			});
			if (listed.error) throw new Error(`${listed.error.message} ${listed.error.description}`);
			pages.push(listed.results.map(({ name, value }) => ({ name, value })));
			paginationToken = listed.paginationToken;
			if (paginationToken !== undefined) expect(typeof paginationToken).toBe('string');
		} while (paginationToken && pages.length < 100);
		return pages;
	};
	return lists;
}

/** Why a list can't be shown, as the editor shows it. */
export function reasonOf(listed: Listed): string {
	if (!listed.error) throw new Error(`A list was shown: ${JSON.stringify(listed.results)}`);
	return `${listed.error.message}: ${listed.error.description}`;
}
