import { randomUUID } from 'node:crypto';

/** A file as it was uploaded. */
export interface StoredFile {
	name: string;
	bytes: Buffer;
}

export type Files = ReturnType<typeof createFiles>;

/** The files of a tenant, by their IDs; COC has no list of them. */
export function createFiles() {
	const files = new Map<string, StoredFile>();
	return {
		get count() {
			return files.size;
		},
		get: (id: string) => files.get(id),
		add(file: StoredFile): string {
			const id = randomUUID();
			files.set(id, file);
			return id;
		},
	};
}
