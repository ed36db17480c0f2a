import { readEndpoint } from '../../auth/credential';
import { EPS_ENDPOINTS, listEnterpriseProjects } from '../../coc/calls/listEnterpriseProjects';
import type { Result } from '../../coc/result';
import type { Endpoint } from '../../coc/url';
import { inputFailure } from '../../errors/failure';
import { lookUp } from './lookUp';
import { readPages } from './readPages';
import { listSearch, sortedBy, withoutId } from './search';

/** Enterprise projects, by name. */
export const searchEnterpriseProjects = listSearch(
	'enterprise projects',
	"Or choose 'By ID' and enter the ID of the enterprise project.",
	async ({ session, text, from }) => {
		const eps = epsEndpoint(session.credential.endpoint);
		if (!eps.ok) return { ok: false, failure: inputFailure(eps.reason, '') };
		const service = { name: 'EPS', endpoint: eps.value, field: 'Endpoint' } as const;
		const read = await readPages(
			from,
			async (begin) => await lookUp(session, service, listEnterpriseProjects(Number(begin ?? 0))),
		);
		if (!read.ok) return read;
		const { entries, next } = read.value;
		const items = entries.map(({ id, name }) => ({ name, value: id }));
		const leftOut = withoutId(read.value.withoutId);
		return { ok: true, value: { items: sortedBy(text, items), next, leftOut } };
	},
);

function epsEndpoint(coc: Endpoint): Result<Endpoint> {
	const known = EPS_ENDPOINTS[coc.url];
	if (known !== undefined) return readEndpoint(known, 'Endpoint');
	return {
		ok: false,
		reason: `Enterprise Project Management (EPS) is known for Huawei Cloud's own endpoints of COC only, not for ${coc.url}`,
	};
}
