/** What a tenant's tickets refer to: applications, enterprise projects of EPS, and people. */

/** As `GET /v1/applications` answers it. */
export interface Application {
	id: string;
	name: string;
	code: string;
	domain_id: string;
	parent_id: string | null;
	description: string | null;
	path: string;
	is_collection: boolean;
	create_time: number;
	update_time: number;
}

/** As EPS answers it; status 1 is enabled, 2 disabled. */
export interface EnterpriseProject {
	id: string;
	name: string;
	status: 1 | 2;
}

export type Directory = ReturnType<typeof createDirectory>;

/** No applications, and the one enterprise project that every account has. */
export function createDirectory(now: () => number) {
	const applications: Application[] = [];
	const projects: EnterpriseProject[] = [{ id: '0', name: 'default', status: 1 }];
	const people = new Map<string, string>();

	return {
		/** Names of IAM users by their IDs; who isn't among them has a made-up one. */
		people,
		applications: applications as readonly Application[],
		projects: projects as readonly EnterpriseProject[],
		addApplication(fields: Partial<Application> = {}): Application {
			const count = applications.length + 1;
			const id = fields.id ?? `66f0c0${count.toString(16).padStart(18, '0')}`;
			const application = {
				id,
				name: `Application ${count}`,
				code: `app-${count}`,
				domain_id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
				parent_id: null,
				description: null,
				path: id,
				is_collection: false,
				create_time: now(),
				update_time: now(),
				...fields,
			};
			applications.push(application);
			return application;
		},
		addEnterpriseProject(fields: Partial<EnterpriseProject> = {}): EnterpriseProject {
			const count = projects.length;
			const id = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
			const project = { id, name: `Project ${count}`, status: 1 as const, ...fields };
			projects.push(project);
			return project;
		},
	};
}
