import type { Checked } from '../../coc/result';
import { IAM_ACTION } from '../../coc/codes';
import { checkEndpoint, type Endpoint } from '../../coc/endpoint';
import {
	EPS_ENDPOINTS,
	listEnterpriseProjects,
	readEnterpriseProjects,
} from '../../coc/calls/listEnterpriseProjects';
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
		const read = await readPages(from, async (begin) => {
			const offset = Number(begin ?? 0);
			return await lookUp(session, service, {
				call: listEnterpriseProjects(offset),
				iamAction: IAM_ACTION.listEnterpriseProjects,
				take: (answer) => readEnterpriseProjects(answer, offset),
			});
		});
		if (!read.ok) return read;
		const { entries, next } = read.value;
		const items = entries.map(({ id, name }) => ({ name, value: id }));
		const leftOut = withoutId(read.value.withoutId);
		return { ok: true, items: sortedBy(text, items), next, leftOut };
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
