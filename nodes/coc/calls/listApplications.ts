import type { Answer } from '../answer';
import type { ReadCall } from '../call';
import { asNonEmptyText, recordsOf } from '../json';
import { pageOf, type Page } from '../page';
import { urlEncoded } from '../url';

/** An application in COC. */
export interface Application {
	id: string;
	name: string;
	code: string | null;
}

/** Most entries of a page that both calls allow. */
const APPLICATIONS_PER_PAGE = 200;

/** The call that lists applications: `GET /v1/applications`; `marker` is the last ID of a page. */
export function listApplications(marker: string | null): ReadCall<Page<Application>> {
	return applications(`/v1/applications?${query(marker)}`);
}

/** The call that searches the application view, which mixes applications, groups and components. */
export function searchApplicationView(marker: string | null): ReadCall<Page<Application>> {
	return applications(`/v1/application-view/search?is_collection=false&${query(marker)}`);
}

function applications(path: string): ReadCall<Page<Application>> {
	return {
		what: 'list',
		iamAction: 'coc:application:list',
		request: { method: 'GET', path },
		take: readApplications,
	};
}

/**
 * `data[]` of either call, without components and groups. Whether a short page is the last one isn't
 * documented: the marker leads on from every page.
 */
function readApplications({
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
			const isOther = /component|group/i.test(asNonEmptyText(type) ?? '');
			return isOther ? null : { id, name: asNonEmptyText(name) ?? id, code: asNonEmptyText(code) };
		},
	);
	const saysMore = records.length >= APPLICATIONS_PER_PAGE;
	return { ...page, next: page.ids.at(-1) ?? null, saysMore };
}

function query(marker: string | null): string {
	const after = marker === null ? '' : `&marker=${urlEncoded(marker)}`;
	return `limit=${APPLICATIONS_PER_PAGE}${after}`;
}
