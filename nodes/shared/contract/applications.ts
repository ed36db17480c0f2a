import type { Answer } from './answer';
import { recordsOf, wordsOf } from './json';

/** An application in COC. */
export interface Application {
	id: string;
	name: string;
	code: string | null;
}

/** Most entries of a page, for both calls. */
export const APPLICATIONS_PER_PAGE = 200;

/** Longest part of a name that can be searched for, in characters. */
const LONGEST_NAME = 50;

/** The call that lists applications: `GET /v1/applications`; `marker` is the last ID of a page. */
export function listApplications(name: string, marker: string | null) {
	return { method: 'GET', path: `/v1/applications?${query(name, marker)}` } as const;
}

/** The call that searches the application view, where applications stand among groups and components. */
export function searchApplicationView(name: string, marker: string | null) {
	const path = `/v1/application-view/search?is_collection=false&${query(name, marker)}`;
	return { method: 'GET', path } as const;
}

/** `data[]` of either call: without components and groups, and the marker of the next page. */
export function readApplications({
	httpStatus,
	bare,
	envelope,
}: Answer): { applications: Application[]; next: string | null } | null {
	const records = httpStatus === 200 ? recordsOf((bare ?? envelope)?.data) : null;
	if (records === null) return null;
	const applications = records.flatMap(({ id, name, code, type }) => {
		const applicationId = wordsOf(id);
		const isOther = /component|group/i.test(wordsOf(type) ?? '');
		return applicationId === null || isOther
			? []
			: [{ id: applicationId, name: wordsOf(name) ?? applicationId, code: wordsOf(code) }];
	});
	const isFull = records.length >= APPLICATIONS_PER_PAGE;
	return { applications, next: isFull ? wordsOf(records.at(-1)?.id) : null };
}

function query(name: string, marker: string | null): string {
	const searchable = name !== '' && Array.from(name).length <= LONGEST_NAME;
	return [
		`limit=${APPLICATIONS_PER_PAGE}`,
		...(searchable ? [`name_like=${encodeURIComponent(name)}`] : []),
		...(marker === null ? [] : [`marker=${encodeURIComponent(marker)}`]),
	].join('&');
}
