import { epsEndpoint } from '../../auth/endpoints';
import { listEnterpriseProjects } from '../../coc/calls/listEnterpriseProjects';
import { credentialFailure } from '../../errors/failure';
import { lookUp } from './lookUp';
import { readPages } from './readPages';
import { listSearch, sortedBy, withoutId } from './search';

/** Enterprise projects, by name. */
export const searchEnterpriseProjects = listSearch(
	'enterprise projects',
	"Or choose 'By ID' and enter the ID of the enterprise project.",
	async ({ session, text, from }) => {
		const eps = epsEndpoint(session.decrypted.data, session.credential.endpoint);
		if (!eps.ok) return { ok: false, failure: credentialFailure(eps) };
		const service = { name: 'EPS', endpoint: eps.value, field: 'EPS Endpoint' } as const;
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
