import type { Checked } from '../../shared/contract/checked';
import { IAM_ACTION } from '../../shared/contract/codes';
import { checkEndpoint, type Endpoint } from '../../shared/contract/endpoint';
import {
	EPS_ENDPOINTS,
	listEnterpriseProjects,
	PROJECTS_PER_PAGE,
	readEnterpriseProjects,
} from '../../shared/contract/enterpriseProjects';
import { inputFailure } from '../../shared/contract/explain';
import { lookUp } from './lookUp';
import { listSearch, sortedBy } from './search';

/** Enterprise projects, by name. */
export const searchEnterpriseProjects = listSearch(
	'enterprise projects',
	"Or choose 'By ID' and enter the ID of the enterprise project.",
	async ({ session, text, from }) => {
		const eps = epsEndpoint(session.credential.endpoint);
		if (!eps.ok) return { ok: false, failure: inputFailure(eps.reason, '') };
		const offset = Number(from ?? 0);
		const service = { name: 'EPS', endpoint: eps.value, field: 'Endpoint' } as const;
		const page = await lookUp(session, service, {
			call: listEnterpriseProjects(offset),
			iamAction: IAM_ACTION.listEnterpriseProjects,
			take: readEnterpriseProjects,
		});
		if (!page.ok) return page;
		const { projects, isFull } = page.value;
		const items = projects.map(({ id, name }) => ({ name, value: id }));
		const next = isFull ? String(offset + PROJECTS_PER_PAGE) : null;
		return { ok: true, items: sortedBy(text, items), next };
	},
);

function epsEndpoint(coc: Endpoint): Checked<Endpoint> {
	const known = EPS_ENDPOINTS[coc.url];
	if (known !== undefined) return checkEndpoint(known, 'Endpoint');
	return {
		ok: false,
		reason: `Enterprise Project Management (EPS) is known for Huawei Cloud's own endpoints of COC only, not for ${coc.url}`,
	};
}
