import type { SearchName } from '../../fields/locator';
import { searchApplications } from './applications';
import { searchEnterpriseProjects } from './enterpriseProjects';
import type { ListSearch } from './search';
import { searchTickets } from './tickets';
import { searchUsers } from './users';

/** What the editor can fill the node's lists with. */
export const listSearches: Record<SearchName, ListSearch> = {
	searchApplications,
	searchEnterpriseProjects,
	searchTickets,
	searchUsers,
};
