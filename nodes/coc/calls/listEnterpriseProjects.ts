import type { Answer } from '../answer';
import type { ReadCall } from '../call';
import { asNonEmptyText, recordsOf } from '../json';
import { MAX_LIST_BYTES } from '../limits';
import { pageOf, type Page } from '../page';
import { COC_ENDPOINTS } from '../url';

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
export function listEnterpriseProjects(offset: number): ReadCall<Page<EnterpriseProject>> {
	const path = `/v1.0/enterprise-projects?limit=${PROJECTS_PER_PAGE}&offset=${offset}&status=1`;
	return {
		what: 'list',
		iamAction: 'eps:enterpriseProjects:list',
		request: { method: 'GET', path, maxBytes: MAX_LIST_BYTES },
		take: (answer) => readEnterpriseProjects(answer, offset),
	};
}

/** `enterprise_projects[]`; the next page begins behind what came, however many were asked for. */
function readEnterpriseProjects(
	{ httpStatus, bare }: Answer,
	offset: number,
): Page<EnterpriseProject> | null {
	const records = httpStatus === 200 ? recordsOf(bare?.enterprise_projects) : null;
	if (records === null) return null;
	const page = pageOf(
		records,
		({ id }) => id,
		({ name }, id) => ({ id, name: asNonEmptyText(name) ?? id }),
	);
	const next = records.length === 0 ? null : String(offset + records.length);
	return { ...page, next, saysMore: records.length >= PROJECTS_PER_PAGE };
}
