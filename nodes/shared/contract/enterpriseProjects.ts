import type { Answer } from './answer';
import { COC_ENDPOINTS } from './endpoint';
import { recordsOf, wordsOf } from './json';
import { MAX_LIST_BYTES } from './limits';

/** A project of the Enterprise Project Management Service (EPS). */
export interface EnterpriseProject {
	id: string;
	name: string;
}

/** EPS of each COC site. */
export const EPS_ENDPOINTS: Readonly<Record<string, string>> = {
	[COC_ENDPOINTS.china]: 'https://eps.myhuaweicloud.com',
	[COC_ENDPOINTS.international]: 'https://eps.myhuaweicloud.com',
	[COC_ENDPOINTS.europe]: 'https://eps.eu-west-101.myhuaweicloud.eu',
};

const PROJECTS_PER_PAGE = 1000;

/** EPS' call that lists enterprise projects, of those in use. */
export function listEnterpriseProjects(offset: number) {
	const path = `/v1.0/enterprise-projects?limit=${PROJECTS_PER_PAGE}&offset=${offset}&status=1`;
	return { method: 'GET', path, maxBytes: MAX_LIST_BYTES } as const;
}

/** `enterprise_projects[]`, and where the next page begins. */
export function readEnterpriseProjects(
	{ httpStatus, bare }: Answer,
	offset: number,
): { entries: EnterpriseProject[]; next: string | null } | null {
	const records = httpStatus === 200 ? recordsOf(bare?.enterprise_projects) : null;
	if (records === null) return null;
	const entries = records.flatMap(({ id, name }) => {
		const projectId = wordsOf(id);
		return projectId === null ? [] : [{ id: projectId, name: wordsOf(name) ?? projectId }];
	});
	const isFull = records.length >= PROJECTS_PER_PAGE;
	return { entries, next: isFull ? String(offset + PROJECTS_PER_PAGE) : null };
}
