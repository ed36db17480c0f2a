import type { Answer } from '../answer';
import { recordsOf, wordsOf } from '../json';
import { pageOf, type Page } from '../page';
import { urlEncoded } from '../path';

/** An application in COC. */
export interface Application {
	id: string;
	name: string;
	code: string | null;
}

/** Most entries of a page that both calls allow. */
const APPLICATIONS_PER_PAGE = 200;

/** The call that lists applications: `GET /v1/applications`; `marker` is the last ID of a page. */
export function listApplications(marker: string | null) {
	return { method: 'GET', path: `/v1/applications?${query(marker)}` } as const;
}

/** The call that searches the application view, where applications stand among groups and components. */
export function searchApplicationView(marker: string | null) {
	const path = `/v1/application-view/search?is_collection=false&${query(marker)}`;
	return { method: 'GET', path } as const;
}

/**
 * `data[]` of either call, without components and groups. Whether a short page is the last one isn't
 * said: the marker leads on from every page.
 */
export function readApplications({
	httpStatus,
	bare,
	envelope,
	success,
}: Answer): Page<Application> | null {
	const records = httpStatus === 200 ? recordsOf((success ? envelope : bare)?.data) : null;
	if (records === null) return null;
	const page = pageOf(
		records,
		({ id }) => id,
		({ name, code, type }, id) => {
			const isOther = /component|group/i.test(wordsOf(type) ?? '');
			return isOther ? null : { id, name: wordsOf(name) ?? id, code: wordsOf(code) };
		},
	);
	const saysMore = records.length >= APPLICATIONS_PER_PAGE;
	return { ...page, next: page.ids.at(-1) ?? null, saysMore };
}

function query(marker: string | null): string {
	const after = marker === null ? '' : `&marker=${urlEncoded(marker)}`;
	return `limit=${APPLICATIONS_PER_PAGE}${after}`;
}
